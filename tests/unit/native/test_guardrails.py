"""What only limits: organization and endpoint policies; and a Deny of any type (E1, E11 to E13)."""

from collections.abc import Mapping
from typing import Any

import pytest

from iam2rego.ir.attachments import PrincipalPolicies
from iam2rego.jsontext import JsonValue
from tests.support.policies import ROLE, ROOT, SAME, SERVICE, SESSION, USER, allow, deny, policy_set, principals, with_attachments
from tests.unit.native.grants import ALLOWED, ECS, EXPLICIT, IMPLICIT, IN_CROSS, LINKED, NO, OTHER, TRUST, YES, decided


@pytest.mark.parametrize(
    ("principal", "members", "policies", "want"),
    [
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
            {"resource": [allow(to=USER)], "service_control": [OTHER]},
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
            {"resource": [allow(to="*")], "resource_control": [NO]},
            (EXPLICIT, ["resource_control"], ["resource_control"]),
            id="E12/deny",
        ),
        pytest.param(
            SERVICE,
            {"action": "STS:assumerole", "resource": LINKED},
            {"resource": [allow(to=ECS)], "resource_control": [NO]},
            (ALLOWED, [], ["resource"]),
            id="E12/service-assumes-its-own-role",
        ),
        pytest.param(
            SERVICE,
            {"action": "sts:TagSession", "resource": LINKED},
            {"resource": [allow(to=ECS)], "resource_control": [NO]},
            (EXPLICIT, ["resource_control"], ["resource_control"]),
            id="E12/service-tags-its-own-role",
        ),
        pytest.param(
            SERVICE,
            TRUST,
            {"resource": [allow(to=ECS)], "resource_control": [NO]},
            (EXPLICIT, ["resource_control"], ["resource_control"]),
            id="E12/service-assumes-another-role",
        ),
        pytest.param(
            USER,
            {"action": "sts:AssumeRole", "resource": LINKED},
            {"resource": [allow(to=USER)], "resource_control": [NO]},
            (EXPLICIT, ["resource_control"], ["resource_control"]),
            id="E12/user-assumes-the-role-of-a-service",
        ),
        pytest.param(USER, {}, {"identity": YES, "vpc_endpoint": [allow(to="*")]}, (ALLOWED, [], ["identity"]), id="E13/allow"),
        pytest.param(USER, {}, {"identity": YES, "vpc_endpoint": [allow(to=ROLE)]}, (IMPLICIT, ["vpc_endpoint"], []), id="E13/another"),
        pytest.param(USER, {}, {"identity": YES, "vpc_endpoint": []}, (IMPLICIT, ["vpc_endpoint"], []), id="E13/empty"),
        pytest.param(
            SESSION,
            {},
            {"resource": [allow(to=SESSION)], "vpc_endpoint": [*OTHER]},
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
                "resource": [deny(to=USER)],
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
        pytest.param(USER, IN_CROSS, {"resource": [deny(to=SAME)]}, (EXPLICIT, ["resource"], ["resource"]), id="E1/any-kind-denies"),
        pytest.param(
            USER,
            {},
            {"identity": YES, "resource": [deny(to=principals(USER, SAME, negated=True))], "permissions_boundary": YES},
            (EXPLICIT, ["resource"], ["resource"]),
            id="P11/boundary",
        ),
        pytest.param(
            ROOT,
            {},
            {"resource": [deny(to=principals(SAME, negated=True))], "permissions_boundary": YES},
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
    twice = with_attachments(policy_set(service_control=[NO]), service_control=((name,), (name,)))
    assert decided(twice, USER, {}) == (EXPLICIT, ["service_control"], ["service_control"])


def test_a_policy_is_of_the_type_as_which_it_is_attached() -> None:
    attached = PrincipalPolicies(arn=USER, identity=("identity",), permissions_boundary="identity")
    both = with_attachments(policy_set(identity=NO, accounts=[SAME]), identity=(), principals=(attached,))
    found = ["identity", "permissions_boundary"]
    assert decided(both, USER, {}) == (EXPLICIT, found, found)
