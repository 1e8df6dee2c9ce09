"""Conditions that do not test what they seem to test: what is found for each operator, key and list of values."""

from typing import Any, Final, TypeAlias

import pytest

from iam2rego.diagnostics import Diagnostic, Level
from iam2rego.ir.policy import Kind
from tests.unit.lint.checked_statements import among

Values: TypeAlias = Any

NEW: Final = {f"IAM3{number}" for number in (*range(12, 26), 27)}

ARN: Final = "arn:aws:kms:us-east-1:111122223333:key/1234abcd"
TEXT_FOR_ARN: Final = "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"
KMS_KEY: Final = "s3:x-amz-server-side-encryption-aws-kms-key-id"
TAG: Final = "aws:PrincipalTag/team"
MFA: Final = "aws:MultiFactorAuthAge"


def found(operator: str, key: str, values: Values, kind: Kind = Kind.IDENTITY) -> list[Diagnostic]:
    principal = {"Principal": "*"} if kind is Kind.RESOURCE else {}
    statement = {"Effect": "Deny", **principal, "Action": "s3:*", "Resource": "*", "Condition": {operator: {key: values}}}
    return among(NEW, statement, kind=kind)


@pytest.mark.parametrize(
    ("operator", "key", "values", "issues"),
    [
        ("Bool", "aws:SecureTransport", ["true", "false"], ["INVALID_CONDITION_MULTIPLE_BOOLEAN"]),
        ("BoolIfExists", "aws:ViaAWSService", [True, False], ["INVALID_CONDITION_MULTIPLE_BOOLEAN"]),
        ("ForAllValues:Bool", "k:v", ["FALSE", "True"], ["INVALID_CONDITION_MULTIPLE_BOOLEAN"]),
        ("Bool", "aws:SecureTransport", ["true", "True"], []),
        ("Bool", "aws:SecureTransport", False, []),
        ("Null", "k:v", ["true", "false"], []),
        ("StringEquals", TAG, "admin-*", ["WILDCARD_WITHOUT_LIKE_OPERATOR"]),
        ("StringNotEqualsIfExists", TAG, ["a", "b?"], ["WILDCARD_WITHOUT_LIKE_OPERATOR"]),
        ("ForAnyValue:StringEqualsIgnoreCase", "aws:TagKeys", ["*", "a*"], ["WILDCARD_WITHOUT_LIKE_OPERATOR"] * 2),
        ("StringNotEqualsIgnoreCase", TAG, "${aws:username}-*", ["WILDCARD_WITHOUT_LIKE_OPERATOR"]),
        ("StringEquals", TAG, ["${*}", "${?}", "${aws:username, '*'}"], []),
        ("StringLike", TAG, "admin-*", []),
        ("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/a*", []),
        ("IpAddress", "aws:SourceIp", ["10.0.0.0/8", "192.168.1.1"], ["PRIVATE_IP_ADDRESS"]),
        ("ForAllValues:IpAddressIfExists", "AWS:sourceip", "fd00::/8", ["PRIVATE_IP_ADDRESS"]),
        ("IpAddress", "aws:SourceIp", ["127.0.0.1/32", "169.254.1.0/24", "100.64.0.0/10", "172.31.0.0/16"], ["PRIVATE_IP_ADDRESS"]),
        ("NotIpAddress", "aws:SourceIp", "172.16.0.0/12", ["PRIVATE_NOT_IP_ADDRESS"]),
        ("IpAddress", "aws:SourceIp", ["10.1.2.3", "203.0.113.0/24", "fc00::1"], ["PRIVATE_IP_ADDRESS_SUBSET"] * 2),
        ("NotIpAddressIfExists", "aws:SourceIp", ["192.168.0.0/16", "2001:db8::/32"], ["PRIVATE_NOT_IP_ADDRESS_SUBSET"]),
        ("IpAddress", "aws:SourceIp", ["8.0.0.0/6", "172.32.0.0/16", "172.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::1"], []),
        ("IpAddress", "aws:VpcSourceIp", "10.0.0.0/8", []),
        ("StringEquals", "aws:SourceIp", "10.0.0.1", []),
        ("IpAddress", "aws:SourceIp", ["203.0.113.5/24", "2001:db8::1/32"], ["IMPROVE_IP_RANGE"] * 2),
        ("NotIpAddress", "k:v", "198.51.100.1/0", ["IMPROVE_IP_RANGE"]),
        ("IpAddress", "aws:VpcSourceIp", ["203.0.113.5/32", "203.0.113.4/30", "203.0.113.5", "2001:db8::1/128"], []),
        ("StringEquals", "k:v", "203.0.113.5/24", []),
        ("DateGreaterThan", "aws:CurrentTime", "1735689600", ["INVALID_DATE_VALUE"]),
        ("DateLessThanEqualsIfExists", "aws:TokenIssueTime", [1735689600, 999999999999], ["INVALID_DATE_VALUE"] * 2),
        ("DateEquals", "aws:CurrentTime", ["2025", "2025-01"], ["INVALID_DATE_VALUE"]),
        ("DateLessThan", "aws:epochtime", "1735689600", []),
        ("NumericLessThan", "aws:CurrentTime", "1735689600", []),
        ("DateLessThan", "aws:CurrentTime", "2025-01-01T00:00:00Z", []),
        ("StringNotEquals", "aws:SourceVpc", ["vpc-123", "vpc-12345678", "vpce-12345678"], ["INVALID_VPC_FORMAT"] * 2),
        ("StringLike", "AWS:SourceVpc", "vpc-1122334455667788", ["INVALID_VPC_FORMAT"]),
        ("ForAnyValue:StringEquals", "aws:SourceVpce", ["vpc-11223344", "vpce-11223344"], ["INVALID_VPCE_FORMAT"]),
        ("StringNotEqualsIfExists", "aws:SourceVpce", "vpce-11223344556677889", []),
        ("StringLike", "aws:SourceVpce", ["vpce-*", "vpce-1122334?", "${aws:PrincipalTag/vpce}"], []),
        ("Null", "aws:SourceVpc", "true", []),
        (
            "StringEquals",
            "iam:PassedToService",
            ["ec2", "EC2.amazonaws.com", "a.amazonaws.com"],
            ["INVALID_SERVICE_PRINCIPAL_FORMAT"] * 2,
        ),
        ("StringNotEquals", "iam:AWSServiceName", "ecs.amazon.com", ["INVALID_SERVICE_PRINCIPAL_FORMAT"]),
        ("ForAnyValue:StringEquals", "aws:CalledVia", "athena", ["INVALID_SERVICE_PRINCIPAL_FORMAT"]),
        ("StringEquals", "aws:CalledViaFirst", "arn:aws:athena", ["INVALID_SERVICE_PRINCIPAL_FORMAT"]),
        ("ForAllValues:StringEquals", "aws:PrincipalServiceNamesList", "logs", ["INVALID_SERVICE_PRINCIPAL_FORMAT"]),
        ("StringEquals", "aws:PrincipalServiceName", "delivery.logs.amazonaws.com", []),
        ("StringEquals", "iam:PassedToService", ["ec2.amazonaws.com.cn", "states.us-east-1.amazonaws.com"], []),
        ("StringEqualsIgnoreCase", "iam:PassedToService", "EC2.AmazonAWS.com", []),
        ("StringLike", "iam:PassedToService", ["*.amazonaws.com", "${aws:PrincipalTag/service}"], []),
        ("StringEquals", "kms:ViaService", ["s3.amazonaws.com", "s3.us-east-1.amazonaws.com"], ["INVALID_SERVICE_PRINCIPAL_FORMAT"]),
        ("StringEquals", "kms:ViaService", "s3.us-east-1", ["INVALID_SERVICE_PRINCIPAL_FORMAT"]),
        ("StringLike", "kms:ViaService", ["s3.*.amazonaws.com", "ec2.us-gov-west-1.amazonaws.com"], []),
        ("Null", "kms:ViaService", "true", []),
        ("StringNotEquals", KMS_KEY, "alias/my-key", ["INVALID_KMS_KEY_VALUE"]),
        ("StringEqualsIfExists", KMS_KEY, "1234abcd-12ab-34cd-56ef-1234567890ab", ["INVALID_KMS_KEY_VALUE"]),
        ("StringEquals", "secretsmanager:KmsKeyArn", ARN.replace("key/", "alias/"), ["INVALID_KMS_KEY_VALUE"]),
        ("ArnLike", "sagemaker:OutputKmsKeyArn", "arn:aws:s3:*:111122223333:key/*", ["INVALID_KMS_KEY_VALUE"]),
        ("StringLike", KMS_KEY, ["alias/*", "arn:aws:kms:*:*:alias/*"], [TEXT_FOR_ARN, *["INVALID_KMS_KEY_VALUE"] * 2]),
        (
            "StringLike",
            KMS_KEY,
            ["?*", "arn:*", "arn:aws:kms:*", "arn:aws:kms:*:*:key/*", "arn:aws:kms:us-east-1:111122223333:k*"],
            [TEXT_FOR_ARN],
        ),
        ("ArnNotEquals", KMS_KEY, [ARN, "arn:aws:kms:us-east-1:${aws:PrincipalAccount}:key/a"], []),
        ("Null", KMS_KEY, "true", []),
        ("StringEquals", "aws:PrincipalTag/KmsKeyArn", "alias/a", []),
        ("StringNotEquals", "aws:RequestedRegion", ["us-east-1", "us-east-11"], ["INVALID_REGION"]),
        ("ForAnyValue:StringLike", "aws:requestedregion", ["us-*", "US-EAST-1", "eu"], ["INVALID_REGION"] * 2),
        ("StringEqualsIgnoreCase", "aws:RequestedRegion", ["US-EAST-1", "us-gov-west-1", "cn-north-1"], []),
        ("StringEqualsIfExists", "aws:RequestedRegion", "${aws:PrincipalTag/region}", []),
        ("StringEquals", "k:Region", "nowhere", []),
        ("NumericLessThan", MFA, ["2700", "3600"], ["REDUNDANT_CONDITION_VALUE_NUM"]),
        ("NumericGreaterThanEqualsIfExists", "s3:max-keys", [10, 10], ["REDUNDANT_CONDITION_VALUE_NUM"]),
        ("ForAllValues:NumericLessThanEquals", "k:v", ["1", "-1.5", "1e2"], ["REDUNDANT_CONDITION_VALUE_NUM"]),
        ("NumericGreaterThan", MFA, "3600", []),
        ("NumericEquals", "s3:max-keys", ["10", "20"], []),
        ("NumericNotEquals", "s3:max-keys", ["10", "20"], []),
        ("DateLessThan", "aws:CurrentTime", ["2025-01-01", "2026-01-01"], []),
        ("StringLikeIfExists", TAG, "*", ["REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION"]),
        ("ForAllValues:StringLike", "aws:TagKeys", ["a*", "*"], ["REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION"]),
        ("StringLike", "aws:PrincipalAccount", "*", ["REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION"]),
        ("StringLikeIfExists", TAG, ["r*", "${*}", "?"], []),
        ("ForAnyValue:StringNotLike", "aws:TagKeys", "*", ["REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION"]),
        ("ForAnyValue:StringNotLikeIfExists", "k:v", ["a", "*"], ["REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION"]),
        ("StringNotLikeIfExists", "aws:PrincipalAccount", "*", ["REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION"]),
        ("ForAnyValue:StringNotLike", "aws:TagKeys", "cost-*", []),
        ("StringLike", TAG, "*", ["EQUIVALENT_TO_NULL_FALSE"]),
        ("ForAnyValue:StringLike", "aws:TagKeys", ["*", "a"], ["EQUIVALENT_TO_NULL_FALSE"]),
        ("ForAnyValue:StringLikeIfExists", "aws:TagKeys", "*", ["EQUIVALENT_TO_NULL_FALSE"]),
        ("StringNotLike", "aws:RequestTag/team", "*", ["EQUIVALENT_TO_NULL_TRUE"]),
        ("StringNotLikeIfExists", "aws:RequestTag/team", ["a", "*"], ["EQUIVALENT_TO_NULL_TRUE"]),
        ("ForAllValues:StringNotLike", "aws:TagKeys", "*", ["EQUIVALENT_TO_NULL_TRUE"]),
        ("StringNotLike", "aws:RequestTag/team", "?*", []),
        ("StringLike", "aws:TagKeys", "*", []),
        ("StringLike", TAG, "", []),
        ("Null", TAG, "false", []),
        ("ArnLike", "AWS:arn", "arn:aws:iam::111122223333:role/reader", ["DEPRECATED_GLOBAL_CONDITION_KEY"]),
        ("Null", "aws:ARN", "true", ["DEPRECATED_GLOBAL_CONDITION_KEY"]),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/reader", []),
        ("StringLike", "aws:SourceArn", "arn:aws:sns:*:111122223333:*", ["STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"]),
        ("StringNotLikeIfExists", "aws:principalarn", "arn:aws:iam::*:role/a", ["STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"]),
        ("ForAnyValue:StringLike", "aws:SourceVpcArn", "arn:a", ["STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"]),
        ("StringEquals", "aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:t", []),
        ("ArnNotLike", "aws:SourceArn", "arn:aws:sns:*:111122223333:*", []),
        ("StringLike", "aws:username", "arn:*", []),
    ],
)
def test_issues(operator: str, key: str, values: Values, issues: list[str]) -> None:
    assert [each.aws for each in found(operator, key, values)] == issues


