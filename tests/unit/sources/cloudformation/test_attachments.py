"""Who has the policies of templates."""

from pathlib import Path
from typing import Any

import pytest

from iam2rego.diagnostics import PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.sources import load
from tests.unit.sources.cloudformation.made import ACCOUNT, allow, loaded, looked, managed, resource, role, write

QUEUE = "https://sqs.eu-west-1.amazonaws.com/111122223333/q"
IAM = "arn:aws:iam::111122223333"
BUCKET = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}


def principals(*paths: str, **parameters: str) -> dict[str, tuple[tuple[str, ...], str | None]]:
    attachments = loaded(*paths, **parameters).policies.attachments
    return {each.arn: (each.identity, each.permissions_boundary) for each in attachments.principals}


def resources(path: str, **parameters: str) -> dict[str, str]:
    return {each.resource: each.policy for each in loaded(path, **parameters).policies.attachments.resources}


def inline(name: str | None = "p") -> dict[str, Any]:
    return {**({"PolicyName": name} if name else {}), "PolicyDocument": allow()}


def test_a_role_with_policies_of_all_sorts(tmp_path: Path) -> None:
    template = {
        "R": role(
            RoleName="r", Path="/a/", Policies=[inline(), inline(None)], ManagedPolicyArns=[{"Ref": "M"}], PermissionsBoundary={"Ref": "B"}
        ),
        "M": managed(allow()),
        "B": managed(allow()),
        "N": managed(allow(), Roles=[{"Ref": "R"}]),
        "P": resource("AWS::IAM::Policy", PolicyName="x", PolicyDocument=allow(), Roles=["r"]),
        "S": resource("AWS::IAM::RolePolicy", PolicyName="y", PolicyDocument=allow(), RoleName={"Ref": "R"}),
    }
    path = write(tmp_path, {"Resources": template})
    assert principals(path) == {f"{IAM}:role/a/r": (("t/M", "t/N", "t/P", "t/R/p", "t/R/policy[1]", "t/S"), "t/B")}
    assert resources(path) == {f"{IAM}:role/a/r": "t/R/trust"}
    assert loaded(path).policies.attachments.accounts == ("111122223333",)


def test_users_have_what_their_groups_have(tmp_path: Path) -> None:
    template = {
        "U": resource("AWS::IAM::User", UserName="u", Groups=[{"Ref": "G"}]),
        "V": resource("AWS::IAM::User", UserName="v"),
        "G": resource("AWS::IAM::Group", GroupName="g", Policies=[inline()]),
        "A": resource("AWS::IAM::UserToGroupAddition", GroupName={"Ref": "G"}, Users=[{"Ref": "V"}]),
    }
    path = write(tmp_path, {"Resources": template})
    assert principals(path) == {f"{IAM}:user/{name}": (("t/G/p",), None) for name in "uv"}


def test_users_of_other_templates_in_a_group(tmp_path: Path) -> None:
    joining = resource("AWS::IAM::UserToGroupAddition", GroupName="g", Users=["u", "there"])
    group = resource("AWS::IAM::Group", GroupName="g", Policies=[inline()])
    one = write(tmp_path, {"Resources": {"A": joining}}, "one.json")
    two = write(tmp_path, {"Resources": {"U": resource("AWS::IAM::User", UserName="u", Path="/a/"), "G": group}}, "two.json")
    assert principals(one, two) == {f"{IAM}:user/{name}": (("two/G/p",), None) for name in ("a/u", "there")}
    with pytest.raises(PolicyError, match="the group `g` is in no source"):
        loaded(one, write(tmp_path, {"Resources": {"R": role(RoleName="r")}}, "three.json"))


def test_templates_add_up(tmp_path: Path) -> None:
    one = write(tmp_path, {"Resources": {"R": role(RoleName="r"), "M": managed(allow(), ManagedPolicyName="m")}}, "one.json")
    two = write(tmp_path, {"Resources": {"P": resource("AWS::IAM::Policy", PolicyDocument=allow(), Roles=["r"])}}, "two.json")
    three = write(tmp_path, {"Resources": {"S": role(RoleName="s", ManagedPolicyArns=[f"{IAM}:policy/m"])}}, "three.json")
    assert principals(one, two, three) == {f"{IAM}:role/r": (("two/P",), None), f"{IAM}:role/s": (("one/M",), None)}


