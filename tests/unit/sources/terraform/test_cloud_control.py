"""Resources of the provider `awscc`."""

from pathlib import Path
from typing import Any

import pytest

from iam2rego.ir.policy import Kind
from iam2rego.sources.terraform.cloud_control import AWSCC
from iam2rego.sources.terraform.table import NAMED, TABLE
from tests.unit.sources.terraform.made import (
    ACCOUNT,
    BUCKET,
    IAM,
    TRUST,
    allow,
    change,
    configured,
    documents,
    extracted,
    looked,
    module,
    plan,
    principals,
    resources,
    state,
    write,
)

QUEUE = "arn:aws:sqs:eu-west-1:111122223333"
TOPIC = "arn:aws:sns:eu-west-1:111122223333:t"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1"
TABLE_ARN = "arn:aws:dynamodb:eu-west-1:111122223333:table/t"
VAULT = "arn:aws:backup:eu-west-1:111122223333:backup-vault:v"


def test_types_and_attributes_are_those_of_the_provider() -> None:
    paths = {kind: [".".join(place.path) for place in places] for kind, places in AWSCC.items()}
    expected = {
        "awscc_iam_role": ["assume_role_policy_document", "policies.*.policy_document"],
        "awscc_iam_managed_policy": ["policy_document"],
        "awscc_s3_bucket_policy": ["policy_document"],
        "awscc_sqs_queue_inline_policy": ["policy_document"],
        "awscc_kms_replica_key": ["key_policy"],
        "awscc_ec2_vpc_endpoint": ["policy_document"],
        "awscc_opensearchservice_domain": ["access_policies"],
        "awscc_secretsmanager_resource_policy": ["resource_policy"],
        "awscc_s3objectlambda_access_point_policy": ["policy_document"],
        "awscc_efs_file_system": ["file_system_policy"],
        "awscc_dynamodb_table": ["resource_policy.policy_document", "stream_specification.resource_policy.policy_document"],
    }
    assert {kind: paths[kind] for kind in expected} == expected
    assert AWSCC["awscc_s3tables_table_bucket_policy"][0].target == "table_bucket_arn"


def test_every_attribute_that_names_a_resource_has_its_types() -> None:
    assert {place.target for places in TABLE.values() for place in places if place.target} <= NAMED.keys()


def test_a_role_a_user_and_a_group(tmp_path: Path) -> None:
    inline = [{"policy_name": "i", "policy_document": allow()}, {"policy_document": allow()}]
    trust = {"role_name": "r", "path": "/a/", "assume_role_policy_document": TRUST}
    role = {**trust, "policies": inline, "managed_policy_arns": [f"{IAM}:policy/m"]}
    user = {"user_name": "u", "groups": ["g"], "permissions_boundary": f"{IAM}:policy/m"}
    changes = [
        change("awscc_iam_role.r", role, ["arn"]),
        change("awscc_iam_user.u", user, ["arn"]),
        change("awscc_iam_group.g", {"group_name": "g", "policies": [{"policy_name": "j", "policy_document": allow()}]}, ["arn"]),
        change("awscc_iam_managed_policy.m", {"managed_policy_name": "m", "policy_document": allow(), "groups": ["g"]}, ["policy_arn"]),
        change("awscc_iam_role_policy.own", {"role_name": "r", "policy_name": "own", "policy_document": allow()}),
    ]
    path = write(tmp_path, plan(*changes))
    managed = "p/awscc_iam_managed_policy.m"
    assert principals(path) == {
        f"{IAM}:role/a/r": ((managed, "p/awscc_iam_role.r/i", "p/awscc_iam_role.r/policy[1]", "p/awscc_iam_role_policy.own"), None),
        f"{IAM}:user/u": (("p/awscc_iam_group.g/j", managed), managed),
    }
    assert resources(path) == {f"{IAM}:role/a/r": "p/awscc_iam_role.r/trust"}


def test_resources_of_both_providers(tmp_path: Path) -> None:
    changes = [
        change("awscc_iam_role.r", {"role_name": "r", "assume_role_policy_document": TRUST}, ["arn"]),
        change("aws_iam_policy.m", {"name": "m", "policy": allow()}, ["arn"]),
        change("aws_iam_role_policy_attachment.a", {"role": "r"}, ["policy_arn"]),
        change("aws_iam_role_policy.i", {"name": "i", "policy": allow()}, ["role"]),
    ]
    root = module(
        configured("aws_iam_role_policy_attachment.a", role="r", policy_arn=["aws_iam_policy.m.arn", "aws_iam_policy.m"]),
        configured("aws_iam_role_policy.i", name="i", role=["awscc_iam_role.r.id", "awscc_iam_role.r"]),
    )
    assert principals(write(tmp_path, plan(*changes, root=root))) == {
        f"{IAM}:role/r": (("p/aws_iam_policy.m", "p/aws_iam_role_policy.i"), None)
    }


