"""What the AWS CLI prints: the policy in it, its kind, and who has it."""

import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest

from iam2rego.diagnostics import PolicyError
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import Kind
from iam2rego.sources import Loaded, load
from tests.support.checks import look
from tests.unit.sources.cloudformation.made import allow, managed, role, write

ACCOUNT: Final = "111122223333"
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/a/r"
QUEUE: Final = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q"
TOPIC: Final = f"arn:aws:sns:eu-west-1:{ACCOUNT}:t"
SECRET: Final = f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:s-AbCdEf"
FUNCTION: Final = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:f"
TRUST: Final = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


def open_to(resource: object, action: str) -> str:
    """Return the text of a policy that lets an account do something with a resource."""
    element = {"Resource": resource} if resource else {}
    statement = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": action, **element}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def printed_role(**members: Any) -> dict[str, Any]:
    return {"Path": "/a/", "RoleName": "r", "RoleId": "AROA1", "Arn": ROLE, "AssumeRolePolicyDocument": TRUST, **members}


def read(folder: Path, *printed: object) -> Loaded:
    return load([write(folder, json.dumps(each), f"p{number or ''}.json") for number, each in enumerate(printed)])


def attachments(folder: Path, *printed: object) -> Attachments:
    return read(folder, *printed).policies.attachments


BUCKET = {"Policy": open_to("arn:aws:s3:::b/*", "s3:GetObject")}
SUMMARY = {"Id": "p-1", "Arn": "arn:aws:organizations::1:policy/o-1/p-1", "Name": "n", "AwsManaged": False}


@pytest.mark.parametrize(
    ("printed", "kind", "resource"),
    [
        pytest.param(BUCKET, Kind.BUCKET, "arn:aws:s3:::b", id="get-bucket-policy"),
        pytest.param({"Policy": open_to(["arn:aws:s3:::b", "arn:aws:s3:::b/*"], "s3:*")}, Kind.BUCKET, "arn:aws:s3:::b", id="its-objects"),
        pytest.param({"Policy": open_to("arn:aws:s3:::*", "s3:*")}, Kind.BUCKET, None, id="a-bucket-that-is-not-told"),
        pytest.param({"Policy": open_to("*", "kms:*"), "PolicyName": "default"}, Kind.KEY, None, id="get-key-policy"),
        pytest.param({"Policy": open_to("*", "kms:Decrypt")}, Kind.KEY, None, id="get-key-policy-of-an-old-cli"),
        pytest.param({"policyText": open_to(None, "ecr:*"), "registryId": "1"}, Kind.RESOURCE, None, id="get-repository-policy"),
        pytest.param(
            {"ARN": SECRET, "Name": "s", "ResourcePolicy": open_to("*", "secretsmanager:*")},
            Kind.RESOURCE,
            SECRET,
            id="get-resource-policy",
        ),
        pytest.param({"Attributes": {"QueueArn": QUEUE, "Policy": open_to("*", "sqs:*")}}, Kind.QUEUE, QUEUE, id="get-queue-attributes"),
        pytest.param({"Attributes": {"Policy": open_to(QUEUE, "sqs:*")}}, Kind.QUEUE, QUEUE, id="its-policy-alone"),
        pytest.param(
            {"Attributes": {"TopicArn": TOPIC, "Owner": ACCOUNT, "Policy": open_to("*", "sns:Publish")}},
            Kind.TOPIC,
            TOPIC,
            id="get-topic-attributes",
        ),
        pytest.param({"Policy": open_to(FUNCTION, "lambda:*"), "RevisionId": "x"}, Kind.RESOURCE, FUNCTION, id="lambda-get-policy"),
        pytest.param(
            {"Policy": open_to(f"arn:aws:s3:eu-west-1:{ACCOUNT}:accesspoint/p/object/*", "s3:*")},
            Kind.ACCESS_POINT,
            None,
            id="get-access-point-policy",
        ),
        pytest.param({"Policy": json.loads(BUCKET["Policy"])}, Kind.BUCKET, "arn:aws:s3:::b", id="a-policy-that-is-no-string"),
    ],
)
def test_policies_of_resources(printed: object, kind: Kind, resource: str | None, tmp_path: Path) -> None:
    loaded = read(tmp_path, printed)
    assert [(each.name, each.kind) for each in loaded.policies.policies] == [("p", kind)]
    found = loaded.policies.attachments
    whole = f"arn:aws:s3:eu-west-1:{ACCOUNT}:accesspoint/p/object/*"
    assert whole not in {each.resource for each in found.resources}
    assert (found.resource, [each.resource for each in found.resources]) == ((None, [resource]) if resource else ("p", []))


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        pytest.param("SERVICE_CONTROL_POLICY", Kind.SERVICE_CONTROL, id="scp"),
        pytest.param("RESOURCE_CONTROL_POLICY", Kind.RESOURCE_CONTROL, id="rcp"),
    ],
)
def test_policies_of_organizations(type_: str, kind: Kind, tmp_path: Path) -> None:
    deny = {"Effect": "Deny", "Action": "s3:*", "Resource": "*", **({"Principal": "*"} if kind is Kind.RESOURCE_CONTROL else {})}
    content = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    loaded = read(tmp_path, {"Policy": {"PolicySummary": {**SUMMARY, "Type": type_}, "Content": content}})
    assert [each.kind for each in loaded.policies.policies] == [kind]
    found = loaded.policies.attachments
    assert (found.service_control or found.resource_control) == (("p",),)


