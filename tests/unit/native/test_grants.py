"""What allows a caller: identity and resource policies, boundaries and session policies (E5 to E10, D1, D2)."""

from collections.abc import Mapping
from typing import Any

import pytest

from iam2rego.jsontext import JsonValue
from tests.support.policies import FEDERATED, FEDERATED_USER, ROLE, ROOT, SAME, SERVICE, SESSION, USER, allow, deny, policy_set, principals
from tests.unit.native.grants import (
    ALLOWED,
    CHINA,
    DECRYPT,
    ECS,
    EXPLICIT,
    IMPLICIT,
    IN_CROSS,
    NO,
    OF_USER,
    OTHER,
    TAG,
    TRUST,
    YES,
    decided,
)


@pytest.mark.parametrize(
    ("principal", "members", "policies", "want"),
    [
        # The user (E5).
        pytest.param(USER, {}, {"resource": [allow(to=USER)]}, (ALLOWED, [], ["resource"]), id="E5/direct"),
        pytest.param(USER, {}, {"resource": [allow(to="*")]}, (ALLOWED, [], ["resource"]), id="E5/wild"),
        pytest.param(
            USER,
            {},
            {"resource": [allow(to=USER)], "permissions_boundary": OTHER, "session": OTHER},
            (ALLOWED, [], ["resource"]),
            id="E5/direct-beats-caps",
        ),
        pytest.param(USER, {}, {"resource": [allow(to=SAME)]}, (IMPLICIT, ["identity"], []), id="E5/account-adds-nothing"),
        pytest.param(USER, {}, {"resource": [allow(to=SAME)], "identity": YES}, (ALLOWED, [], ["identity"]), id="E5/account-is-no-term"),
        pytest.param(
            USER,
            {},
            {"resource": [allow(to=SAME), allow(to=USER), allow(to="*")], "identity": YES},
            (ALLOWED, [], ["identity", "resource 1", "resource 2"]),
            id="D2/every-true-term",
        ),
        pytest.param(
            USER,
            {},
            {"resource": [allow(to=USER)], "identity": YES, "permissions_boundary": OTHER},
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
        pytest.param(SESSION, {}, {"resource": [allow(to=ROLE)]}, (ALLOWED, [], ["resource"]), id="E6/role"),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(to=ROLE)], "permissions_boundary": OTHER},
            (IMPLICIT, ["identity", "permissions_boundary"], []),
            id="E6/boundary-caps-the-role",
        ),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(to=ROLE)], "session": OTHER},
            (IMPLICIT, ["identity", "session"], []),
            id="E6/session-caps-the-role",
        ),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(to=SESSION)], "permissions_boundary": OTHER, "session": OTHER},
            (ALLOWED, [], ["resource"]),
            id="E6/session-arn-beats-caps",
        ),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(to=principals(ROLE, SESSION))], "session": OTHER},
            (ALLOWED, [], ["resource"]),
            id="P1/the-strongest-entry-counts",
        ),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(to=ROLE), allow(to=SAME)], "identity": YES},
            (ALLOWED, [], ["identity", "resource"]),
            id="D2/role-and-identity",
        ),
        pytest.param(
            ROLE,
            {},
            {"resource": [allow(to=ROLE)], "permissions_boundary": OTHER},
            (IMPLICIT, ["identity", "permissions_boundary"], []),
            id="P5/role-as-caller",
        ),
        # The federated-user session (E7).
        pytest.param(OF_USER, {}, {"identity": YES}, (IMPLICIT, ["session"], []), id="E7/no-session-policy"),
        pytest.param(OF_USER, {}, {"identity": YES, "session": YES}, (ALLOWED, [], ["identity"]), id="E7/session-policy"),
        pytest.param(OF_USER, {}, {"resource": [allow(to=USER)], "session": YES}, (ALLOWED, [], ["resource"]), id="E7/user"),
        pytest.param(
            OF_USER, {}, {"resource": [allow(to=USER)]}, (IMPLICIT, ["identity", "session"], []), id="E7/user-without-session-policy"
        ),
        pytest.param(FEDERATED_USER, {}, {"resource": [allow(to=FEDERATED_USER)]}, (ALLOWED, [], ["resource"]), id="E7/direct"),
        # The root user (E8).
        pytest.param(ROOT, {}, {}, (ALLOWED, [], []), id="E8/root"),
        pytest.param(ROOT, {}, {"resource": [allow(to=SAME)]}, (ALLOWED, [], []), id="D2/root-needs-no-statement"),
        pytest.param(ROOT, {}, {"resource": [deny(to=SAME)]}, (EXPLICIT, ["resource"], ["resource"]), id="E8/resource-denies-root"),
        pytest.param(ROOT, {}, {"identity": NO, "permissions_boundary": OTHER}, (ALLOWED, [], []), id="E8/no-identity-side"),
        pytest.param(ROOT, {}, {"session": YES}, (ALLOWED, [], []), id="E8/session-only-limits"),
        pytest.param(ROOT, {}, {"session": OTHER}, (IMPLICIT, ["session"], []), id="E8/session-caps-root"),
        pytest.param(ROOT, {}, {"session": []}, (IMPLICIT, ["session"], []), id="E8/empty-session"),
        pytest.param(ROOT, {}, {"session": [*YES, *NO]}, (EXPLICIT, ["session"], ["session 1"]), id="E8/session-denies-root"),
        pytest.param(ROOT, {}, {"resource": [allow(to="*")], "session": OTHER}, (IMPLICIT, ["session"], []), id="E8/session-caps-wild"),
        pytest.param(
            ROOT,
            IN_CROSS,
            {"resource": [allow(to=SAME)], "session": OTHER},
            (IMPLICIT, ["session"], []),
            id="E8/session-caps-root-elsewhere",
        ),
        pytest.param(ROOT, IN_CROSS, {"session": OTHER}, (IMPLICIT, ["resource", "session"], []), id="E8/both-lack"),
        pytest.param(
            ROOT,
            IN_CROSS,
            {"resource": [allow(to=SAME)], "session": YES},
            (ALLOWED, [], ["resource"]),
            id="E8/session-allows-root-elsewhere",
        ),
        pytest.param(
            ROOT, DECRYPT, {"resource": [allow(to=SAME)], "session": OTHER}, (IMPLICIT, ["session"], []), id="E8/session-caps-root-of-a-key"
        ),
        pytest.param(ROOT, {}, {"service_control": [NO]}, (EXPLICIT, ["service_control"], ["service_control"]), id="E8/service-control"),
        pytest.param(ROOT, TRUST, {"resource": [allow(to="*")]}, (IMPLICIT, ["resource"], []), id="E8/root-assumes-no-role"),
        pytest.param(
            ROOT, {**TRUST, **IN_CROSS}, {"resource": [allow(to="*")]}, (IMPLICIT, ["resource"], []), id="E8/root-assumes-no-role-elsewhere"
        ),
        pytest.param(ROOT, TAG, {"resource": [allow(to=SAME)]}, (ALLOWED, [], ["resource"]), id="E14/root-tags"),
        pytest.param(ROOT, TAG, {"resource": [allow(to=USER)]}, (IMPLICIT, ["resource"], []), id="E14/root-tags-unnamed"),
        pytest.param(ROOT, TAG, {}, (IMPLICIT, ["resource"], []), id="E14/root-tags-without-a-trust-policy"),
        # Another account, another partition (E9).
        pytest.param(USER, IN_CROSS, {"resource": [allow(to=USER)]}, (IMPLICIT, ["identity"], []), id="E9/resource-side-alone"),
        pytest.param(USER, IN_CROSS, {"identity": YES}, (IMPLICIT, ["resource"], []), id="E9/identity-side-alone"),
        pytest.param(USER, IN_CROSS, {}, (IMPLICIT, ["identity", "resource"], []), id="E9/neither"),
        pytest.param(
            USER,
            IN_CROSS,
            {"identity": YES, "resource": [allow(to=SAME), allow(to=USER)]},
            (ALLOWED, [], ["identity", "resource", "resource 1"]),
            id="E9/both",
        ),
        pytest.param(
            USER,
            IN_CROSS,
            {"identity": YES, "resource": [allow(to=USER)], "permissions_boundary": OTHER},
            (IMPLICIT, ["permissions_boundary"], []),
            id="E9/boundary-caps-direct",
        ),
        pytest.param(
            SESSION,
            IN_CROSS,
            {"identity": YES, "resource": [allow(to="*")], "session": OTHER},
            (IMPLICIT, ["session"], []),
            id="E9/session-caps-wild",
        ),
        pytest.param(ROOT, IN_CROSS, {"resource": [allow(to=SAME)]}, (ALLOWED, [], ["resource"]), id="E9/root"),
        pytest.param(ROOT, IN_CROSS, {}, (IMPLICIT, ["resource"], []), id="E9/root-alone"),
        pytest.param(USER, CHINA, {"identity": YES, "resource": [allow(to=USER)]}, (IMPLICIT, ["resource"], []), id="E9/partition"),
        pytest.param(ROOT, CHINA, {"resource": [allow(to="*")]}, (IMPLICIT, ["resource"], []), id="E9/partition-of-root"),
        pytest.param(
            USER,
            {**CHINA, **IN_CROSS},
            {"resource": [allow(to="*")]},
            (IMPLICIT, ["identity", "resource"], []),
            id="E9/partition-and-account",
        ),
        pytest.param("*", CHINA, {"resource": [allow(to="*")]}, (ALLOWED, [], ["resource"]), id="E9/anonymous-has-no-partition"),
        pytest.param(SERVICE, CHINA, {"resource": [allow(to=ECS)]}, (ALLOWED, [], ["resource"]), id="E9/service-has-no-partition"),
        # Callers without an account (E10).
        pytest.param(SERVICE, {}, {"resource": [allow(to=ECS)]}, (ALLOWED, [], ["resource"]), id="E10/service"),
        pytest.param(SERVICE, {}, {"resource": [allow(to="*")]}, (ALLOWED, [], ["resource"]), id="E10/service-by-star"),
        pytest.param(SERVICE, {}, {"resource": [allow(to=SAME)], "identity": YES}, (IMPLICIT, ["resource"], []), id="E10/service-unnamed"),
        pytest.param(FEDERATED, {}, {"resource": [allow(to="*")]}, (ALLOWED, [], ["resource"]), id="E10/federated-by-star"),
        pytest.param("*", {}, {"resource": [allow(to="*")]}, (ALLOWED, [], ["resource"]), id="E10/anonymous"),
        pytest.param("*", {}, {"resource": [allow(to=SAME)]}, (IMPLICIT, ["resource"], []), id="E10/anonymous-unnamed"),
        pytest.param(
            "*",
            {},
            {"resource": [allow(to="*")], "session": NO, "service_control": [NO]},
            (ALLOWED, [], ["resource"]),
            id="E10/only-what-limits-everybody",
        ),
    ],
)
def test_decision(
    principal: JsonValue, members: Mapping[str, Any], policies: Mapping[str, Any], want: tuple[str, list[str], list[str]]
) -> None:
    assert decided(policy_set(**policies), principal, members) == want
