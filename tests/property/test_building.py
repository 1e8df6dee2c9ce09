"""What a build makes does not depend on the cache, on what was built before, nor on how many processes build."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final, TypeAlias

import pytest

from iam2rego import workers
from iam2rego.building import Cache, Recipe, compile_sources
from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.rego.bundle.assemble import assemble, compile_policies
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.sources import load
from tests.support.accounts import BESIDE, Size, export

Outcome: TypeAlias = tuple[Mapping[str, str], Sequence[Diagnostic]]

EDITS: Final = 80
IN_PARALLEL: Final = 6
PARAMETERS: Final = {"bucket": "b"}
RECIPE: Final = Recipe(Kind.IDENTITY, False, PARAMETERS, True)


def policy(action: str = "s3:GetObject", *, resource: str = "*", members: str = "") -> str:
    return f'{{"Version": "2012-10-17", "Statement": [{{{members}"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}]}}'


MANAGED: Final = {name: json.loads(policy(f"sqs:{name}*")) for name in ("Get", "Send", "Purge")}
WARNED: Final = policy(members='"Condition": {"StringLikes": {}}, ')
PLAIN: Final = (
    *(policy(f"s3:Get{number}*") for number in range(4)),
    policy(resource="arn:aws:s3:::<bucket>/*"),
    WARNED,
    WARNED.replace(",", ",\n"),
    policy("s3:" + "x" * 7_000),
)
WRONG: Final = (policy(resource="<unbound>"), policy("s3"), '{"Version": ', "[]")
SETS: Final = (
    json.dumps({"policies": {"identity": [WARNED, policy("kms:*")], "session": [json.loads(policy())]}}),
    json.dumps(BESIDE, indent=1),
)
EXPORTS: Final = (
    *3 * (json.dumps(export(Size(users=3, groups=1, roles=1), MANAGED, seed=1), indent=1),),
    json.dumps({**export(Size(users=2, groups=0, roles=1), MANAGED, seed=2), "IsTruncated": True}),
)
NAMES: Final = ("a.json", "b.json", "a/b.json", "a.b.json", "A-b.json", "c.json", "if.json", "\u00e9.json")
TEXTS: Final = {**dict.fromkeys(NAMES, 10 * PLAIN + WRONG), "set.json": SETS, "account.json": EXPORTS}


def edit(folder: Path, random: Random) -> None:
    """Write a file, or remove one that is there."""
    name = random.choice(list(TEXTS))
    file = folder / name
    if file.exists() and random.random() < 0.5:
        file.unlink()
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_text(random.choice(TEXTS[name]), encoding="utf-8")


def silent(*_: int) -> None:
    """Show nothing."""


def outcome(make: Callable[[], Outcome]) -> Outcome:
    try:
        return make()
    except PolicyError as refusal:
        return {}, refusal.diagnostics


def at_once(source: Path) -> Outcome:
    """What comes of reading everything and compiling it then."""
    loaded = load([str(source)], parameters=PARAMETERS)
    return compile_policies(loaded.policies, revision=loaded.digest).files, loaded.diagnostics


def built(source: Path, cache: Cache | None) -> Outcome:
    compiled = compile_sources([str(source)], RECIPE, cache, silent)
    files = assemble(compiled.units, compiled.attachments, revision=compiled.digest, package="iam", layout=Layout.MODULES).files
    return files, tuple(each for each in compiled.diagnostics if each.code is not Code.DEFAULT_KEY_POLICIES)  # only a build says this (E15)


def test_cached_and_fresh_builds_are_what_is_compiled_at_once(tmp_path: Path) -> None:
    random, source, cache = Random(7), tmp_path / "source", Cache.at(tmp_path / "cache")
    source.mkdir()
    built_at_all = 0
    for _ in range(EDITS):
        edit(source, random)
        wanted = outcome(lambda: at_once(source))
        assert outcome(lambda: built(source, cache)) == wanted
        assert outcome(lambda: built(source, None)) == wanted
        built_at_all += bool(wanted[0])
    assert EDITS / 2 < built_at_all < EDITS


def test_processes_make_the_same_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random, source, cache = Random(8), tmp_path / "source", Cache.at(tmp_path / "cache")
    monkeypatch.setattr(workers, "_BYTES_A_PROCESS", 1)
    monkeypatch.setattr(workers, "_processors", lambda: 3)
    monkeypatch.setattr(workers, "_BYTES_A_BATCH", 1)
    source.mkdir()
    for _ in range(IN_PARALLEL):
        for _ in range(6):
            edit(source, random)
        wanted = outcome(lambda: at_once(source))
        assert outcome(lambda: built(source, cache)) == wanted
        assert outcome(lambda: built(source, None)) == wanted
