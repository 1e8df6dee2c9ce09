"""What several types of policy come to (E1, E5 to E15), and who denied or allowed it (D1, D2)."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from iam2rego.ir.policy import Effect, PolicySet, PrincipalPolicies
from iam2rego.ir.principal import FederatedPrincipal, ServicePrincipal
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from tests.support.nodes import (
    CROSS,
    FEDERATED,
    FEDERATED_USER,
    KEY,
    ROLE,
    ROOT,
    SAME,
    SERVICE,
    SESSION,
    TARGET,
    USER,
    actions,
    allow,
    deny,
    policy_set,
    principals,
    request,
    statement,
)

ALLOWED: Final = "allowed"
IMPLICIT: Final = "implicitDeny"
EXPLICIT: Final = "explicitDeny"
OTHER: Final = [allow(named=actions("ec2:x"))]
"""Allows nothing that is asked for here."""
YES: Final = [allow()]
NO: Final = [deny()]
OF_USER: Final[JsonValue] = {"arn": FEDERATED_USER, "user_arn": USER}
ECS: Final = ServicePrincipal(service="ecs.amazonaws.com")
GOOGLE: Final = FederatedPrincipal(provider="accounts.google.com")
IN_CROSS: Final = {"resource_account": CROSS}
TRUST: Final = {"action": "sts:AssumeRole", "resource": TARGET}
TAG: Final = {"action": "sts:TagSession", "resource": TARGET}
SAML: Final = {"action": "sts:AssumeRoleWithSAML", "resource": TARGET}
DECRYPT: Final = {"action": "kms:Decrypt", "resource": KEY}
LINKED: Final = f"arn:aws:iam::{SAME}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
CHINA: Final = {"resource": "arn:aws-cn:s3:::b/k"}


def decided(policies: PolicySet, principal: JsonValue, members: Mapping[str, Any]) -> tuple[str, list[str], list[str]]:
    """Return the decision, the types that denied, and the deciding statements as ``type`` or ``type 2`` for index 2."""
    decision = authorize(policies, request(principal, **members))
    matched = [f"{each.policy_type} {each.index}" if each.index else each.policy_type.value for each in decision.matched_statements]
    return decision.decision.value, list(decision.denied_by), matched


@pytest.mark.parametrize(
    ("principal", "members", "policies", "want"),
    [
        # The user (E5).
        pytest.param(USER, {}, {"resource": [allow(USER)]}, (ALLOWED, [], ["resource"]), id="E5/direct"),
        pytest.param(USER, {}, {"resource": [allow("*")]}, (ALLOWED, [], ["resource"]), id="E5/wild"),
        pytest.param(
            USER,
            {},
            {"resource": [allow(USER)], "permissions_boundary": OTHER, "session": OTHER},
            (ALLOWED, [], ["resource"]),
            id="E5/direct-beats-caps",
        ),
        pytest.param(USER, {}, {"resource": [allow(SAME)]}, (IMPLICIT, ["identity"], []), id="E5/account-adds-nothing"),
        pytest.param(USER, {}, {"resource": [allow(SAME)], "identity": YES}, (ALLOWED, [], ["identity"]), id="E5/account-is-no-term"),
        pytest.param(
            USER,
            {},
            {"resource": [allow(SAME), allow(USER), allow("*")], "identity": YES},
            (ALLOWED, [], ["identity", "resource 1", "resource 2"]),
            id="D2/every-true-term",
        ),
        pytest.param(
            USER,
            {},
            {"resource": [allow(USER)], "identity": YES, "permissions_boundary": OTHER},
            (ALLOWED, [], ["resource"]),
            id="D2/no-false-term",
        ),
        pytest.param(
            USER, {}, {"identity": YES, "permissions_boundary": OTHER}, (IMPLICIT, ["permissions_boundary"], []), id="E5/boundary-caps"
        ),
        pytest.param(
            USER, {}, {"identity": YES, "permissions_boundary": []}, (IMPLICIT, ["permissions_boundary"], []), id="E5/empty-boundary"
        ),
        pytest.param(USER, {}, {"identity": YES, "permissions_boundary": YES}, (ALLOWED, [], ["identity"]), id="D2/boundary-only-limits"),
        pytest.param(USER, {}, {"identity": YES, "session": OTHER}, (IMPLICIT, ["session"], []), id="E5/session-caps"),
        pytest.param(
            USER,
            {},
            {"identity": OTHER, "permissions_boundary": OTHER, "session": OTHER},
            (IMPLICIT, ["identity", "permissions_boundary", "session"], []),
            id="E5/all-lack",
        ),
        # The session (E6).
        pytest.param(SESSION, {}, {"resource": [allow(ROLE)]}, (ALLOWED, [], ["resource"]), id="E6/role"),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(ROLE)], "permissions_boundary": OTHER},
            (IMPLICIT, ["identity", "permissions_boundary"], []),
            id="E6/boundary-caps-the-role",
        ),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(ROLE)], "session": OTHER},
            (IMPLICIT, ["identity", "session"], []),
            id="E6/session-caps-the-role",
        ),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(SESSION)], "permissions_boundary": OTHER, "session": OTHER},
            (ALLOWED, [], ["resource"]),
            id="E6/session-arn-beats-caps",
        ),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(ROLE, SESSION)], "session": OTHER},
            (ALLOWED, [], ["resource"]),
            id="P1/the-strongest-entry-counts",
        ),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(ROLE), allow(SAME)], "identity": YES},
            (ALLOWED, [], ["identity", "resource"]),
            id="D2/role-and-identity",
        ),
        pytest.param(
            ROLE,
            {},
            {"resource": [allow(ROLE)], "permissions_boundary": OTHER},
            (IMPLICIT, ["identity", "permissions_boundary"], []),
            id="P5/role-as-caller",
        ),
        # The federated-user session (E7).
        pytest.param(OF_USER, {}, {"identity": YES}, (IMPLICIT, ["session"], []), id="E7/no-session-policy"),
        pytest.param(OF_USER, {}, {"identity": YES, "session": YES}, (ALLOWED, [], ["identity"]), id="E7/session-policy"),
        pytest.param(OF_USER, {}, {"resource": [allow(USER)], "session": YES}, (ALLOWED, [], ["resource"]), id="E7/user"),
        pytest.param(
            OF_USER, {}, {"resource": [allow(USER)]}, (IMPLICIT, ["identity", "session"], []), id="E7/user-without-session-policy"
        ),
        pytest.param(FEDERATED_USER, {}, {"resource": [allow(FEDERATED_USER)]}, (ALLOWED, [], ["resource"]), id="E7/direct"),
        # The root user (E8).
        pytest.param(ROOT, {}, {}, (ALLOWED, [], []), id="E8/root"),
        pytest.param(ROOT, {}, {"resource": [allow(SAME)]}, (ALLOWED, [], []), id="D2/root-needs-no-statement"),
        pytest.param(ROOT, {}, {"resource": [deny(SAME)]}, (EXPLICIT, ["resource"], ["resource"]), id="E8/resource-denies-root"),
        pytest.param(ROOT, {}, {"identity": NO, "permissions_boundary": OTHER}, (ALLOWED, [], []), id="E8/no-identity-side"),
        pytest.param(ROOT, {}, {"session": YES}, (ALLOWED, [], []), id="E8/session-only-limits"),
        pytest.param(ROOT, {}, {"session": OTHER}, (IMPLICIT, ["session"], []), id="E8/session-caps-root"),
        pytest.param(ROOT, {}, {"session": []}, (IMPLICIT, ["session"], []), id="E8/empty-session"),
        pytest.param(ROOT, {}, {"session": [*YES, *NO]}, (EXPLICIT, ["session"], ["session 1"]), id="E8/session-denies-root"),
        pytest.param(ROOT, {}, {"resource": [allow("*")], "session": OTHER}, (IMPLICIT, ["session"], []), id="E8/session-caps-wild"),
        pytest.param(
            ROOT, IN_CROSS, {"resource": [allow(SAME)], "session": OTHER}, (IMPLICIT, ["session"], []), id="E8/session-caps-root-elsewhere"
        ),
        pytest.param(ROOT, IN_CROSS, {"session": OTHER}, (IMPLICIT, ["resource", "session"], []), id="E8/both-lack"),
        pytest.param(
            ROOT, IN_CROSS, {"resource": [allow(SAME)], "session": YES}, (ALLOWED, [], ["resource"]), id="E8/session-allows-root-elsewhere"
        ),
        pytest.param(
            ROOT, DECRYPT, {"resource": [allow(SAME)], "session": OTHER}, (IMPLICIT, ["session"], []), id="E8/session-caps-root-of-a-key"
        ),
        pytest.param(ROOT, {}, {"service_control": [NO]}, (EXPLICIT, ["service_control"], ["service_control"]), id="E8/service-control"),
        pytest.param(ROOT, TRUST, {"resource": [allow("*")]}, (IMPLICIT, ["resource"], []), id="E8/root-assumes-no-role"),
        pytest.param(
            ROOT, {**TRUST, **IN_CROSS}, {"resource": [allow("*")]}, (IMPLICIT, ["resource"], []), id="E8/root-assumes-no-role-elsewhere"
        ),
        pytest.param(ROOT, TAG, {"resource": [allow(SAME)]}, (ALLOWED, [], ["resource"]), id="E14/root-tags"),
        pytest.param(ROOT, TAG, {"resource": [allow(USER)]}, (IMPLICIT, ["resource"], []), id="E14/root-tags-unnamed"),
        pytest.param(ROOT, TAG, {}, (IMPLICIT, ["resource"], []), id="E14/root-tags-without-a-trust-policy"),
        # Another account, another partition (E9).
        pytest.param(USER, IN_CROSS, {"resource": [allow(USER)]}, (IMPLICIT, ["identity"], []), id="E9/resource-side-alone"),
        pytest.param(USER, IN_CROSS, {"identity": YES}, (IMPLICIT, ["resource"], []), id="E9/identity-side-alone"),
        pytest.param(USER, IN_CROSS, {}, (IMPLICIT, ["identity", "resource"], []), id="E9/neither"),
        pytest.param(
            USER,
            IN_CROSS,
            {"identity": YES, "resource": [allow(SAME), allow(USER)]},
            (ALLOWED, [], ["identity", "resource", "resource 1"]),
            id="E9/both",
        ),
        pytest.param(
            USER,
            IN_CROSS,
            {"identity": YES, "resource": [allow(USER)], "permissions_boundary": OTHER},
            (IMPLICIT, ["permissions_boundary"], []),
            id="E9/boundary-caps-direct",
        ),
        pytest.param(
            SESSION,
            IN_CROSS,
            {"identity": YES, "resource": [allow("*")], "session": OTHER},
            (IMPLICIT, ["session"], []),
            id="E9/session-caps-wild",
        ),
        pytest.param(ROOT, IN_CROSS, {"resource": [allow(SAME)]}, (ALLOWED, [], ["resource"]), id="E9/root"),
        pytest.param(ROOT, IN_CROSS, {}, (IMPLICIT, ["resource"], []), id="E9/root-alone"),
        pytest.param(USER, CHINA, {"identity": YES, "resource": [allow(USER)]}, (IMPLICIT, ["resource"], []), id="E9/partition"),
        pytest.param(ROOT, CHINA, {"resource": [allow("*")]}, (IMPLICIT, ["resource"], []), id="E9/partition-of-root"),
        pytest.param(
            USER, {**CHINA, **IN_CROSS}, {"resource": [allow("*")]}, (IMPLICIT, ["identity", "resource"], []), id="E9/partition-and-account"
        ),
        pytest.param("*", CHINA, {"resource": [allow("*")]}, (ALLOWED, [], ["resource"]), id="E9/anonymous-has-no-partition"),
        pytest.param(SERVICE, CHINA, {"resource": [allow(ECS)]}, (ALLOWED, [], ["resource"]), id="E9/service-has-no-partition"),
        # Callers without an account (E10).
        pytest.param(SERVICE, {}, {"resource": [allow(ECS)]}, (ALLOWED, [], ["resource"]), id="E10/service"),
        pytest.param(SERVICE, {}, {"resource": [allow("*")]}, (ALLOWED, [], ["resource"]), id="E10/service-by-star"),
        pytest.param(SERVICE, {}, {"resource": [allow(SAME)], "identity": YES}, (IMPLICIT, ["resource"], []), id="E10/service-unnamed"),
        pytest.param(FEDERATED, {}, {"resource": [allow("*")]}, (ALLOWED, [], ["resource"]), id="E10/federated-by-star"),
        pytest.param("*", {}, {"resource": [allow("*")]}, (ALLOWED, [], ["resource"]), id="E10/anonymous"),
        pytest.param("*", {}, {"resource": [allow(SAME)]}, (IMPLICIT, ["resource"], []), id="E10/anonymous-unnamed"),
        pytest.param(
            "*",
            {},
            {"resource": [allow("*")], "session": NO, "service_control": [NO]},
            (ALLOWED, [], ["resource"]),
            id="E10/only-what-limits-everybody",
        ),
        # Trust policies (E14).
        pytest.param(USER, TRUST, {"identity": YES, "resource": []}, (IMPLICIT, ["resource"], []), id="E14/empty"),
        pytest.param(USER, TRUST, {"identity": YES}, (IMPLICIT, ["resource"], []), id="E14/not-given"),
        pytest.param(USER, TRUST, {}, (IMPLICIT, ["identity", "resource"], []), id="E14/not-given-nor-identity"),
        pytest.param(
            USER,
            TRUST,
            {"identity": YES, "permissions_boundary": OTHER, "session": OTHER},
            (IMPLICIT, ["permissions_boundary", "resource", "session"], []),
            id="E14/not-given-nor-caps",
        ),
        pytest.param(USER, TRUST, {"identity": YES, "resources": {ROLE: YES}}, (IMPLICIT, ["resource"], []), id="E14/of-another-role"),
        pytest.param(USER, TRUST, {"identity": NO}, (EXPLICIT, ["identity"], ["identity"]), id="E14/not-given-and-denied"),
        pytest.param(USER, TRUST, {"resource": [allow(USER)], "permissions_boundary": OTHER}, (ALLOWED, [], ["resource"]), id="E14/direct"),
        pytest.param(USER, TRUST, {"resource": [allow(SAME)]}, (IMPLICIT, ["identity"], []), id="E14/account-alone"),
        pytest.param(
            USER,
            TRUST,
            {"identity": YES, "resource": [allow(SAME)]},
            (ALLOWED, [], ["identity", "resource"]),
            id="E14/account-and-identity",
        ),
        pytest.param(
            USER,
            TRUST,
            {"identity": YES, "resource": [allow(SAME)], "session": OTHER},
            (IMPLICIT, ["session"], []),
            id="E14/session-caps-account",
        ),
        pytest.param(
            SESSION,
            TRUST,
            {"identity": YES, "resource": [allow(ROLE), allow(SAME)]},
            (ALLOWED, [], ["identity", "resource", "resource 1"]),
            id="D2/role-and-account",
        ),
        pytest.param(
            SESSION, TRUST, {"identity": YES, "resource": [allow(ROLE)]}, (ALLOWED, [], ["resource"]), id="D2/role-without-account"
        ),
        pytest.param(OF_USER, TRUST, {"resource": [allow(USER)], "session": YES}, (ALLOWED, [], ["resource"]), id="E14/user"),
        pytest.param(
            USER,
            {**TRUST, **IN_CROSS},
            {"identity": YES, "resource": [allow(USER)]},
            (ALLOWED, [], ["identity", "resource"]),
            id="E14/other-account",
        ),
        pytest.param(SERVICE, TRUST, {"resource": [allow(ECS)]}, (ALLOWED, [], ["resource"]), id="E14/service"),
        pytest.param(FEDERATED, SAML, {"resource": [allow(GOOGLE)]}, (ALLOWED, [], ["resource"]), id="E14/federated"),
        pytest.param(FEDERATED, SAML, {}, (IMPLICIT, ["resource"], []), id="E14/federated-without-a-trust-policy"),
        pytest.param(
            FEDERATED,
            SAML,
            {"resource": [allow(FederatedPrincipal(provider="x"))]},
            (IMPLICIT, ["resource"], []),
            id="E14/another-provider",
        ),
        pytest.param(USER, SAML, {"identity": YES, "resource": [allow("*")]}, (IMPLICIT, ["resource"], []), id="E14/saml-is-not-for-users"),
        pytest.param(SERVICE, SAML, {"resource": [allow("*")]}, (IMPLICIT, ["resource"], []), id="E14/saml-is-not-for-services"),
        pytest.param("*", SAML, {"resource": [allow("*")]}, (IMPLICIT, ["resource"], []), id="E14/saml-is-not-for-anybody"),
        # Key policies (E15).
        pytest.param(USER, DECRYPT, {"identity": YES, "resource": [allow(ROLE)]}, (IMPLICIT, ["resource"], []), id="E15/another"),
        pytest.param(
            USER, DECRYPT, {"identity": YES, "resource": [allow(SAME)]}, (ALLOWED, [], ["identity", "resource"]), id="E15/account"
        ),
        pytest.param(ROOT, DECRYPT, {"resource": [allow(SAME), allow("*")]}, (ALLOWED, [], ["resource", "resource 1"]), id="E15/root"),
        pytest.param(ROOT, DECRYPT, {"resource": [allow(USER)]}, (IMPLICIT, ["resource"], []), id="E15/root-unnamed"),
        pytest.param(
            USER,
            {"action": "kms:ListKeys", "resource": "*"},
            {"identity": YES, "resource": [allow(ROLE)]},
            (ALLOWED, [], ["identity"]),
            id="E15/no-key",
        ),
        pytest.param(
            USER,
            {"action": "kms:Decrypt", "resource": f"arn:aws:kms:r:{SAME}:alias/a"},
            {"identity": YES, "resource": [allow(ROLE)]},
            (ALLOWED, [], ["identity"]),
            id="E15/alias",
        ),
        pytest.param(
            USER,
            {"action": "x:Decrypt", "resource": KEY},
            {"identity": YES, "resource": [allow(ROLE)]},
            (ALLOWED, [], ["identity"]),
            id="E15/other-service",
        ),
        pytest.param(USER, DECRYPT, {"identity": YES}, (ALLOWED, [], ["identity"]), id="E15/not-given"),
        pytest.param(USER, DECRYPT, {}, (IMPLICIT, ["identity"], []), id="E15/not-given-nor-identity"),
        pytest.param(ROOT, DECRYPT, {}, (ALLOWED, [], []), id="E15/root-of-a-key-without-policy"),
        pytest.param(USER, {**DECRYPT, **IN_CROSS}, {"identity": YES}, (IMPLICIT, ["resource"], []), id="E15/not-given-elsewhere"),
        # Guardrails (E11 to E13).
        pytest.param(USER, {}, {"identity": YES, "service_control": [YES, YES]}, (ALLOWED, [], ["identity"]), id="E11/every-level"),
        pytest.param(
            USER, {}, {"identity": YES, "service_control": [YES, OTHER]}, (IMPLICIT, ["service_control"], []), id="E11/one-level-lacks"
        ),
        pytest.param(
            USER, {}, {"identity": YES, "service_control": [YES, [], YES]}, (IMPLICIT, ["service_control"], []), id="E11/empty-level"
        ),
        pytest.param(USER, {}, {"identity": YES, "service_control": []}, (IMPLICIT, ["service_control"], []), id="E11/no-levels"),
        pytest.param(
            USER,
            {},
            {"resource": [allow(USER)], "service_control": [OTHER]},
            (IMPLICIT, ["identity", "service_control"], []),
            id="E11/caps-direct",
        ),
        pytest.param(
            USER,
            {},
            {"identity": YES, "service_control": [YES, NO, [*YES, *NO]]},
            (EXPLICIT, ["service_control"], ["service_control", "service_control 1"]),
            id="E1/levels-are-flattened",
        ),
        pytest.param(USER, {}, {"identity": YES, "resource_control": []}, (ALLOWED, [], ["identity"]), id="E12/no-levels"),
        pytest.param(
            USER, {}, {"identity": YES, "resource_control": [[], OTHER]}, (ALLOWED, [], ["identity"]), id="E12/only-a-deny-counts"
        ),
        pytest.param(
            "*",
            {},
            {"resource": [allow("*")], "resource_control": [NO]},
            (EXPLICIT, ["resource_control"], ["resource_control"]),
            id="E12/deny",
        ),
        pytest.param(
            SERVICE,
            {"action": "STS:assumerole", "resource": LINKED},
            {"resource": [allow(ECS)], "resource_control": [NO]},
            (ALLOWED, [], ["resource"]),
            id="E12/service-assumes-its-own-role",
        ),
        pytest.param(
            SERVICE,
            {"action": "sts:TagSession", "resource": LINKED},
            {"resource": [allow(ECS)], "resource_control": [NO]},
            (EXPLICIT, ["resource_control"], ["resource_control"]),
            id="E12/service-tags-its-own-role",
        ),
        pytest.param(
            SERVICE,
            TRUST,
            {"resource": [allow(ECS)], "resource_control": [NO]},
            (EXPLICIT, ["resource_control"], ["resource_control"]),
            id="E12/service-assumes-another-role",
        ),
        pytest.param(
            USER,
            {"action": "sts:AssumeRole", "resource": LINKED},
            {"resource": [allow(USER)], "resource_control": [NO]},
            (EXPLICIT, ["resource_control"], ["resource_control"]),
            id="E12/user-assumes-the-role-of-a-service",
        ),
        pytest.param(USER, {}, {"identity": YES, "vpc_endpoint": [allow("*")]}, (ALLOWED, [], ["identity"]), id="E13/allow"),
        pytest.param(USER, {}, {"identity": YES, "vpc_endpoint": [allow(ROLE)]}, (IMPLICIT, ["vpc_endpoint"], []), id="E13/another"),
        pytest.param(USER, {}, {"identity": YES, "vpc_endpoint": []}, (IMPLICIT, ["vpc_endpoint"], []), id="E13/empty"),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(SESSION)], "vpc_endpoint": [*OTHER]},
            (IMPLICIT, ["identity", "vpc_endpoint"], []),
            id="E13/caps-direct",
        ),
        # Deny (E1).
        pytest.param(
            USER,
            {},
            {
                "identity": [*YES, *NO],
                "session": NO,
                "permissions_boundary": NO,
                "resource": [deny(USER)],
                "vpc_endpoint": NO,
                "resource_control": [NO],
            },
            (
                EXPLICIT,
                ["identity", "permissions_boundary", "resource", "resource_control", "session", "vpc_endpoint"],
                ["identity 1", "permissions_boundary", "resource", "resource_control", "session", "vpc_endpoint"],
            ),
            id="E1/every-type",
        ),
        pytest.param(USER, IN_CROSS, {"resource": [deny(SAME)]}, (EXPLICIT, ["resource"], ["resource"]), id="E1/any-kind-denies"),
        pytest.param(
            USER,
            {},
            {"identity": YES, "resource": [statement(Effect.DENY, to=principals(USER, SAME, negated=True))], "permissions_boundary": YES},
            (EXPLICIT, ["resource"], ["resource"]),
            id="P11/boundary",
        ),
        pytest.param(
            ROOT,
            {},
            {"resource": [statement(Effect.DENY, to=principals(SAME, negated=True))], "permissions_boundary": YES},
            (ALLOWED, [], []),
            id="P11/root-has-no-boundary",
        ),
    ],
)
def test_decision(
    principal: JsonValue, members: Mapping[str, Any], policies: Mapping[str, Any], want: tuple[str, list[str], list[str]]
) -> None:
    assert decided(policy_set(**policies), principal, members) == want


def test_a_policy_on_two_levels_is_listed_once() -> None:
    name = "service_control[0][0]"
    twice = policy_set(service_control=[NO]).model_copy(update={"service_control": ((name,), (name,))})
    assert decided(twice, USER, {}) == (EXPLICIT, ["service_control"], ["service_control"])


def test_a_policy_is_of_the_type_as_which_it_is_attached() -> None:
    attached = PrincipalPolicies(arn=USER, identity=("identity",), permissions_boundary="identity")
    both = policy_set(identity=NO, accounts=[SAME]).model_copy(update={"identity": (), "principals": (attached,)})
    found = ["identity", "permissions_boundary"]
    assert decided(both, USER, {}) == (EXPLICIT, found, found)


@pytest.mark.parametrize(
    "action",
    [
        pytest.param(each, id=f"E14/{each}")
        for each in (
            "sts:AssumeRole",
            "STS:assumerole",
            "sts:AssumeRoleWithSAML",
            "sts:AssumeRoleWithWebIdentity",
            "sts:TagSession",
            "sts:SetSourceIdentity",
        )
    ],
)
@pytest.mark.parametrize("principal", [USER, SESSION, ROLE, OF_USER, ROOT, SERVICE, FEDERATED, "*"], ids=str)
def test_nobody_assumes_a_role_without_a_trust_policy(principal: JsonValue, action: str) -> None:
    policies = policy_set(identity=YES, session=YES)
    assert decided(policies, principal, {"action": action, "resource": TARGET}) == (IMPLICIT, ["resource"], [])


@pytest.mark.parametrize(
    ("principal", "members", "policies", "want"),
    [
        pytest.param(USER, TRUST, {"identity": YES}, (ALLOWED, [], ["identity"]), id="E14/same-account"),
        pytest.param(USER, TRUST, {}, (IMPLICIT, ["identity"], []), id="E14/no-identity"),
        pytest.param(USER, TAG, {"identity": YES}, (ALLOWED, [], ["identity"]), id="E14/another-action"),
        pytest.param(USER, {**TRUST, **IN_CROSS}, {"identity": YES}, (IMPLICIT, ["resource"], []), id="E14/another-account"),
        pytest.param(USER, TRUST, {"identity": YES, "resource": []}, (IMPLICIT, ["resource"], []), id="E14/given"),
        pytest.param(USER, SAML, {"identity": YES}, (IMPLICIT, ["resource"], []), id="E14/federation"),
    ],
)
def test_a_simulation_assumes_no_trust_policy(
    principal: JsonValue, members: Mapping[str, Any], policies: Mapping[str, Any], want: tuple[str, list[str], list[str]]
) -> None:
    simulated = policy_set(**policies).model_copy(update={"simulated": True})
    assert decided(simulated, principal, members) == want