def test_a_role_of_two_templates_is_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path, {"Resources": {"R": role(RoleName="r")}}, f"{name}.json") for name in "ab"]
    with pytest.raises(PolicyError) as refused:
        loaded(*paths)
    assert [each.code for each in refused.value.diagnostics] == ["IAM615"]


def test_a_role_of_no_source(tmp_path: Path) -> None:
    path = write(tmp_path, {"Resources": {"P": resource("AWS::IAM::Policy", PolicyDocument=allow(), Roles=["there"])}})
    assert principals(path) == {f"{IAM}:role/there": (("t/P",), None)}
    (notice,) = loaded(path).diagnostics
    assert notice.message == "the role `there` is in no source: it is taken to have the path `/` and no other policies"


def test_a_group_of_no_source_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, {"Resources": {"P": resource("AWS::IAM::Policy", PolicyDocument=allow(), Groups=["there"])}})
    with pytest.raises(PolicyError, match="the group `there` is in no source"):
        loaded(path)


def test_a_policy_of_aws_is_missing(tmp_path: Path) -> None:
    path = write(tmp_path, {"Resources": {"R": role(RoleName="r", ManagedPolicyArns=["arn:aws:iam::aws:policy/ReadOnlyAccess"])}})
    with pytest.raises(PolicyError) as refused:
        loaded(path)
    (error,) = refused.value.diagnostics
    assert (error.code, "--filter AWSManagedPolicy" in error.hint) == ("IAM613", True)
    assert [each.level for each in looked(path, **ACCOUNT).findings if each.code == "IAM613"] == ["notice"]


def test_a_policy_of_aws_is_in_another_source(tmp_path: Path) -> None:
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    path = write(tmp_path, {"Resources": {"R": role(RoleName="r", ManagedPolicyArns=[arn])}})
    version = {"IsDefaultVersion": True, "Document": allow()}
    export = write(tmp_path, {"Policies": [{"Arn": arn, "PolicyVersionList": [version]}]}, "aws.json")
    assert principals(path, export) == {f"{IAM}:role/r": ((arn,), None)}


def test_a_role_without_a_name(tmp_path: Path) -> None:
    path = write(tmp_path, {"Resources": {"R": role(Policies=[inline()]), "S": role(RoleName="s")}})
    assert principals(path) == {f"{IAM}:role/s": ((), None)}
    (warning,) = loaded(path).diagnostics
    assert (warning.code, warning.level) == ("IAM625", "warning")
    assert [each.name for each in loaded(path).policies.policies] == ["t/S/trust"]
    assert principals(path, R="named")[f"{IAM}:role/named"] == (("t/R/p",), None)
    assert {each.name for each in looked(path).policies} == {"t/R/p", "t/R/trust", "t/S/trust"}


def test_a_resource_that_is_not_created(tmp_path: Path) -> None:
    conditions = {"Never": {"Fn::Equals": ["a", "b"]}}
    path = write(
        tmp_path, {"Conditions": conditions, "Resources": {"R": {**role(RoleName="r"), "Condition": "Never"}, "S": role(RoleName="s")}}
    )
    assert list(principals(path)) == [f"{IAM}:role/s"]
    assert {each.code: each.message for each in loaded(path).diagnostics} == {
        "IAM624": "the condition `Never` is false, so the policy of `R` is not created",
        "IAM627": "2 policies, 1 not created",
    }