def test_the_old_key_where_a_principal_is_named() -> None:
    arn = "arn:aws:iam::111122223333:role/reader"
    assert [each.aws for each in found("ArnLike", "aws:ARN", arn, Kind.RESOURCE)] == ["UNSUPPORTED_GLOBAL_CONDITION_KEY"]
    assert found("ArnLike", "aws:PrincipalArn", arn, Kind.RESOURCE) == []


@pytest.mark.parametrize(
    ("values", "level"), [(["10.0.0.0/8"], Level.WARNING), (["10.0.0.0/8", "203.0.113.0/24"], Level.NOTICE)], ids=["all", "some"]
)
def test_private_addresses_beside_others_are_a_notice(values: list[str], level: Level) -> None:
    assert [each.level for each in found("IpAddress", "aws:SourceIp", values)] == [level]


@pytest.mark.parametrize(
    ("operator", "key", "values", "hint"),
    [
        ("DateEquals", "aws:CurrentTime", "1735689600", "write `2025-01-01T00:00:00Z`"),
        ("DateEquals", "aws:CurrentTime", "253402300799", "write `9999-12-31T23:59:59Z`"),
        ("DateEquals", "aws:CurrentTime", "253402300800", "write a date, such as `2026-01-31T00:00:00Z`"),
        ("IpAddress", "aws:SourceIp", "203.0.113.5/24", "write `203.0.113.0/24`"),
        ("StringEquals", "aws:RequestedRegion", "eu-wset-1", "did you mean `eu-west-1`?"),
        ("StringEquals", "aws:RequestedRegion", "anywhere", ""),
        ("StringNotEquals", TAG, "a*", "did you mean `StringNotLike`?"),
        ("StringNotLike", "aws:SourceArn", "arn:*", "use `ArnNotLike`"),
    ],
)
def test_hints(operator: str, key: str, values: Values, hint: str) -> None:
    assert [each.hint for each in found(operator, key, values)] == [hint]


@pytest.mark.parametrize(
    ("operator", "values", "bound"),
    [("NumericLessThan", [10, 9], "10"), ("NumericLessThanEquals", ["2", "1e2"], "100"), ("NumericGreaterThan", [10, 9], "9")],
)
def test_the_loosest_bound_counts(operator: str, values: list[Any], bound: str) -> None:
    assert [each.message for each in found(operator, MFA, values)] == [f"of several bounds under `{operator}`, only `{bound}` counts"]


@pytest.mark.parametrize(
    ("seconds", "hint"),
    [
        pytest.param("1735689600", "write `2025-01-01T00:00:00Z`", id="date"),
        pytest.param("253402300799", "write `9999-12-31T23:59:59Z`", id="last"),
        pytest.param("253402300800", "write a date, such as `2026-01-31T00:00:00Z`", id="beyond"),
    ],
)
def test_the_date_of_some_seconds(seconds: str, hint: str) -> None:
    assert [each.hint for each in found("DateLessThan", "aws:CurrentTime", seconds)] == [hint]
