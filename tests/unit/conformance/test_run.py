"""Which policies a run compared nothing of, because every request of them was invalid."""

import pytest

from iam2rego.conformance.invalid import AllInvalid
from iam2rego.conformance.run import Run
from iam2rego.engines.native import NativeEngine
from iam2rego.ir.policy import Document, Policy, PolicySet, PolicyType, identity_policies
from iam2rego.jsontext import JsonValue

VALID: JsonValue = {"principal": "arn:aws:iam::123456789012:user/u", "action": "t:Get", "resource": "*", "context": {}}
NO_ACTION: JsonValue = {"principal": "arn:aws:iam::123456789012:user/u", "action": "", "resource": "*", "context": {}}
NOTHING: JsonValue = {}


def policy(name: str) -> PolicySet:
    document = Document(version="2012-10-17", statements=())
    return identity_policies([Policy(name=name, type=PolicyType.IDENTITY, file=f"{name}.json", document=document)])


def all_invalid(*asked: tuple[int, JsonValue]) -> tuple[AllInvalid, ...]:
    units = (policy("one"), policy("two"))
    run = Run(units, NativeEngine(units))
    for unit, request in asked:
        run.ask(unit, request)
    return run.report(units[0], seed=0, opa_version="1.22.2").all_invalid


@pytest.mark.parametrize(
    ("asked", "want"),
    [
        pytest.param((), [], id="nothing-asked"),
        pytest.param(((0, VALID),), [], id="valid"),
        pytest.param(((0, NO_ACTION), (0, VALID)), [], id="one-of-two"),
        pytest.param(((0, NO_ACTION),), [("one", 1, "action")], id="the-only-one"),
        pytest.param(((0, VALID), (1, NO_ACTION), (1, NOTHING)), [("two", 2, "action")], id="those-of-another-policy"),
        pytest.param(((1, NOTHING), (0, NO_ACTION)), [("one", 1, "action"), ("two", 1, "principal")], id="all"),
    ],
)
def test_policies_that_were_only_asked_invalid_requests(asked: tuple[tuple[int, JsonValue], ...], want: list[tuple[str, int, str]]) -> None:
    found = all_invalid(*asked)
    assert [(each.subject, each.requests) for each in found] == [(name, count) for name, count, _ in want]
    assert all(member in each.error for each, (*_, member) in zip(found, want, strict=True))
