"""Requests at the boundaries that a proof knows."""

from typing import Final

import pytest

from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from iam2rego.proofs import boundaries as module
from iam2rego.proofs.boundaries import boundaries
from iam2rego.proofs.verdict import UndecidedError
from tests.unit.proofs.asking import Statement, allow, deny, identity, when

S3: Final = "arn:aws:s3:::"
BETWEEN: Final = allow(Condition={"NumericGreaterThan": {"k:n": "1"}, "NumericLessThan": {"k:n": "2"}})


def asked(*statements: Statement) -> list[tuple[str, JsonValue, JsonValue]]:
    """The decisions, resources and contexts of the requests."""
    policies = identity(*statements)
    found = []
    for request in boundaries(policies):
        assert isinstance(request, dict)
        found.append((authorize(policies, request).decision.value, request["resource"], request["context"]))
    return found


def decisions(*statements: Statement) -> list[str]:
    return [each for each, _, _ in asked(*statements)]


BOTH_SIDES: Final[dict[str, tuple[Statement, ...]]] = {
    "R6/a-resource": (allow(Resource=f"{S3}b/*"),),
    "R10/not-resource": (allow(NotResource=f"{S3}b/*"),),
    "C3/a-text": (when("StringLike", "k:a", "a*"),),
    "C3/not-a-text": (when("StringNotEquals", "k:a", "a"),),
    "C11/there-or-not": (when("Null", "k:a", "true"),),
    "C17/between-two-numbers": (BETWEEN,),
    "E1/what-a-deny-leaves": (allow(Resource=f"{S3}*"), deny(Resource=f"{S3}b?/*", Condition={"StringLike": {"k:a": ["a*", "b*"]}})),
    "V1/a-variable": (allow(Resource=f"{S3}${{k:u}}/*"),),
    "V1/a-variable-in-a-condition": (when("StringEquals", "k:a", "${k:u}"),),
}


@pytest.mark.parametrize("statements", BOTH_SIDES.values(), ids=BOTH_SIDES)
def test_both_sides_are_asked(statements: tuple[Statement, ...]) -> None:
    found = decisions(*statements)
    assert "allowed" in found
    assert set(found) - {"allowed"}


def test_the_only_values_that_fulfil_two_conditions_are_found() -> None:
    """1.5 is not written in the policy, nor is it one away from what is."""
    assert all(context != {"k:n": "2"} for decision, _, context in asked(BETWEEN) if decision == "allowed")
    assert "allowed" in decisions(BETWEEN)


def test_a_request_for_each_entry_and_value_that_no_other_matches() -> None:
    found = asked(allow(Resource=[f"{S3}a*", f"{S3}a/b", f"{S3}c"], Condition={"StringEquals": {"k:a": ["x", "y"]}}))
    contexts = [context for decision, _, context in found if decision == "allowed"]
    resources = [resource for decision, resource, _ in found if decision == "allowed"]
    assert {"k:a": "x"} in contexts
    assert {"k:a": "y"} in contexts
    assert f"{S3}c" in resources
    assert any(str(each).startswith(f"{S3}a") for each in resources)


def test_every_class_of_actions_is_asked() -> None:
    policies = identity(allow(Action="s3:Get*", Resource=f"{S3}a"), deny(Action="*:*Object", Resource=f"{S3}a*"))
    actions = {str(each["action"]) for each in boundaries(policies) if isinstance(each, dict)}
    assert any(each.startswith("s3:get") and not each.endswith("object") for each in actions)
    assert len(decisions(allow(Action="s3:Get*", Resource=f"{S3}a"), deny(Action="*:*Object", Resource=f"{S3}a*"))) > 1


def test_what_cannot_be_decided_has_no_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    def undecided(*_: object) -> None:
        raise UndecidedError("a limit")

    monkeypatch.setattr(module, "solve", undecided)
    assert decisions(BETWEEN) == []


def test_simulations_have_no_requests() -> None:
    policies = identity(BETWEEN)
    simulated = PolicySet(policies=policies.policies, attachments=policies.attachments.model_copy(update={"simulated": True}))
    assert list(boundaries(simulated)) == []


def test_no_policy_has_no_boundary() -> None:
    policies = identity(BETWEEN)
    unattached = policies.attachments.model_copy(update={"identity": ()})
    assert list(boundaries(PolicySet(policies=policies.policies, attachments=unattached))) == []
