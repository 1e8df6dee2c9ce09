"""Partitions of two accounts, together in one OPA: it answers as the native evaluator does for all of it."""

import json
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from accounts import ACCOUNT, BESIDE, Size, export, requests
from test_accounts import managed_policies

from iam2rego.conformance.compare import agree, outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from iam2rego.opa.server import serve
from iam2rego.rego import Bundle, By, Layout, Unit, assemble, merge, partitioned, write
from iam2rego.rego.unit import compile_policy
from iam2rego.sources import load

SIZE: Final = Size(users=6, groups=2, roles=4)
OTHER: Final = "210987654321"
REQUESTS: Final = 400
SEED: Final = 11


@pytest.fixture(scope="module")
def policies() -> PolicySet:
    with TemporaryDirectory() as folder:
        for account, seed in ((ACCOUNT, 1), (OTHER, 2)):
            text = json.dumps(export(SIZE, managed_policies(), seed)).replace(ACCOUNT, account)
            Path(folder, f"{account}.json").write_text(text, encoding="utf-8")
        Path(folder, "beside.json").write_text(json.dumps(BESIDE), encoding="utf-8")
        return load([folder], lenient=True).policies


@pytest.fixture(scope="module")
def asked(policies: PolicySet) -> list[JsonValue]:
    return [*requests(policies, REQUESTS, SEED), {}, {"principal": "*"}, None]


@pytest.mark.parametrize(("by", "layout"), [(By.ACCOUNT, Layout.MODULES), (By.ACCOUNT, Layout.PACKED), (By.INITIAL, Layout.MODULES)])
def test_partitions_decide_as_the_whole_does(
    opa: Binary, policies: PolicySet, asked: list[JsonValue], tmp_path: Path, by: By, layout: Layout
) -> None:
    units = [compile_policy(policy, labels=False, layout=layout) for policy in policies.policies]

    def below(some: Sequence[Unit], attached: PolicySet, package: str) -> Bundle:
        return assemble(some, attached, revision="", package=package, layout=layout)

    bundles = partitioned(units, policies, by=by, package="iam", below=below)
    assert len(bundles) == {By.ACCOUNT: 4, By.INITIAL: 6}[by]
    write(merge(list(bundles.values())), tmp_path / "out")
    with serve(opa, tmp_path / "out") as client:
        different = [each for each in asked if not agree(authorize(policies, each), client.decide("iam", each).decision)]
    assert different == []


def test_decisions_of_each_kind_occur(policies: PolicySet, asked: list[JsonValue]) -> None:
    decisions = Counter(map(outcome, map(partial(authorize, policies), asked)))
    assert min(decisions[each] for each in ("allowed", "explicitDeny", "implicitDeny")) > REQUESTS // 40
