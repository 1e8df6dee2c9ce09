"""Findings about conditions that can be got round: policies that have them, and the most similar ones that do not."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from iam2rego.ir.policy import Kind
from tests.unit.lint.checked_statements import Statement, allow, codes, deny, issues

ACCOUNT: Final = "111122223333"
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/r"
USER: Final = "AIDACKCEVSQ6C2EXAMPLE"


@pytest.mark.parametrize(
    ("operator", "key", "value", "wrong"),
    [
        pytest.param("StringLike", "aws:PrincipalAccount", "1111*", True, id="account"),
        pytest.param("StringNotLikeIfExists", "AWS:resourceorgid", "o-?", True, id="case"),
        pytest.param("ForAnyValue:StringLike", "aws:SourceVpce", ["vpce-1", "*"], True, id="one-of-two"),
        pytest.param("StringLike", "aws:userid", "*", True, id="any-caller"),
        pytest.param("StringLike", "aws:userid", "AIDA*", True, id="no-colon"),
        pytest.param("StringLike", "aws:userid", "AROA*:ann", True, id="before-the-colon"),
        pytest.param("StringLike", "aws:userid", "*A:ann", True, id="in-front"),
        pytest.param("StringLike", "aws:userid", f"{USER}:*", False, id="after-the-colon"),
        pytest.param("StringLike", "aws:userid", "*:ann", False, id="alone-before-the-colon"),
        pytest.param("StringLike", "aws:PrincipalAccount", ACCOUNT, False, id="whole"),
        pytest.param("StringEquals", "aws:PrincipalAccount", "1111*", False, id="no-wildcard"),
        pytest.param("StringLike", "aws:PrincipalTag/a", "1*", False, id="other-key"),
        pytest.param("ArnLike", "aws:SourceArn", "arn:aws:s3:::*", False, id="arn"),
    ],
)
def test_wildcard_in_a_sensitive_key(operator: str, key: str, value: object, wrong: bool) -> None:
    assert ("IAM812" in codes(allow("s3:GetObject", when={operator: {key: value}}))) == wrong


@pytest.mark.parametrize(
    ("key", "value", "wrong"),
    [
        pytest.param("aws:PrincipalAccount", "${aws:PrincipalTag/account}", True, id="tag"),
        pytest.param("aws:SourceVpc", "vpc-${aws:username}", True, id="part"),
        pytest.param("aws:SourceVpce", "${aws:SourceVpce, 'none'}", True, id="default"),
        pytest.param("aws:userid", "${aws:PrincipalTag/id}", True, id="caller"),
        pytest.param("aws:userid", "AROA${aws:PrincipalTag/id}:ann", True, id="before-the-colon"),
        pytest.param("aws:userid", "AROADBQP57FF2AEXAMPLE:${aws:PrincipalTag/name}", False, id="after-the-colon"),
        pytest.param("aws:ResourceAccount", "${aws:PrincipalAccount}", False, id="account"),
        pytest.param("aws:ResourceOrgID", "${AWS:principalorgid}", False, id="organization"),
        pytest.param("aws:SourceVpc", "${aws:Ec2InstanceSourceVpc}", False, id="network"),
        pytest.param("aws:PrincipalTag/a", "${aws:ResourceTag/a}", False, id="other-key"),
    ],
)
def test_variable_in_a_sensitive_key(key: str, value: str, wrong: bool) -> None:
    assert ("IAM813" in codes(allow("s3:GetObject", when={"StringEquals": {key: value}}))) == wrong


@pytest.mark.parametrize(
    ("operator", "in_allow", "in_deny"),
    [
        pytest.param("StringLike", False, True, id="like"),
        pytest.param("StringEquals", False, True, id="equals"),
        pytest.param("StringEqualsIgnoreCaseIfExists", False, True, id="ignoring-case"),
        pytest.param("StringNotLike", True, False, id="not-like"),
        pytest.param("StringNotEqualsIfExists", True, False, id="not-equals"),
        pytest.param("Null", False, False, id="null"),
    ],
)
def test_prefixes_that_are_excluded(operator: str, in_allow: bool, in_deny: bool) -> None:
    when = {operator: {"S3:prefix": "true"}}
    assert ("IAM814" in codes(allow("s3:ListBucket", when=when))) == in_allow
    assert ("IAM814" in codes(deny("s3:ListBucket", when=when))) == in_deny


def test_other_keys_may_exclude() -> None:
    assert "IAM814" not in codes(deny("s3:ListBucket", when={"StringLike": {"s3:delimiter": "/"}}))


@pytest.mark.parametrize(
    ("select", "wrong"),
    [
        pytest.param({}, True, id="missing"),
        pytest.param({"StringEquals": {"dynamodb:Select": "ALL_ATTRIBUTES"}}, True, id="all"),
        pytest.param({"StringEquals": {"dynamodb:Select": ["SPECIFIC_ATTRIBUTES", "COUNT"]}}, True, id="more"),
        pytest.param({"StringNotEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}}, True, id="negated"),
        pytest.param({"StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}}, False, id="specific"),
        pytest.param({"StringEqualsIfExists": {"DynamoDB:select": ["SPECIFIC_ATTRIBUTES"]}}, False, id="if-exists"),
    ],
)
def test_attributes_of_dynamodb(select: Mapping[str, Any], wrong: bool) -> None:
    when = {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["id"]}, **select}
    assert ("IAM815" in codes(allow("dynamodb:GetItem", when=when))) == wrong


def guardrail(when: Mapping[str, Any]) -> Statement:
    return {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": when}


OF_OTHERS: Final = {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a"}}
FROM_OTHERS: Final = {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a"}}
NO_SERVICE: Final = {"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}
SERVICE: Final = {"Bool": {"aws:PrincipalIsAWSService": "true"}}
PRESENT: Final = {"Null": {"aws:SourceAccount": "false"}}
PRINCIPAL: Final = "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY"
CALLING: Final = "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY"
UNTOLD: Final = "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK"


@pytest.mark.parametrize(
    ("when", "told"),
    [
        pytest.param(OF_OTHERS, {PRINCIPAL}, id="principal"),
        pytest.param({**OF_OTHERS, **SERVICE}, {PRINCIPAL}, id="principal-and-service"),
        pytest.param({"ArnNotLike": {"aws:PrincipalArn": ROLE}}, {PRINCIPAL}, id="arn"),
        pytest.param({"ForAllValues:StringNotLike": {"aws:PrincipalOrgPaths": "o-a/*"}}, {PRINCIPAL}, id="paths"),
        pytest.param({**OF_OTHERS, **NO_SERVICE}, set(), id="principal-no-service"),
        pytest.param(FROM_OTHERS, {CALLING, UNTOLD}, id="source"),
        pytest.param({**FROM_OTHERS, **PRESENT}, {CALLING}, id="source-present"),
        pytest.param({**FROM_OTHERS, **SERVICE}, {UNTOLD}, id="source-service"),
        pytest.param({**FROM_OTHERS, **SERVICE, "Null": {"aws:SourceAccount": "true"}}, {UNTOLD}, id="source-missing"),
        pytest.param({**FROM_OTHERS, **SERVICE, **PRESENT}, set(), id="source-present-service"),
        pytest.param({**FROM_OTHERS, **SERVICE, "Null": {"aws:SourceArn": "false"}}, set(), id="arn-present-service"),
        pytest.param({**PRESENT}, set(), id="present"),
        pytest.param({"Bool": {"aws:SecureTransport": "false"}}, set(), id="other-key"),
    ],
)
def test_guardrails_on_services(when: Mapping[str, Any], told: set[str]) -> None:
    assert set(issues(guardrail(when), kind=Kind.RESOURCE_CONTROL)) & {PRINCIPAL, CALLING, UNTOLD} == told


def test_other_denials_of_strangers_are_no_guardrails() -> None:
    assert "IAM820" not in codes(deny("s3:*", when=OF_OTHERS), kind=Kind.SERVICE_CONTROL)