def test_what_nobody_writes_is_not_there(tmp_path: Path) -> None:
    """The provider says of every attribute that is left out that it is known after apply."""
    role = change(
        "awscc_iam_role.r",
        {"role_name": "r", "assume_role_policy_document": TRUST},
        ["arn", "path", "policies", "managed_policy_arns", "permissions_boundary"],
    )
    key = change("awscc_kms_key.k", {}, ["arn", "key_policy"])
    permission = {"function_name": "f", "action": "lambda:InvokeFunction", "principal": "s3.amazonaws.com"}
    root = module(
        configured("awscc_iam_role.r", role_name="r", assume_role_policy_document="x"),
        configured("awscc_kms_key.k", description="x"),
        configured("awscc_lambda_permission.p", **permission),
    )
    changes = [role, key, change("awscc_lambda_permission.p", permission, ["source_arn", "source_account", "invoked_via_function_url"])]
    path = write(tmp_path, plan(*changes, root=root))
    assert looked(path, **ACCOUNT).findings == ()
    assert principals(path) == {f"{IAM}:role/r": ((), None)}
    assert documents(path, **ACCOUNT)["p/awscc_lambda_permission.p"]["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "s3.amazonaws.com"},
            "Action": "lambda:InvokeFunction",
            "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:f",
        }
    ]


def test_a_path_that_is_known_after_apply(tmp_path: Path) -> None:
    for kind, trust in (("aws_iam_role", "assume_role_policy"), ("awscc_iam_role", "assume_role_policy_document")):
        name = "role_name" if kind.startswith("awscc") else "name"
        written = module(configured(f"{kind}.r", path=["local.path"], **{name: "r", trust: "x"}))
        path = write(tmp_path, plan(change(f"{kind}.r", {name: "r", trust: TRUST}, ["arn", "path"]), root=written))
        (notice,) = (each for each in looked(path, **ACCOUNT).findings if each.code == "IAM625")
        assert notice.message == f"nothing tells `{kind}.r.path`, so the policies of `{kind}.r` are attached to nobody"
        assert list(principals(path, **{f"{kind}.r.path": "/x/"})) == [f"{IAM}:role/x/r"]


@pytest.mark.parametrize(
    ("kind", "values", "arns"),
    [
        ("awscc_s3_bucket_policy", {"bucket": "b", "policy_document": BUCKET}, ["arn:aws:s3:::b"]),
        (
            "awscc_sqs_queue_policy",
            {"queues": [f"https://sqs.eu-west-1.amazonaws.com/111122223333/{each}" for each in "qr"], "policy_document": BUCKET},
            [f"{QUEUE}:q", f"{QUEUE}:r"],
        ),
        ("awscc_sns_topic_policy", {"topics": [TOPIC], "policy_document": BUCKET}, [TOPIC]),
        ("awscc_kms_key", {"arn": KEY, "key_policy": BUCKET}, [KEY]),
        ("awscc_dynamodb_table", {"table_name": "t", "resource_policy": {"policy_document": BUCKET}}, [TABLE_ARN]),
        ("awscc_backup_backup_vault", {"backup_vault_arn": VAULT, "access_policy": BUCKET}, [VAULT]),
    ],
)
def test_policies_of_resources(kind: str, values: dict[str, Any], arns: list[str], tmp_path: Path) -> None:
    path = write(tmp_path, plan(change(f"{kind}.x", values)))
    assert resources(path) == dict.fromkeys(arns, f"p/{kind}.x")


def test_queues_by_reference(tmp_path: Path) -> None:
    changes = [
        change("awscc_sqs_queue.q", {"queue_name": "q"}, ["arn", "queue_url"]),
        change("awscc_sqs_queue_policy.p", {"policy_document": BUCKET, "queues": [None]}, {"queues": [True]}),
    ]
    root = module(configured("awscc_sqs_queue_policy.p", policy_document="x", queues=["awscc_sqs_queue.q.queue_url", "awscc_sqs_queue.q"]))
    assert resources(write(tmp_path, plan(*changes, root=root))) == {f"{QUEUE}:q": "p/awscc_sqs_queue_policy.p"}


def test_several_policies_of_one_resource(tmp_path: Path) -> None:
    table = {"arn": "arn:aws:dynamodb:::table/t", "table_name": "t"}
    streams = {"resource_policy": {"policy_document": BUCKET}, "stream_specification": {"resource_policy": {"policy_document": BUCKET}}}
    replicas = [{"region": each, "resource_policy": {"policy_document": BUCKET}} for each in ("eu-west-1", "eu-west-2")]
    tables = state(("awscc_dynamodb_table.t", {**table, **streams}), ("awscc_dynamodb_global_table.g", {**table, "replicas": replicas}))
    path = write(tmp_path, tables)
    assert sorted(documents(path)) == [
        "p/awscc_dynamodb_global_table.g",
        "p/awscc_dynamodb_global_table.g/replicas[1].resource_policy.policy_document",
        "p/awscc_dynamodb_table.t",
        "p/awscc_dynamodb_table.t/stream_specification.resource_policy.policy_document",
    ]


@pytest.mark.parametrize(
    ("policies", "message"),
    [
        ("x", "`policies` of `awscc_iam_role.r` must be an array, not a string"),
        (["x"], "`policies[0]` of `awscc_iam_role.r` must be an object, not a string"),
        pytest.param(
            [{"policy_document": 1}],
            "`policies[0].policy_document` of `awscc_iam_role.r` must be a string that holds a policy, not a number",
            id="document",
        ),
    ],
)
def test_lists_of_another_form(policies: object, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, plan(change("awscc_iam_role.r", {"assume_role_policy_document": TRUST, "policies": policies})))
    assert [each.message for each in extracted(path)[1] if each.level == "error"] == [message]


def test_policies_of_organizations(tmp_path: Path) -> None:
    text = allow(Principal="*").replace("Allow", "Deny")
    path = write(tmp_path, plan(change("awscc_organizations_policy.o", {"content": text, "type": "RESOURCE_CONTROL_POLICY"})))
    assert [each.form.kind for each in extracted(path)[0].documents] == [Kind.RESOURCE_CONTROL]
