"""The calls that no policy controls (E16)."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize, explain
from tests.support.policies import (
    CROSS,
    FEDERATED,
    FEDERATED_USER,
    ROLE,
    ROOT,
    SERVICE,
    SESSION,
    USER,
    allow,
    deny,
    null,
    policy_set,
    request,
    with_attachments,
)

IDENTITY: Final = "sts:GetCallerIdentity"
TOKEN: Final = "sts:GetSessionToken"
DENYING: Final = policy_set(
    identity=[allow(), deny()],
    permissions_boundary=[],
    session=[deny()],
    service_control=[[deny()]],
    resource_control=[[deny(to="*")]],
    vpc_endpoint=[deny(to="*")],
    resource=[deny(to="*")],
)


def decided(policies: PolicySet, principal: JsonValue, action: str, **members: JsonValue) -> tuple[str, int, int]:
    """Return the decision, how many statements decided it, and how many types of policy denied."""
    decision = authorize(policies, request(principal, action=action, **{"resource": "*", **members}))
    return decision.decision.value, len(decision.matched_statements), len(decision.denied_by)


FREE: Final = ("allowed", 0, 0)


@pytest.mark.parametrize(
    ("principal", "action", "free"),
    [
        pytest.param(USER, IDENTITY, True, id="E16/identity/user"),
        pytest.param(SESSION, IDENTITY, True, id="E16/identity/session"),
        pytest.param(ROLE, IDENTITY, True, id="E16/identity/role"),
        pytest.param(FEDERATED_USER, IDENTITY, True, id="E16/identity/federated-user"),
        pytest.param(ROOT, IDENTITY, True, id="E16/identity/root"),
        pytest.param(SERVICE, IDENTITY, False, id="E16/identity/service"),
        pytest.param(FEDERATED, IDENTITY, False, id="E16/identity/federated"),
        pytest.param("*", IDENTITY, False, id="E16/identity/anonymous"),
        pytest.param(USER, TOKEN, True, id="E16/token/user"),
        pytest.param(SESSION, TOKEN, False, id="E16/token/session"),
        pytest.param(ROLE, TOKEN, False, id="E16/token/role"),
        pytest.param(FEDERATED_USER, TOKEN, False, id="E16/token/federated-user"),
        pytest.param(ROOT, TOKEN, True, id="E16/token/root"),
        pytest.param(SERVICE, TOKEN, False, id="E16/token/service"),
        pytest.param(FEDERATED, TOKEN, False, id="E16/token/federated"),
        pytest.param("*", TOKEN, False, id="E16/token/anonymous"),
        pytest.param(USER, "STS:getcalleridentity", True, id="E16/identity/other-case"),
        pytest.param(USER, "STS:getsessiontoken", True, id="E16/token/other-case"),
        pytest.param(USER, "sts:GetCallerIdentit", False, id="E16/shorter"),
        pytest.param(USER, "sts:GetFederationToken", False, id="E16/another-action"),
        pytest.param(USER, "x:GetCallerIdentity", False, id="E16/another-service"),
    ],
)
def test_what_no_policy_denies(principal: JsonValue, action: str, free: bool) -> None:
    assert (decided(DENYING, principal, action) == FREE) is free
    assert decided(policy_set(), principal, action)[0] == ("allowed" if free or principal == ROOT else "implicitDeny")


@pytest.mark.parametrize(
    "members",
    [
        pytest.param({"resource_account": CROSS}, id="E9/another-account"),
        pytest.param({"resource": "arn:aws-cn:sts:::x"}, id="E9/another-partition"),
    ],
)
def test_e16_wherever_it_is_asked(members: Mapping[str, Any]) -> None:
    assert decided(DENYING, USER, IDENTITY, **members) == FREE


@pytest.mark.parametrize("action", [IDENTITY, TOKEN])
def test_e16_is_none_of_a_simulation(action: str) -> None:
    simulated = with_attachments(DENYING, simulated=True)
    assert decided(simulated, USER, action)[0] == "explicitDeny"
    nothing = with_attachments(policy_set(), simulated=True)
    assert decided(nothing, USER, action) == ("implicitDeny", 0, 1)


def test_e16_a_malformed_request_is_refused_all_the_same() -> None:
    assert authorize(DENYING, request(action=IDENTITY, resource="x")).errors


def test_e16_missing_keys_are_told_as_always() -> None:
    policies = policy_set(identity=[deny(when=[null("k:v")])])
    assert authorize(policies, request(action=IDENTITY)).missing_context_keys == ("k:v",)


def test_e16_is_explained() -> None:
    assert explain(DENYING, request(action=IDENTITY)) == ["allowed for user", "  no policy controls `sts:GetCallerIdentity`"]
