"""An implicit deny in words: which types of policies lack an Allow."""

from collections.abc import Mapping
from typing import Any

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.native import explain
from tests.support.policies import (
    CROSS,
    FEDERATED_USER,
    ROLE,
    ROOT,
    SAME,
    TARGET,
    USER,
    allow,
    policy_set,
    principals,
    request,
)
from tests.unit.native.explained import AT, FALSE, OTHER, YES


def saml(principal: JsonValue) -> JsonValue:
    return request(principal, action="sts:AssumeRoleWithSAML", resource=TARGET)


@pytest.mark.parametrize(
    ("policies", "document", "want"),
    [
        pytest.param(
            {},
            request(FEDERATED_USER, resource_account=CROSS),
            [
                "implicitDeny for federated-user session: "
                "no identity-based policy and no resource-based policy and no session policy allows it",
                "  identity: there is no policy",
                "  resource: there is no policy",
                "  session: there is no policy",
            ],
            id="lacking/no-policies",
        ),
        pytest.param(
            {"resource": [allow(to=ROLE), allow(to=principals(SAME, negated=True))]},
            request(),
            [
                "implicitDeny for user: no identity-based policy allows it",
                "  identity: there is no policy",
                "  resource: Allow statement 0 of resource (resource.json:1:2) does not apply: its Principal does not match the caller",
                "  resource: Allow statement 1 of resource (resource.json:1:2) does not apply: its NotPrincipal does not match the caller",
            ],
            id="lacking/resource-would-help",
        ),
        pytest.param(
            {"identity": YES, "service_control": [YES, [allow(when=[FALSE])], []]},
            request(context={"k:v": "y"}),
            [
                "implicitDeny for user: not every level of service control policies allows it",
                f"  Allow statement 0 of identity {AT} applies",
                "  Allow statement 0 of service_control[0][0] (service_control[0][0].json:1:2) applies",
                "  service_control level 1: Allow statement 0 of service_control[1][0] (service_control[1][0].json:1:2) does not apply: "
                "`StringEquals` of `k:v` does not hold for `y`",
                "  service_control level 2: there is no policy",
            ],
            id="lacking/levels",
        ),
        pytest.param(
            {"identity": YES, "service_control": [[allow(when=[FALSE])]] * 2},
            request(context={"k:v": "y"}),
            [
                "implicitDeny for user: not every level of service control policies allows it",
                f"  Allow statement 0 of identity {AT} applies",
                *(
                    f"  service_control level {level}: Allow statement 0 of service_control[{level}][0] "
                    f"(service_control[{level}][0].json:1:2) does not apply: `StringEquals` of `k:v` does not hold for `y`"
                    for level in range(2)
                ),
            ],
            id="lacking/each-level-for-itself",
        ),
        pytest.param(
            {"service_control": [YES], "vpc_endpoint": [allow(to="*")]},
            request(),
            ["implicitDeny for user: no identity-based policy allows it", "  identity: there is no policy"],
            id="lacking/guards-that-pass",
        ),
        pytest.param(
            {"identity": YES, "service_control": []},
            request(),
            [
                "implicitDeny for user: not every level of service control policies allows it",
                f"  Allow statement 0 of identity {AT} applies",
                "  service_control: there is no policy",
            ],
            id="lacking/no-levels",
        ),
        pytest.param(
            {"identity": YES, "resource": [allow(to="*")]},
            request(resource="arn:aws-cn:s3:::b"),
            [
                "implicitDeny for user: no resource-based policy allows it",
                f"  Allow statement 0 of identity {AT} applies",
                "  Allow statement 0 of resource (resource.json:1:2) applies (wild)",
                "  resource: the resource is in another partition than the caller",
            ],
            id="never/partition",
        ),
        pytest.param(
            {"identity": YES},
            saml(USER),
            [
                "implicitDeny for user: no resource-based policy allows it",
                f"  Allow statement 0 of identity {AT} applies",
                "  resource: only a federated caller can use `sts:AssumeRoleWithSAML`",
            ],
            id="never/federation",
        ),
        pytest.param(
            {},
            saml(ROOT),
            [
                "implicitDeny for root user: no resource-based policy allows it",
                "  resource: a root user cannot use `sts:AssumeRoleWithSAML`",
            ],
            id="never/root",
        ),
        pytest.param(
            {"session": OTHER},
            request(ROOT),
            ["implicitDeny for root user: no session policy allows it", "  session: no Allow statement names `s3:GetObject`"],
            id="lacking/root-session",
        ),
        pytest.param(
            {"identity": YES},
            request(action="sts:AssumeRole", resource=TARGET),
            [
                "implicitDeny for user: no resource-based policy allows it",
                f"  Allow statement 0 of identity {AT} applies",
                "  resource: there is no policy",
            ],
            id="lacking/trust-policy",
        ),
    ],
)
def test_types_that_lack_an_allow(policies: Mapping[str, Any], document: JsonValue, want: list[str]) -> None:
    assert explain(policy_set(**policies), document) == want
