"""Random policy sets, the decisions that are logged of them, and the narrower policies that `usage` makes of these."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native import authorize
from iam2rego.sources import Loaded, load
from iam2rego.strategies import policies, policy_sets
from iam2rego.strategies.drawing import draw as drawn
from iam2rego.strategies.requests import requests_of
from iam2rego.syntax.forms import Kind
from iam2rego.usage import Usage, read_event
from iam2rego.usage.report import usage_json

LOGGED: Final = 60
"""Requests a policy set that are logged."""
OTHERS: Final = 60
"""Requests a policy set that are not."""
KINDS: Final = {
    "arn:aws:s3:::b": Kind.RESOURCE,
    "arn:aws:iam::111111111111:role/r": Kind.TRUST,
    "arn:aws:kms:r:111111111111:key/k": Kind.RESOURCE,
}
Set = dict[str, Any]
Unit = tuple[Set, Loaded, Sequence[JsonValue]]


@st.composite
def units(draw: DrawFn) -> Unit:
    """Draw a policy set, and requests of it."""
    types = {name: value for name, value in draw(policy_sets(lenient=True)).items() if name != "resource"}
    named = draw(st.lists(st.sampled_from(list(KINDS)), unique=True, min_size=1))
    resources = {arn: draw(policies(KINDS[arn], lenient=True)) for arn in named}
    made = json.loads(dumps({"policies": types, "resources": resources}))
    read = loaded(made)
    size = LOGGED + OTHERS
    return made, read, draw(st.lists(requests_of(read.policies), min_size=size, max_size=size))


def loaded(made: Set) -> Loaded:
    with TemporaryDirectory() as folder:
        Path(folder, "set.json").write_text(json.dumps(made), encoding="utf-8")
        return load([folder], lenient=True)


def event(request: JsonValue, decision: Decision) -> Mapping[str, Any]:
    """What OPA logs of a decision."""
    return {"path": "iam/authz/decision", "input": json.loads(dumps(request)), "result": decision.model_dump(mode="json")}


def used(unit: Unit) -> Usage:
    _, read, requests = unit
    usage = Usage(read.policies)
    for request in requests[:LOGGED]:
        logged = read_event(event(request, authorize(read.policies, request)), "iam")
        assert logged
        usage.add(logged)
    return usage


def narrowed(unit: Unit) -> tuple[Set, int]:
    """The policy set with the narrower policies in it, and how many of these there are."""
    made, read, _ = unit
    replaced, count = deepcopy(made), 0
    for policy in usage_json(used(unit), read.sources, {})["policies"]:
        if policy["narrower"] is not None:
            replace(replaced, policy["policy"], policy["narrower"])
            count += 1
    for name, held in list(replaced["policies"].items()):
        replaced["policies"][name] = [each for each in held if each is not None] if name == "identity" else held
    replaced["resources"] = {arn: policy for arn, policy in replaced["resources"].items() if policy is not None}
    return replaced, count


def replace(made: Set, name: str, document: Mapping[str, Any]) -> None:
    found = re.fullmatch(r"(?:(identity)|resources)\[(.*)\]", name)
    assert found, f"{name} grants nothing, so it stays as it is"
    place, key = (made["policies"]["identity"], int(found[2])) if found[1] else (made["resources"], found[2])
    place[key] = document if document["Statement"] else None


def changed(unit: Unit) -> Iterator[str]:
    """Yield the requests of which the narrower policies decide otherwise, or allow what the policies do not."""
    _, read, requests = unit
    narrower, count = narrowed(unit)
    served = loaded(narrower).policies if count and holds_policies(narrower) else None
    for number, request in enumerate(requests if served else ()):
        assert served
        before, after = authorize(read.policies, request).decision, authorize(served, request).decision
        if (before is Outcome.ALLOWED) < (after is Outcome.ALLOWED) or (number < LOGGED and before is not after):
            yield f"{dumps(request)}: {before} becomes {after}\n{json.dumps(narrower)}"


def holds_policies(made: Set) -> bool:
    return bool(made["resources"]) or any(any(held) if isinstance(held, list) else held for held in made["policies"].values())


def narrower_failures(count: int) -> Iterator[str]:
    """Narrow ``count`` policy sets by what was logged of them, and yield what is decided otherwise than it should be."""
    for number in range(count):
        yield from changed(drawn(units(), number))
