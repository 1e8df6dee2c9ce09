"""Compares what is read of a plan or state with what an expectation says, which other scripts wrote."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from iam2rego.ir.policy import Kind
from iam2rego.jsontext import dumps
from iam2rego.sources.files import Place, read
from iam2rego.sources.format import Options
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.reading import Read, read_plan
from iam2rego.sources.values import value_of

_KINDS: Final = {Kind.TRUST: "trust", Kind.IDENTITY: "identity"}
_NOT_COUNTED: Final = ("managed_policy_arns", "function_name")
_OPTIONS: Final = Options(Kind.IDENTITY, False, {})


def read_file(path: Path) -> Read:
    """Read a plan or state; fail at an error."""
    problems = Problems()
    found = read_plan(read(Place(path.name, str(path))), _OPTIONS, problems)
    assert [each.message for each in problems.found if each.level == "error"] == []
    return found


def differences(path: Path, expected: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is read otherwise than expected: policies with their kinds, documents and outcomes, and ends of edges."""
    found = read_file(path)
    yield from _unequal("policies", _policies(found), {_policy_key(each): each.get("document") for each in expected["policies"]})
    ends = {(each["address"], each["attribute"]): each for each in expected["edges"]}
    seen = [each for each in found.ends.seen if each[1] not in _NOT_COUNTED]
    yield from _unequal("edges", dict.fromkeys(seen), dict.fromkeys(ends))
    for key, end in ends.items():
        followed = found.ends.followed.get(key)
        if (end["outcome"] == "known") == (followed is not None):
            yield f"{key} is {'followed' if followed else 'not known'}, not {end['outcome']}"
        truth = end.get("truth_address")
        if followed and truth and sorted(followed) != sorted([truth] if isinstance(truth, str) else truth):
            yield f"{key} is {followed}, not {truth}"


def _policies(read: Read) -> dict[tuple[str, str, str, str], Any]:
    """Return the documents by address, path, kind and outcome; of those that are known after apply, nothing."""
    kinds = {each.name: _KINDS.get(each.place.kind, "resource") for each in read.found.policies}
    found: dict[tuple[str, str, str, str], Any] = {}
    for each in read.found.documents:
        if each.name in kinds:
            address, _, label = _split(each.source.name.partition("#")[2], read)
            found[address, label, kinds[each.name], "known"] = json.loads(dumps(value_of(each.node)))
    for open_ in read.account.open:
        if open_.code == "IAM621":
            address, kind, label = _split(open_.part.removeprefix("#"), read)
            found[address, label, kind, "unknown"] = None
    return found


def _split(text: str, read: Read) -> tuple[str, str, str]:
    resource = max((each for each in read.plan.resources if text.startswith(f"{each.address}.")), key=lambda each: len(each.address))
    label = text.removeprefix(f"{resource.address}.")
    kind = "trust" if label == "assume_role_policy" else "identity" if resource.type.startswith("aws_iam") else "resource"
    return resource.address, kind, label


def _policy_key(policy: Mapping[str, Any]) -> tuple[str, str, str, str]:
    return policy["address"], policy["path"], policy["kind"], policy["outcome"]


def _unequal(what: str, found: Mapping[Any, Any], wanted: Mapping[Any, Any]) -> Iterator[str]:
    yield from (f"{what}: {each} is missing" for each in wanted if each not in found)
    yield from (f"{what}: {each} is too many" for each in found if each not in wanted)
    yield from (f"{what}: {each} is {found[each]}" for each in wanted if each in found and found[each] != wanted[each])
