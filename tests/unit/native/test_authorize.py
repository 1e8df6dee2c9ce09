"""The decision and its document (E1 to E10, E14, D1, D5)."""

import pytest

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.policy import PolicySet, Statement, identity_policies
from iam2rego.jsontext import JsonValue, Number
from iam2rego.native import authorize
from tests.support.policies import FEDERATED, FEDERATED_USER, HOME, ROLE, ROOT, SERVICE, SESSION, USER, allow, deny, policy, request


def policies(*statements: Statement, name: str = "p") -> PolicySet:
    return identity_policies((policy(name, *statements),))


ALLOW, DENY = allow(), deny()
OTHER_ACTION = allow("s3:PutObject")
NOTHING = policies()
EVERYTHING = policies(ALLOW)


def described(decision: Decision) -> tuple[str, tuple[str, ...], int]:
    return decision.decision.value, decision.denied_by, len(decision.matched_statements)


@pytest.mark.parametrize(
    ("principal", "allow", "nothing", "deny"),
    [
        pytest.param(USER, ("allowed",), ("implicitDeny", "identity"), ("explicitDeny", "identity"), id="E5/user"),
        pytest.param(SESSION, ("allowed",), ("implicitDeny", "identity"), ("explicitDeny", "identity"), id="E6/session"),
        pytest.param(ROLE, ("allowed",), ("implicitDeny", "identity"), ("explicitDeny", "identity"), id="P5/role"),
        pytest.param(
            FEDERATED_USER,
            ("implicitDeny", "session"),
            ("implicitDeny", "identity", "session"),
            ("explicitDeny", "identity"),
            id="E7/federated-user",
        ),
        pytest.param(ROOT, ("allowed",), ("allowed",), ("allowed",), id="E8/root"),
        pytest.param(SERVICE, ("implicitDeny", "resource"), ("implicitDeny", "resource"), ("implicitDeny", "resource"), id="E10/service"),
        pytest.param(
            FEDERATED, ("implicitDeny", "resource"), ("implicitDeny", "resource"), ("implicitDeny", "resource"), id="E10/federated"
        ),
        pytest.param("*", ("implicitDeny", "resource"), ("implicitDeny", "resource"), ("implicitDeny", "resource"), id="E10/anonymous"),
    ],
)
def test_callers(principal: JsonValue, allow: tuple[str, ...], nothing: tuple[str, ...], deny: tuple[str, ...]) -> None:
    decisions = [authorize(each, request(principal)) for each in (EVERYTHING, NOTHING, policies(ALLOW, DENY))]
    assert [(each.decision, *each.denied_by) for each in decisions] == [allow, nothing, deny]


@pytest.mark.parametrize(
    ("allowing", "document", "want"),
    [
        pytest.param(EVERYTHING, request(), ("allowed", (), 1), id="E4/owner-by-default-the-caller"),
        pytest.param(EVERYTHING, request(resource="*"), ("allowed", (), 1), id="E4/star"),
        pytest.param(EVERYTHING, request(resource="arn:aws:iam::aws:policy/X"), ("allowed", (), 1), id="E4/field-is-no-account"),
        pytest.param(EVERYTHING, request(resource_account="222222222222"), ("implicitDeny", ("resource",), 0), id="E9/other-account"),
        pytest.param(
            EVERYTHING,
            request(resource="arn:aws:sqs:r:222222222222:q"),
            ("implicitDeny", ("resource",), 0),
            id="E9/other-account-in-the-arn",
        ),
        pytest.param(
            NOTHING, request(resource_account="222222222222"), ("implicitDeny", ("identity", "resource"), 0), id="E9/neither-side"
        ),
        pytest.param(NOTHING, request(ROOT, resource_account="222222222222"), ("implicitDeny", ("resource",), 0), id="E9/root"),
        pytest.param(
            policies(DENY), request(resource_account="222222222222"), ("explicitDeny", ("identity",), 1), id="E1/deny-before-other-account"
        ),
        pytest.param(EVERYTHING, request(resource="arn:aws-cn:s3:::b/k"), ("implicitDeny", ("resource",), 0), id="E9/other-partition"),
        pytest.param(
            NOTHING, request(ROOT, resource="arn:aws-cn:s3:::b/k"), ("implicitDeny", ("resource",), 0), id="E9/other-partition-root"
        ),
        pytest.param(NOTHING, request(ROOT, action="STS:assumerole"), ("implicitDeny", ("resource",), 0), id="E8/root-assumes-no-role"),
        pytest.param(EVERYTHING, request(action="sts:AssumeRole"), ("implicitDeny", ("resource",), 0), id="E14/no-trust-policy-given"),
        pytest.param(EVERYTHING, request(action="sts:AssumeRoleWithSAML"), ("implicitDeny", ("resource",), 0), id="E14/saml"),
        pytest.param(
            NOTHING, request(action="sts:AssumeRoleWithWebIdentity"), ("implicitDeny", ("identity", "resource"), 0), id="E14/web-identity"
        ),
        pytest.param(NOTHING, request(ROOT, action="sts:AssumeRoleWithSAML"), ("implicitDeny", ("resource",), 0), id="E14/saml-root"),
        pytest.param(
            EVERYTHING,
            request(action="kms:Decrypt", resource="arn:aws:kms:r:111111111111:key/1"),
            ("allowed", (), 1),
            id="E15/no-key-policy-given",
        ),
        pytest.param(policies(ALLOW, ALLOW, OTHER_ACTION), request(), ("allowed", (), 2), id="D2/every-allow-that-applies"),
        pytest.param(policies(ALLOW, DENY, DENY), request(), ("explicitDeny", ("identity",), 2), id="D2/every-deny-that-applies"),
        pytest.param(policies(OTHER_ACTION), request(), ("implicitDeny", ("identity",), 0), id="E3/action"),
        pytest.param(policies(allow(on=HOME)), request(), ("implicitDeny", ("identity",), 0), id="E3/resource"),
    ],
)
def test_decision(allowing: PolicySet, document: JsonValue, want: tuple[str, tuple[str, ...], int]) -> None:
    assert described(authorize(allowing, document)) == want


def test_a_refused_request_has_errors_and_nothing_else() -> None:
    decision = authorize(EVERYTHING, request("x", context={"k:v": Number("1e40")}))
    assert decision == Decision(decision=Outcome.IMPLICIT_DENY, errors=decision.errors)
    assert len(decision.errors) == 2


def test_errors_can_be_shown_whatever_the_request_holds() -> None:
    decision = authorize(EVERYTHING, request(context={"\ud800": None}))
    assert "\N{REPLACEMENT CHARACTER}" in "".join(decision.errors)


def test_statements_come_by_policy_and_index_with_their_places() -> None:
    allowing = identity_policies((policy("b", OTHER_ACTION, allow(sid="S")), policy("a", ALLOW)))
    document = authorize(allowing, request()).model_dump(mode="json")
    place = {"policy_type": "identity", "effect": "Allow", "start": {"line": 1, "column": 2}, "end": {"line": 3, "column": 4}}
    assert document == {
        "decision": "allowed",
        "matched_statements": [{"policy": "a", "sid": "", "index": 0, **place}, {"policy": "b", "sid": "S", "index": 1, **place}],
        "denied_by": [],
        "missing_context_keys": [],
        "errors": [],
    }
