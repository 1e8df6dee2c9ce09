"""Which policies of resources are public."""

from typing import Any, Final

import pytest

from iam2rego.ir.condition import Condition, LiteralValue, Operator, TextValue
from iam2rego.ir.pattern import AnyRun, Text
from iam2rego.ir.principal import ServicePrincipal
from iam2rego.proofs.inclusion import verdict_of
from iam2rego.proofs.public import public_access
from iam2rego.proofs.verdict import Proved
from tests.support.policies import HOME, SAME, TARGET, USER, allow, deny, equals, equals_variable, null, policy_set, principals


def like(key: str, start: str) -> Condition:
    segments = (Text(text=start), AnyRun()) if start else (AnyRun(),)
    return Condition(operator=Operator.STRING_LIKE, key=key, values=(TextValue(text=f"{start}*", segments=segments),))


def within(network: str, operator: Operator = Operator.IP_ADDRESS) -> Condition:
    return Condition(operator=operator, key="aws:SourceIp", values=(LiteralValue(text=network),))


EVERYBODY: Final = "*"
VPC: Final = "aws:SourceVpc"
OF_A_TAG: Final = equals_variable("s3:prefix", "aws:PrincipalTag/a")
CASES: Final[dict[str, tuple[list[Any], bool]]] = {
    "everybody": ([allow("s3:GetObject", to=EVERYBODY)], True),
    "a-user": ([allow("s3:GetObject", to=USER)], False),
    "an-account": ([allow("s3:GetObject", to=SAME)], False),
    "a-service": ([allow("s3:GetObject", to=ServicePrincipal(service="a.amazonaws.com"))], False),
    "a-vpc": ([allow("s3:GetObject", to=EVERYBODY, when=[equals("aws:SourceVpc", "vpc-1")])], False),
    "any-vpc": ([allow("s3:GetObject", to=EVERYBODY, when=[like("aws:SourceVpc", "vpc-")])], True),
    "an-organization": ([allow("s3:GetObject", to=EVERYBODY, when=[equals("aws:PrincipalOrgID", "o-1")])], False),
    "another-key": ([allow("s3:GetObject", to=EVERYBODY, when=[equals("s3:prefix", "a")])], True),
    "a-network": ([allow("s3:GetObject", to=EVERYBODY, when=[within("198.51.100.0/24")])], False),
    "every-network": ([allow("s3:GetObject", to=EVERYBODY, when=[within("0.0.0.0/0")])], True),
    "all-but-a-network": ([allow("s3:GetObject", to=EVERYBODY, when=[within("198.51.100.0/24", Operator.NOT_IP_ADDRESS)])], True),
    "a-deny-of-others": (
        [allow("s3:GetObject", to=EVERYBODY), deny("s3:*", to=EVERYBODY, when=[null("aws:SourceVpce")]), deny("s3:*", to=principals(USER))],
        True,
    ),
    "a-deny-of-those-outside": (
        [allow("s3:GetObject", to=EVERYBODY), deny("*", to=EVERYBODY, when=[null("s3:prefix", "false"), null("s3:prefix")])],
        True,
    ),
    "a-variable": ([allow("s3:GetObject", to=EVERYBODY, on=HOME, when=[like("aws:SourceVpc", "")])], True),
    "a-value-of-a-variable": (
        [allow("s3:GetObject", to=EVERYBODY, when=[equals_variable("s3:prefix", "aws:PrincipalTag/a"), like("aws:SourceVpc", "")])],
        True,
    ),
    "a-deny-of-an-outsider": (
        [allow("s3:GetObject", to=EVERYBODY), *(deny("*", to=EVERYBODY, when=[each]) for each in (null(VPC), equals(VPC, "outsider")))],
        True,
    ),
    "denied": ([allow("s3:GetObject", to=EVERYBODY), deny("s3:*", to=EVERYBODY)], False),
}


@pytest.mark.parametrize(("statements", "is_public"), CASES.values(), ids=CASES)
def test_policies_of_a_bucket(statements: list[Any], is_public: bool) -> None:
    found = [verdict_of(answers) for _, answers in public_access(policy_set(resource=statements))]
    assert all(isinstance(each, Proved) for each in found) is not is_public


def test_each_resource_of_a_set_is_asked_about() -> None:
    policies = policy_set(resources={TARGET: [allow("sts:AssumeRole", to=EVERYBODY)], "arn:aws:s3:::b": [allow("s3:*", to=USER)]})
    found = [(inclusion, verdict_of(answers)) for inclusion, answers in public_access(policies)]
    public = {arn for inclusion, verdict in found if not isinstance(verdict, Proved) for arn in inclusion.route.arns}
    assert public == {TARGET}
