"""Which resources have the policies of plans and states."""

from pathlib import Path

import pytest

from iam2rego.diagnostics import PolicyError
from tests.unit.sources.terraform.made import (
    ACCOUNT,
    BUCKET,
    allow,
    change,
    configured,
    loaded,
    looked,
    module,
    plan,
    resources,
    state,
    write,
)

ARN = {"aws_s3_bucket": "arn:aws:s3:::b", "aws_sqs_queue": "arn:aws:sqs:eu-west-1:111122223333:q"}
POLICY = change("aws_iam_policy.m", {"name": "m", "policy": allow()}, ["arn"])


@pytest.mark.parametrize(
    ("kind", "values", "arn"),
    [
        ("aws_s3_bucket_policy", {"bucket": "b"}, "arn:aws:s3:::b"),
        ("aws_sqs_queue_policy", {"queue_url": "https://sqs.eu-west-1.amazonaws.com/111122223333/q"}, ARN["aws_sqs_queue"]),
        ("aws_sqs_queue_policy", {"queue_url": "https://eu-west-1.queue.amazonaws.com/111122223333/q"}, ARN["aws_sqs_queue"]),
        ("aws_sns_topic_policy", {"arn": "arn:aws:sns:eu-west-1:111122223333:t"}, "arn:aws:sns:eu-west-1:111122223333:t"),
        ("aws_kms_key_policy", {"key_id": "1-2"}, "arn:aws:kms:eu-west-1:111122223333:key/1-2"),
        ("aws_ecr_repository_policy", {"repository": "r"}, "arn:aws:ecr:eu-west-1:111122223333:repository/r"),
        ("aws_dynamodb_resource_policy", {"resource_arn": "arn:aws:dynamodb:::table/t"}, "arn:aws:dynamodb:::table/t"),
        ("aws_kms_key", {"arn": "arn:aws:kms:eu-west-1:111122223333:key/1"}, "arn:aws:kms:eu-west-1:111122223333:key/1"),
        ("aws_s3_bucket", {"bucket": "b"}, "arn:aws:s3:::b"),
    ],
)
def test_resources_by_what_names_them(kind: str, values: dict[str, object], arn: str, tmp_path: Path) -> None:
    path = write(tmp_path, plan(change(f"{kind}.x", {"policy": BUCKET, **values})))
    assert resources(path) == {arn: f"p/{kind}.x"}


def test_resources_by_reference(tmp_path: Path) -> None:
    made = [change("aws_s3_bucket.b", {"bucket": "b"}, ["arn", "id"]), change("aws_kms_key.k", {}, ["arn", "key_id"])]
    kinds = {"aws_s3_bucket_policy": "bucket", "aws_kms_key_policy": "key_id"}
    edges = [change(f"{kind}.x", {"policy": BUCKET}, [attribute]) for kind, attribute in kinds.items()]
    root = module(
        configured("aws_s3_bucket_policy.x", bucket=["aws_s3_bucket.b.id", "aws_s3_bucket.b"]),
        configured("aws_kms_key_policy.x", key_id=["aws_kms_key.k.key_id", "aws_kms_key.k"]),
    )
    path = write(tmp_path, plan(*made, *edges, root=root))
    assert resources(path) == {"arn:aws:s3:::b": "p/aws_s3_bucket_policy.x"}
    (warning,) = (each for each in loaded(path).diagnostics if each.code == "IAM625")
    assert warning.message == "nothing tells `aws_kms_key.k.arn`, so the policy of `aws_kms_key_policy.x` is attached to nothing"
    arn = "arn:aws:kms:eu-west-1:111122223333:key/1"
    assert resources(path, **{"aws_kms_key.k.arn": arn})[arn] == "p/aws_kms_key_policy.x"