def test_a_role_with_its_boundary(tmp_path: Path) -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:policy/b"
    version = {"IsDefaultVersion": True, "Document": allow()}
    page = {"Policies": [{"Arn": arn, "PolicyVersionList": [version]}]}
    boundary = {"PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}}
    found = attachments(tmp_path, {"Role": printed_role(**boundary)}, page)
    assert [(each.arn, each.identity, each.permissions_boundary) for each in found.principals] == [(ROLE, (), arn)]
    assert [(each.resource, each.policy) for each in found.resources] == [(ROLE, f"{ROLE}/trust")]


def managed_policy(arn: str, *, is_default: bool = True) -> dict[str, Any]:
    """Return what `get-policy` and `get-policy-version` print of a policy, as one object."""
    version = {"Document": allow(), "VersionId": "v1", "IsDefaultVersion": is_default}
    return {"Policy": {"PolicyName": "x", "PolicyId": "ANPA1", "Arn": arn, "DefaultVersionId": "v1"}, "PolicyVersion": version}


def test_a_managed_policy_of_aws_by_its_arn(tmp_path: Path) -> None:
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    boundary = {"PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}}
    (principal,) = attachments(tmp_path, {"Role": printed_role(**boundary)}, managed_policy(arn)).principals
    assert principal.permissions_boundary == arn
    with pytest.raises(PolicyError, match="not the default one"):
        read(tmp_path, managed_policy(arn, is_default=False))


def test_trust_policies_of_a_list(tmp_path: Path) -> None:
    encoded = printed_role(AssumeRolePolicyDocument=quote(json.dumps(TRUST)))
    loaded = read(tmp_path, {"Roles": [encoded], "IsTruncated": True})
    assert [(each.name, each.kind) for each in loaded.policies.policies] == [(f"{ROLE}/trust", Kind.TRUST)]
    assert loaded.policies.attachments.principals == ()
    assert [(each.code, each.message) for each in loaded.diagnostics] == [("IAM614", "more roles follow these")]


def test_an_inline_policy_finds_its_role(tmp_path: Path) -> None:
    inline = {"RoleName": "r", "PolicyName": "x", "PolicyDocument": allow()}
    assert attachments(tmp_path, inline).identity == ("p",)
    found = attachments(tmp_path, {"Role": printed_role()}, inline)
    assert (found.identity, [(each.arn, each.identity) for each in found.principals]) == ((), [(ROLE, ("p1",))])


def test_an_inline_policy_of_one_of_several_accounts(tmp_path: Path) -> None:
    roles = [{"Roles": [printed_role(Arn=ROLE.replace(ACCOUNT, account))]} for account in (ACCOUNT, "444455556666")]
    with pytest.raises(PolicyError, match="does not say of which the role `r` is"):
        read(tmp_path, *roles, {"RoleName": "r", "PolicyDocument": allow()})


def test_a_role_of_two_sources(tmp_path: Path) -> None:
    for other in ({"Role": printed_role()}, {"Roles": [printed_role()]}):
        with pytest.raises(PolicyError) as refused:
            read(tmp_path, {"Role": printed_role()}, other)
        assert {each.code for each in refused.value.diagnostics} >= {"IAM615"}


def test_a_role_gets_what_a_template_attaches(tmp_path: Path) -> None:
    template = write(tmp_path, {"Resources": {"M": managed(allow(), Roles=["r"]), "S": role(RoleName="s")}})
    printed = write(tmp_path, {"Role": printed_role()}, "role.json")
    found = load([template, printed], parameters={"AWS::AccountId": ACCOUNT, "AWS::Region": "eu-west-1"}).policies.attachments
    assert {each.arn: each.identity for each in found.principals} == {ROLE: ("t/M",), f"arn:aws:iam::{ACCOUNT}:role/s": ()}


@pytest.mark.parametrize(
    ("printed", "code", "hint"),
    [
        pytest.param({"AttachedPolicies": []}, "IAM603", "get-policy-version", id="list-attached-role-policies"),
        pytest.param({"PolicyNames": ["x"]}, "IAM603", "get-role-policy", id="list-role-policies"),
        pytest.param({"Policy": {"PolicyId": "ANPA1", "Arn": "x"}}, "IAM603", "get-policy-version", id="get-policy"),
        pytest.param({"Users": []}, "IAM603", "get-account-authorization-details", id="list-users"),
        pytest.param({"Policies": [{"Arn": "x", "PolicyId": "y"}]}, "IAM608", "get-policy-version", id="list-policies"),
        pytest.param({"Attributes": {"QueueArn": QUEUE}}, "IAM603", "--attribute-names All", id="a-queue-without-policy"),
        pytest.param({"Policy": {"PolicySummary": {**SUMMARY, "Type": "TAG_POLICY"}, "Content": "{}"}}, "IAM603", "", id="tag-policy"),
        pytest.param({"Role": {"Arn": ROLE}}, "IAM608", "", id="a-role-without-trust-policy"),
        pytest.param({"User": {"Arn": ROLE}}, "IAM607", "", id="a-user-with-the-arn-of-a-role"),
        pytest.param({"User": {"Arn": f"arn:aws:iam::{ACCOUNT}:user/u"}}, "IAM603", "", id="a-user-alone"),
    ],
)
def test_what_holds_no_policy(printed: object, code: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as refused:
        read(tmp_path, printed)
    (error,) = (each for each in refused.value.diagnostics if each.level == "error")
    assert (error.code, hint in error.hint) == (code, True)


def test_a_place_in_a_policy_in_a_string(tmp_path: Path) -> None:
    text = json.dumps({"Policy": '{"Version": "2012-10-17",\n "Statement": [{"Effect": "allow", "Principal": "*", "Action": "s3:*"}]}'})
    path = write(tmp_path, text, "p.json")
    (error,) = (each for each in look([path]).findings if each.level == "error")
    assert error.span
    assert (error.source.name, error.span.line, error.span.column, error.source.cut(error.span)) == (f"{path}#p", 2, 27, '"allow"')
