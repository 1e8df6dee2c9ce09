"""The resource policies of roles and of keys, which must be there (E14, E15)."""

from collections.abc import Mapping
from typing import Any

import pytest

from iam2rego.ir.principal import FederatedPrincipal
from iam2rego.jsontext import JsonValue
from tests.support.policies import FEDERATED, KEY, ROLE, ROOT, SAME, SERVICE, SESSION, TARGET, USER, allow, policy_set, with_attachments
from tests.unit.native.grants import (
    ALLOWED,
    DECRYPT,
    ECS,
    EXPLICIT,
    GOOGLE,
    IMPLICIT,
    IN_CROSS,
    NO,
    OF_USER,
    OTHER,
    SAML,
    TAG,
    TRUST,
    YES,
    decided,
)


@pytest.mark.parametrize(
    ("principal", "members", "policies", "want"),
    [
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
        pytest.param(
            USER, TRUST, {"resource": [allow(to=USER)], "permissions_boundary": OTHER}, (ALLOWED, [], ["resource"]), id="E14/direct"
        ),
        pytest.param(USER, TRUST, {"resource": [allow(to=SAME)]}, (IMPLICIT, ["identity"], []), id="E14/account-alone"),
        pytest.param(
            USER,
            TRUST,
            {"identity": YES, "resource": [allow(to=SAME)]},
            (ALLOWED, [], ["identity", "resource"]),
            id="E14/account-and-identity",
        ),
        pytest.param(
            USER,
            TRUST,
            {"identity": YES, "resource": [allow(to=SAME)], "session": OTHER},
            (IMPLICIT, ["session"], []),
            id="E14/session-caps-account",
        ),
        pytest.param(
            SESSION,
            TRUST,
            {"identity": YES, "resource": [allow(to=ROLE), allow(to=SAME)]},
            (ALLOWED, [], ["identity", "resource", "resource 1"]),
            id="D2/role-and-account",
        ),
        pytest.param(
            SESSION, TRUST, {"identity": YES, "resource": [allow(to=ROLE)]}, (ALLOWED, [], ["resource"]), id="D2/role-without-account"
        ),
        pytest.param(OF_USER, TRUST, {"resource": [allow(to=USER)], "session": YES}, (ALLOWED, [], ["resource"]), id="E14/user"),
        pytest.param(
            USER,
            {**TRUST, **IN_CROSS},
            {"identity": YES, "resource": [allow(to=USER)]},
            (ALLOWED, [], ["identity", "resource"]),
            id="E14/other-account",
        ),
        pytest.param(SERVICE, TRUST, {"resource": [allow(to=ECS)]}, (ALLOWED, [], ["resource"]), id="E14/service"),
        pytest.param(FEDERATED, SAML, {"resource": [allow(to=GOOGLE)]}, (ALLOWED, [], ["resource"]), id="E14/federated"),
        pytest.param(FEDERATED, SAML, {}, (IMPLICIT, ["resource"], []), id="E14/federated-without-a-trust-policy"),
        pytest.param(
            FEDERATED,
            SAML,
            {"resource": [allow(to=FederatedPrincipal(provider="x"))]},
            (IMPLICIT, ["resource"], []),
            id="E14/another-provider",
        ),
        pytest.param(
            USER, SAML, {"identity": YES, "resource": [allow(to="*")]}, (IMPLICIT, ["resource"], []), id="E14/saml-is-not-for-users"
        ),
        pytest.param(SERVICE, SAML, {"resource": [allow(to="*")]}, (IMPLICIT, ["resource"], []), id="E14/saml-is-not-for-services"),
        pytest.param("*", SAML, {"resource": [allow(to="*")]}, (IMPLICIT, ["resource"], []), id="E14/saml-is-not-for-anybody"),
        # Key policies (E15).
        pytest.param(USER, DECRYPT, {"identity": YES, "resource": [allow(to=ROLE)]}, (IMPLICIT, ["resource"], []), id="E15/another"),
        pytest.param(
            USER, DECRYPT, {"identity": YES, "resource": [allow(to=SAME)]}, (ALLOWED, [], ["identity", "resource"]), id="E15/account"
        ),
        pytest.param(
            ROOT, DECRYPT, {"resource": [allow(to=SAME), allow(to="*")]}, (ALLOWED, [], ["resource", "resource 1"]), id="E15/root"
        ),
        pytest.param(ROOT, DECRYPT, {"resource": [allow(to=USER)]}, (IMPLICIT, ["resource"], []), id="E15/root-unnamed"),
        pytest.param(
            USER,
            {"action": "kms:ListKeys", "resource": "*"},
            {"identity": YES, "resource": [allow(to=ROLE)]},
            (ALLOWED, [], ["identity"]),
            id="E15/no-key",
        ),
        pytest.param(
            USER,
            {"action": "kms:Decrypt", "resource": f"arn:aws:kms:r:{SAME}:alias/a"},
            {"identity": YES, "resource": [allow(to=ROLE)]},
            (ALLOWED, [], ["identity"]),
            id="E15/alias",
        ),
        pytest.param(
            USER,
            {"action": "x:Decrypt", "resource": KEY},
            {"identity": YES, "resource": [allow(to=ROLE)]},
            (ALLOWED, [], ["identity"]),
            id="E15/other-service",
        ),
        pytest.param(USER, DECRYPT, {"identity": YES}, (ALLOWED, [], ["identity"]), id="E15/not-given"),
        pytest.param(USER, DECRYPT, {}, (IMPLICIT, ["identity"], []), id="E15/not-given-nor-identity"),
        pytest.param(ROOT, DECRYPT, {}, (ALLOWED, [], []), id="E15/root-of-a-key-without-policy"),
        pytest.param(USER, {**DECRYPT, **IN_CROSS}, {"identity": YES}, (IMPLICIT, ["resource"], []), id="E15/not-given-elsewhere"),
    ],
)
def test_decision(
    principal: JsonValue, members: Mapping[str, Any], policies: Mapping[str, Any], want: tuple[str, list[str], list[str]]
) -> None:
    assert decided(policy_set(**policies), principal, members) == want


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
    simulated = with_attachments(policy_set(**policies), simulated=True)
    assert decided(simulated, principal, members) == want
