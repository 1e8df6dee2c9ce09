"""A decision in words."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from iam2rego.ir.condition import Condition, Operator, Qualifier
from iam2rego.ir.pattern import ArnPattern, Text, Variable
from iam2rego.ir.policy import Resources
from iam2rego.jsontext import JsonValue
from iam2rego.native import explain, reasons
from iam2rego.source import Span
from tests.support.policies import (
    CROSS,
    FEDERATED_USER,
    HOME,
    ROLE,
    ROOT,
    SAME,
    SESSION,
    TARGET,
    USER,
    allow,
    deny,
    equals,
    equals_variable,
    policy_set,
    principals,
    request,
)

YES: Final = [allow()]
OTHER: Final = [allow("s3:PutObject")]
FAR: Final = allow(on=HOME)
FALSE: Final = equals("k:v", "x")
IF_EXISTS: Final = Condition(operator=Operator.BOOL, qualifier=Qualifier.FOR_ANY_VALUE, if_exists=True, key="k:b", values=())
ALL_BUT_HOME: Final = Resources(
    negated=True, entries=(ArnPattern(text="arn:${aws:Username}", fields=((Text(text="arn"),), (Variable(key="aws:Username"),))),)
)
AT: Final = "(identity.json:1:2)"
AS: Final = "  resource: Allow statement "
UNMET: Final = "of resource (resource.json:1:2) does not apply"


def saml(principal: JsonValue) -> JsonValue:
    return request(principal, action="sts:AssumeRoleWithSAML", resource=TARGET)


@pytest.mark.parametrize(
    ("policies", "document", "want"),
    [
        pytest.param(
            {"identity": [allow(sid="S"), *OTHER]},
            request(),
            ["allowed for user", f"  Allow statement 0 `S` of identity {AT} applies"],
            id="allowed",
        ),
        pytest.param(
            {}, request(ROOT), ["allowed for root user", "  the root user of the resource's account needs no Allow"], id="allowed/root"
        ),
        pytest.param(
            {"identity": YES, "permissions_boundary": YES, "resource": [allow(to=SESSION)]},
            request(SESSION),
            [
                "allowed for role session",
                f"  Allow statement 0 of identity {AT} applies",
                "  Allow statement 0 of resource (resource.json:1:2) applies (direct)",
            ],
            id="allowed/by-two-types",
        ),
        pytest.param(
            {"identity": YES, "resource": [deny(to=SAME)]},
            request(),
            [
                "explicitDeny for user: denied by a resource-based policy",
                "  Deny statement 0 of resource (resource.json:1:2) applies (account)",
            ],
            id="denied",
        ),
        pytest.param(
            {"identity": YES, "session": OTHER},
            request(),
            [
                "implicitDeny for user: no session policy allows it",
                f"  Allow statement 0 of identity {AT} applies",
                "  session: no Allow statement names `s3:GetObject`",
            ],
            id="lacking/action",
        ),
        pytest.param(
            {"identity": [FAR, allow(when=[equals_variable("a:A", "b:B")]), *OTHER, deny("x:y")]},
            request(),
            [
                "implicitDeny for user: no identity-based policy allows it",
                f"  identity: Allow statement 1 of identity {AT} does not apply: `StringEquals` of `a:A` does not hold without the key",
                f"  identity: Allow statement 0 of identity {AT} does not apply: its Resource does not match `arn:aws:s3:::b/k`",
                "  not in the request: `a:A`, `aws:Username`, `b:B`",
            ],
            id="lacking/nearest-first",
        ),
        pytest.param(
            {
                "resource": [
                    allow(to=ROLE),
                    allow(on=HOME, to=SAME),
                    allow(to=SAME, when=[FALSE]),
                ]
            },
            request(context={"aws:username": "u", "k:v": "y"}),
            [
                "implicitDeny for user: no identity-based policy allows it",
                "  identity: there is no policy",
                f"{AS}2 {UNMET}: `StringEquals` of `k:v` does not hold for `y`",
                f"{AS}1 {UNMET}: its Resource does not match `arn:aws:s3:::b/k`",
                f"{AS}0 {UNMET}: its Principal does not match the caller",
            ],
            id="lacking/condition-before-resource-before-principal",
        ),
        pytest.param(
            {"identity": [allow(when=[IF_EXISTS])]},
            request(context={"k:b": True}),
            [
                "implicitDeny for user: no identity-based policy allows it",
                f"  identity: Allow statement 0 of identity {AT} does not apply: "
                "`ForAnyValue:BoolIfExists` of `k:b` does not hold for `true`",
            ],
            id="lacking/operator-in-full",
        ),
        pytest.param(
            {"identity": [allow(when=[FALSE])]},
            request(context={"K:V": ["a", "b", "c"]}),
            [
                "implicitDeny for user: no identity-based policy allows it",
                f"  identity: Allow statement 0 of identity {AT} does not apply: "
                "`StringEquals` of `k:v` does not hold for a list of `a`, `b`, `c`",
            ],
            id="lacking/list",
        ),
        pytest.param(
            {"identity": [allow(when=[FALSE])]},
            request(context={"k:v": ["a", "x" * 60]}),
            [
                "implicitDeny for user: no identity-based policy allows it",
                f"  identity: Allow statement 0 of identity {AT} does not apply: "
                f"`StringEquals` of `k:v` does not hold for a list of `a`, `{'x' * 60}`",
            ],
            id="lacking/list-and-value-just-not-too-long",
        ),
        pytest.param(
            {"identity": [allow(when=[FALSE])]},
            request(context={"k:v": ["a", "b", "c", "x" * 61]}),
            [
                "implicitDeny for user: no identity-based policy allows it",
                f"  identity: Allow statement 0 of identity {AT} does not apply: "
                "`StringEquals` of `k:v` does not hold for a list of `a`, `b`, `c`, ...",
            ],
            id="lacking/long-list",
        ),
        pytest.param(
            {"identity": [allow(when=[FALSE])]},
            request(context={"k:v": "x" * 61}),
            [
                "implicitDeny for user: no identity-based policy allows it",
                f"  identity: Allow statement 0 of identity {AT} does not apply: `StringEquals` of `k:v` does not hold for `{'x' * 60}...`",
            ],
            id="lacking/long-value",
        ),
        pytest.param(
            {"identity": [FAR] * 5},
            request(context={"aws:username": "u"}),
            [
                "implicitDeny for user: no identity-based policy allows it",
                *(
                    f"  identity: Allow statement {index} of identity {AT} does not apply: its Resource does not match `arn:aws:s3:::b/k`"
                    for index in range(5)
                ),
            ],
            id="lacking/as-many-as-are-shown",
        ),
        pytest.param(
            {"identity": [FAR] * 12},
            request(context={"aws:username": "u"}),
            [
                "implicitDeny for user: no identity-based policy allows it",
                *(
                    f"  identity: Allow statement {index} of identity {AT} does not apply: its Resource does not match `arn:aws:s3:::b/k`"
                    for index in range(5)
                ),
                "  identity: ... nor do 7 more",
            ],
            id="lacking/many",
        ),
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
            {"session": YES},
            request(ROOT),
            ["allowed for root user", "  the root user of the resource's account needs no Allow but its session's"],
            id="allowed/root-session",
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
        pytest.param(
            {"identity": [allow(on=ALL_BUT_HOME)]},
            request(),
            [
                "implicitDeny for user: no identity-based policy allows it",
                f"  identity: Allow statement 0 of identity {AT} does not apply: its NotResource has a variable without a value",
                "  not in the request: `aws:Username`",
            ],
            id="R10/no-value",
        ),
        pytest.param({}, request(action="x"), ["the request is refused", "  `action` is not of the form `service:Name`"], id="refused"),
    ],
)
def test_explain(policies: Mapping[str, Any], document: JsonValue, want: list[str]) -> None:
    assert explain(policy_set(**policies), document) == want


def test_reasons_tell_which_statements_to_show() -> None:
    part = Span(5, 6, 7, 8)
    far = FAR.model_copy(update={"resources": HOME.model_copy(update={"span": part})})
    shown = reasons(policy_set(identity=[*OTHER, far, FAR], permissions_boundary=YES), request())
    assert [(each.shown.index, each.part) for each in shown if each.shown] == [(1, part)]


def test_reasons_show_what_decides() -> None:
    shown = reasons(policy_set(identity=YES, permissions_boundary=YES, resource=[allow(to=SESSION), allow(to=USER)]), request())
    assert [(each.shown.type, each.shown.index, each.part) for each in shown if each.shown] == [
        ("identity", 0, None),
        ("resource", 1, None),
    ]
