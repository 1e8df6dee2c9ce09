"""Compilers that are wrong about principals, policy types and attachments: `conform` finds each of them on a set of the right kind.

Every row is a policy set, or an account's export beside one, and what a wrong compiler would make of it: a statement that means
another caller, a rule of the runtime that lacks a condition, an attachment that is lost.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from iam2rego.conformance.conform import conform, conform_deployed
from iam2rego.conformance.run import ConformReport
from iam2rego.engines.opa import DeployedEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.opa.server import serve
from iam2rego.rego.bundle.assemble import Bundle, compile_policies
from iam2rego.rego.bundle.output import write
from iam2rego.sources import load
from tests.conformance.attached_defects import IN_THE_RUNTIME, MISCOMPILED, OF_AN_EXPORT
from tests.conformance.attached_documents import ACCOUNT, BESIDE, EXPORT, IAM
from tests.support.slices import every

Json: TypeAlias = dict[str, Any]

SEED: Final = 11
SESSIONS: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/r/"


def boundary_lost(principals: Json) -> None:
    del principals[SESSIONS]["permissions_boundary"]


def group_lost(principals: Json) -> None:
    principals[f"{IAM}:user/u"]["identity"]["allow"].pop(0)


def user_swapped(principals: Json) -> None:
    principals[f"{IAM}:user/p/v"] = principals[f"{IAM}:user/u"]


def path_lost(principals: Json) -> None:
    principals[SESSIONS]["arn"] = f"{IAM}:role/r"


def loaded(folder: Path, *files: Json) -> PolicySet:
    folder.mkdir()
    for number, each in enumerate(files):
        (folder / f"{number}.json").write_text(json.dumps(each), encoding="utf-8")
    return load([str(folder)], lenient=True).policies


def changed(text: str, right: str, wrong: str) -> str:
    assert right in text
    return text.replace(right, wrong)


def asked(opa: Binary, policies: PolicySet, files: Mapping[str, str], folder: Path) -> ConformReport:
    write(Bundle(files), folder)
    with serve(opa, folder) as client:
        return conform_deployed(policies, DeployedEngine(client, "iam"), version="", seed=SEED, extra=(), progress=silent)


def silent(_done: int, _of: int) -> None:
    """Show no progress."""


def with_defect(files: Mapping[str, str], module: str, right: str, wrong: str) -> Mapping[str, str]:
    return {**files, (path := f"iam/lib/{module}.rego"): changed(files[path], right, wrong)}


@pytest.mark.parametrize(("policies", "right", "wrong"), every(4, MISCOMPILED))
def test_a_miscompiled_policy_is_found(opa: Binary, tmp_path: Path, policies: Json, right: str, wrong: str) -> None:
    mutant = json.loads(changed(json.dumps(policies), right, wrong))
    expected = loaded(tmp_path / "right", policies)
    files = compile_policies(expected, revision="r").files
    modules = compile_policies(loaded(tmp_path / "wrong", mutant), revision="r").files
    mixed = {**files, **{path: text for path, text in modules.items() if "/policies/" in path}}
    assert mixed != files
    assert asked(opa, expected, mixed, tmp_path / "bundle").disagreements != ()


@pytest.mark.parametrize(("policies", "module", "right", "wrong"), every(4, IN_THE_RUNTIME))
def test_a_defect_of_the_runtime_is_found(opa: Binary, tmp_path: Path, policies: Json, module: str, right: str, wrong: str) -> None:
    expected = loaded(tmp_path / "right", policies)
    files = with_defect(compile_policies(expected, revision="r").files, module, right, wrong)
    assert asked(opa, expected, files, tmp_path / "bundle").disagreements != ()


@pytest.mark.parametrize(("module", "right", "wrong"), every(4, OF_AN_EXPORT))
def test_a_defect_is_found_on_an_export(opa: Binary, tmp_path: Path, module: str, right: str, wrong: str) -> None:
    expected = loaded(tmp_path / "right", EXPORT, BESIDE)
    files = with_defect(compile_policies(expected, revision="r").files, module, right, wrong)
    assert asked(opa, expected, files, tmp_path / "bundle").disagreements != ()


@pytest.mark.parametrize("lose", every(4, [boundary_lost, group_lost, user_swapped, path_lost]))
def test_a_lost_attachment_is_found(opa: Binary, tmp_path: Path, lose: Callable[[Json], None]) -> None:
    expected = loaded(tmp_path / "right", EXPORT, BESIDE)
    files = compile_policies(expected, revision="r").files
    data = json.loads(files["data.json"])
    lose(data["iam"]["attachments"]["principals"])
    assert asked(opa, expected, {**files, "data.json": json.dumps(data)}, tmp_path / "bundle").disagreements != ()


def sets() -> Sequence[Sequence[Json]]:
    every = {json.dumps(param.values[0]): param.values[0] for param in (*MISCOMPILED, *IN_THE_RUNTIME)}
    return [*((policies,) for policies in every.values()), (EXPORT, BESIDE)]


@pytest.mark.parametrize("files", every(6, sets()), ids=range(len(sets())))
def test_without_a_mutation_none_is_found(opa: Binary, tmp_path: Path, files: Sequence[Json]) -> None:
    report = conform(loaded(tmp_path / "right", *files), seed=SEED, binary=opa, extra=(), progress=silent)
    assert report.disagreements == ()
    assert report.coverage.never_applied == ()
