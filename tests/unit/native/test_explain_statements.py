"""An implicit deny in words: which statements come nearest to an Allow, and what each lacks."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from iam2rego.ir.condition import Condition, Operator, Qualifier
from iam2rego.ir.pattern import ArnPattern, Text, Variable
from iam2rego.ir.policy import Resources
from iam2rego.jsontext import JsonValue
from iam2rego.native import explain
from tests.support.policies import (
    HOME,
    ROLE,
    SAME,
    allow,
    deny,
    equals_variable,
    policy_set,
    request,
)
from tests.unit.native.explained import AT, FALSE, FAR, OTHER, YES

IF_EXISTS: Final = Condition(operator=Operator.BOOL, qualifier=Qualifier.FOR_ANY_VALUE, if_exists=True, key="k:b", values=())
ALL_BUT_HOME: Final = Resources(
    negated=True, entries=(ArnPattern(text="arn:${aws:Username}", fields=((Text(text="arn"),), (Variable(key="aws:Username"),))),)
)
AS: Final = "  resource: Allow statement "
UNMET: Final = "of resource (resource.json:1:2) does not apply"


@pytest.mark.parametrize(
    ("policies", "document", "want"),
    [
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
            {"identity": [allow(on=ALL_BUT_HOME)]},
            request(),
            [
                "implicitDeny for user: no identity-based policy allows it",
                f"  identity: Allow statement 0 of identity {AT} does not apply: its NotResource has a variable without a value",
                "  not in the request: `aws:Username`",
            ],
            id="R10/no-value",
        ),
    ],
)
def test_statements_that_do_not_apply(policies: Mapping[str, Any], document: JsonValue, want: list[str]) -> None:
    assert explain(policy_set(**policies), document) == want