@pytest.mark.parametrize(
    ("policy", "others", "arns", "kind"),
    [
        pytest.param(
            resource("AWS::S3::BucketPolicy", Bucket={"Ref": "X"}, PolicyDocument=BUCKET),
            resource("AWS::S3::Bucket", BucketName="b"),
            ["arn:aws:s3:::b"],
            Kind.BUCKET,
            id="bucket",
        ),
        pytest.param(
            resource("AWS::S3::BucketPolicy", Bucket="b", PolicyDocument=BUCKET), None, ["arn:aws:s3:::b"], Kind.BUCKET, id="bucket-by-name"
        ),
        pytest.param(
            resource(
                "AWS::SQS::QueuePolicy", Queues=["https://sqs.eu-west-1.amazonaws.com/111122223333/q", {"Ref": "X"}], PolicyDocument=BUCKET
            ),
            resource("AWS::SQS::Queue", QueueName="x"),
            ["arn:aws:sqs:eu-west-1:111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:x"],
            Kind.QUEUE,
            id="queues",
        ),
        pytest.param(
            resource("AWS::SNS::TopicPolicy", Topics=[{"Ref": "X"}], PolicyDocument=BUCKET),
            resource("AWS::SNS::Topic", TopicName="x"),
            ["arn:aws:sns:eu-west-1:111122223333:x"],
            Kind.TOPIC,
            id="topic",
        ),
        pytest.param(
            resource("AWS::ECR::Repository", RepositoryName="x", RepositoryPolicyText=BUCKET),
            None,
            ["arn:aws:ecr:eu-west-1:111122223333:repository/x"],
            Kind.RESOURCE,
            id="repository",
        ),
    ],
)
def test_resource_policies(policy: dict[str, Any], others: dict[str, Any] | None, arns: list[str], kind: Kind, tmp_path: Path) -> None:
    path = write(tmp_path, {"Resources": {"P": policy, **({"X": others} if others else {})}})
    assert resources(path) == dict.fromkeys(arns, "t/P")
    (read,) = loaded(path).policies.policies
    assert read.kind is kind


def test_a_key_needs_its_id(tmp_path: Path) -> None:
    path = write(tmp_path, {"Resources": {"K": resource("AWS::KMS::Key", KeyPolicy=BUCKET)}})
    assert resources(path) == {}
    assert resources(path, K="1234") == {"arn:aws:kms:eu-west-1:111122223333:key/1234": "t/K"}


def test_two_policies_of_one_bucket_are_refused(tmp_path: Path) -> None:
    policy = resource("AWS::S3::BucketPolicy", Bucket="b", PolicyDocument=BUCKET)
    with pytest.raises(PolicyError, match="is already given by"):
        loaded(write(tmp_path, {"Resources": {"P": policy, "Q": policy}}))


def test_permissions_of_a_function(tmp_path: Path) -> None:
    template = {
        "F": resource("AWS::Lambda::Function", FunctionName="f"),
        "A": resource(
            "AWS::Lambda::Permission",
            FunctionName={"Fn::GetAtt": ["F", "Arn"]},
            Action="lambda:InvokeFunction",
            Principal="s3.amazonaws.com",
            SourceArn="arn:aws:s3:::b",
            SourceAccount={"Ref": "AWS::AccountId"},
        ),
        "B": resource("AWS::Lambda::Permission", FunctionName={"Ref": "F"}, Action="lambda:InvokeFunction", Principal="111122223333"),
    }
    path = write(tmp_path, {"Resources": template})
    assert resources(path) == {"arn:aws:lambda:eu-west-1:111122223333:function:f": "t/F"}
    (policy,) = loaded(path).policies.policies
    assert [each.sid for each in policy.document.statements] == ["A", "B"]
    assert [len(each.conditions) for each in policy.document.statements] == [2, 0]


def test_a_policy_that_is_only_checked(tmp_path: Path) -> None:
    template = {
        "E": resource("AWS::EC2::VPCEndpoint", PolicyDocument=BUCKET),
        "R": role(RoleName="r"),
    }
    path = write(tmp_path, {"Resources": template})
    (warning,) = loaded(path).diagnostics
    assert warning.message == "the policy of `E` takes part in no decision here: it is only checked"
    assert [each.name for each in loaded(path).policies.policies] == ["t/R/trust"]


def test_the_account_is_needed_by_a_build_only(tmp_path: Path) -> None:
    path = write(tmp_path, {"Resources": {"R": role(RoleName="r")}})
    with pytest.raises(PolicyError, match="nothing tells `AWS::AccountId`"):
        load([path], parameters={"AWS::Region": "eu-west-1"})
    assert looked(path).findings == ()


def test_the_policies_of_several_replicas_have_names_of_their_own(tmp_path: Path) -> None:
    replicas = [{"Region": each, "ResourcePolicy": {"PolicyDocument": BUCKET}} for each in ("eu-west-1", "eu-west-2")]
    path = write(tmp_path, {"Resources": {"T": resource("AWS::DynamoDB::GlobalTable", TableName="t", Replicas=replicas)}})
    assert {each.name for each in looked(path).policies} == {"t/T", "t/T/Replicas[1].ResourcePolicy.PolicyDocument"}