def test_a_policy_that_a_resource_shows_too(tmp_path: Path) -> None:
    bucket = {"bucket": "b", "arn": ARN["aws_s3_bucket"], "policy": BUCKET}
    path = write(tmp_path, state(("aws_s3_bucket.b", bucket), ("aws_s3_bucket_policy.b", {"bucket": "b", "policy": BUCKET})))
    assert resources(path) == {ARN["aws_s3_bucket"]: "p/aws_s3_bucket_policy.b"}


def test_two_policies_of_one_resource(tmp_path: Path) -> None:
    path = write(tmp_path, plan(*(change(f"aws_s3_bucket_policy.{each}", {"bucket": "b", "policy": BUCKET}) for each in "xy")))
    with pytest.raises(PolicyError) as refused:
        loaded(path)
    assert [each.code for each in refused.value.diagnostics if each.level == "error"] == ["IAM615"]


def test_permissions_of_functions(tmp_path: Path) -> None:
    values = {"function_name": "f", "action": "lambda:InvokeFunction"}
    changes = [
        change("aws_lambda_function.f", {"function_name": "f"}, ["arn"]),
        change("aws_lambda_permission.a", {**values, "principal": "s3.amazonaws.com", "statement_id": "A", "source_arn": "arn:aws:s3:::b"}),
        change("aws_lambda_permission.b", {**values, "principal": "111122223333", "source_account": "111122223333"}),
        change("aws_lambda_permission.c", {**values, "principal": "*", "qualifier": "live", "principal_org_id": "o-1"}),
    ]
    path = write(tmp_path, plan(*changes))
    arn = "arn:aws:lambda:eu-west-1:111122223333:function:f"
    assert resources(path) == {arn: "p/aws_lambda_permission.a", f"{arn}:live": "p/aws_lambda_permission.c"}
    assert [len(each.document.statements) for each in loaded(path).policies.policies] == [2, 1]


def test_a_permission_that_is_known_after_apply(tmp_path: Path) -> None:
    values = {"function_name": "f", "action": "lambda:InvokeFunction", "principal": "s3.amazonaws.com"}
    path = write(tmp_path, plan(POLICY, change("aws_lambda_permission.a", values, ["source_arn", "statement_id"])))
    assert [each.source.name for each in looked(path, **ACCOUNT).findings if each.code == "IAM621"] == [
        f"{path}#aws_lambda_permission.a.source_arn"
    ]


@pytest.mark.parametrize(
    ("keys", "own", "region"),
    [
        pytest.param({"aws": "eu-west-2"}, None, "eu-west-2", id="the-only-provider"),
        pytest.param({"aws": "eu-west-2", "aws.other": "us-east-1"}, None, "eu-west-1", id="of-another-provider"),
        pytest.param({"aws": "eu-west-2", "aws.mine": "us-east-1"}, None, "us-east-1", id="its-provider"),
        pytest.param({"aws": "eu-west-2", "aws.mine": "us-east-1"}, "eu-north-1", "eu-north-1", id="its-own"),
        pytest.param({"aws.mine": ["var.region"]}, None, "eu-west-1", id="a-variable"),
        pytest.param({"google": "x"}, None, "eu-west-1", id="no-provider-of-aws"),
    ],
)
def test_the_region_of_a_queue(keys: dict[str, object], own: str | None, region: str, tmp_path: Path) -> None:
    queue = change("aws_sqs_queue.q", {"name": "q", "policy": BUCKET, **({"region": own} if own else {})}, ["arn"])
    providers = {
        key: {
            "name": key.partition(".")[0],
            "expressions": {"region": {"constant_value" if isinstance(value, str) else "references": value}},
        }
        for key, value in keys.items()
    }
    configuration = {
        "provider_config": providers,
        "root_module": module({**configured("aws_sqs_queue.q"), "provider_config_key": "aws.mine"}),
    }
    path = write(tmp_path, {**plan(queue), "configuration": configuration})
    assert list(resources(path)) == [f"arn:aws:sqs:{region}:111122223333:q"]
