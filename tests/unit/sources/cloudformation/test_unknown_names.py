"""Names that nothing tells, where a check goes on: without their policies, or with names that are invented."""

from pathlib import Path
from typing import Any

import pytest

from iam2rego.sources import load
from iam2rego.sources.stacks import ASSUMED
from iam2rego.sources.values import value_of
from iam2rego.sources.wanted import wanted_names
from tests.support.checks import look
from tests.unit.sources.cloudformation.made import ACCOUNT, allow, extracted, looked, managed, resource, role, write

ASSUMING = {ASSUMED: ""}


def resolved(folder: Path, value: object, **sections: Any) -> object:
    """Return what a value in a policy becomes where names are invented."""
    others = sections.pop("resources", {})
    extract, problems = extracted(write(folder, {"Resources": {"P": managed(allow(value)), **others}, **sections}), **ASSUMING)
    assert [each.message for each in problems if each.level == "error"] == []
    document: Any = value_of(extract.documents[0].node)
    return document["Statement"][0]["Resource"]


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        pytest.param({"Ref": "B"}, "B", id="resource"),
        pytest.param({"Fn::GetAtt": ["B", "Arn"]}, "arn:aws:s3:::B", id="arn"),
        pytest.param({"Fn::GetAtt": ["V", "FileArn"]}, "arn:aws:efs:us-east-1:123456789012:V", id="arn-of-another-form"),
        pytest.param({"Fn::GetAtt": ["V", "Id"]}, "V", id="attribute"),
        pytest.param({"Ref": "Stage"}, "Stage", id="parameter"),
        pytest.param({"Ref": "AWS::AccountId"}, "123456789012", id="account"),
        pytest.param({"Ref": "AWS::Partition"}, "aws", id="partition"),
        pytest.param({"Fn::ImportValue": "vpc"}, "vpc", id="import"),
        pytest.param("{{resolve:ssm:/a/b}}", "/a/b", id="ssm"),
    ],
)
def test_invented_names(value: object, becomes: str, tmp_path: Path) -> None:
    others = {"B": resource("AWS::S3::Bucket"), "V": resource("AWS::EFS::FileSystem")}
    assert resolved(tmp_path, value, resources=others, Parameters={"Stage": {"Type": "String"}}) == becomes


def test_a_notice_counts_the_invented_names(tmp_path: Path) -> None:
    path = write(tmp_path, {"Resources": {"R": role(), "P": managed(allow({"Fn::GetAtt": ["R", "Arn"]}))}})
    notices = [each.message for each in look([path], parameters=ASSUMING).findings if each.code == "IAM627"]
    assert notices == ["2 policies, 4 names are invented"]
    (principal,) = load([path], parameters=ASSUMING).policies.attachments.principals
    assert principal.arn == "arn:aws:iam::123456789012:role/R"


def test_a_told_name_is_not_invented(tmp_path: Path) -> None:
    path = write(tmp_path, {"Resources": {"R": role(RoleName="r")}})
    (principal,) = load([path], parameters={**ASSUMING, **ACCOUNT}).policies.attachments.principals
    assert principal.arn == "arn:aws:iam::111122223333:role/r"


def test_a_partial_check(tmp_path: Path) -> None:
    path = write(tmp_path, {"Resources": {"P": managed(allow({"Ref": "Q"})), "Q": resource("AWS::SQS::Queue"), "N": managed(allow())}})
    whole, partial = look([path]), look([path], partial=True)
    assert [each.level for found in (whole, partial) for each in found.findings if each.code == "IAM620"] == ["error", "notice"]
    assert [[each.name for each in found.policies] for found in (whole, partial)] == [["t/N"], ["t/N"]]
    assert (whole.attachments is None, partial.attachments is None) == (True, False)


def test_a_partial_check_without_any_policy_left(tmp_path: Path) -> None:
    one = write(tmp_path, {"Resources": {"P": managed(allow({"Ref": "Q"})), "Q": resource("AWS::SQS::Queue")}}, "one.json")
    other = write(tmp_path, {"Resources": {"R": role(RoleName="r")}}, "other.json")
    assert not [each for each in look([one, other], partial=True, parameters=ACCOUNT).findings if each.level == "error"]


@pytest.mark.parametrize(
    ("condition", "partial", "codes"),
    [
        pytest.param(["a", "b"], False, ["IAM624", "IAM627"], id="not-created"),
        pytest.param(["a", {"Ref": "Env"}], True, ["IAM620", "IAM627"], id="partial"),
    ],
)
@pytest.mark.parametrize("kind", ["policy", "permission"])
def test_a_check_says_why_no_policy_is_left(condition: object, partial: bool, codes: list[str], kind: str, tmp_path: Path) -> None:
    made = {
        "policy": resource("AWS::IAM::ManagedPolicy", "C", PolicyDocument=allow()),
        "permission": resource("AWS::Lambda::Permission", "C", FunctionName="f", Action="lambda:InvokeFunction", Principal="111122223333"),
    }
    sections = {"Parameters": {"Env": {"Type": "String"}}, "Conditions": {"C": {"Fn::Equals": condition}}}
    found = look([write(tmp_path, {**sections, "Resources": {"P": made[kind]}})], partial=partial)
    assert [(each.code, each.level) for each in found.findings] == [(code, "notice") for code in sorted(codes, reverse=True)]
    (sums,) = (each.message for each in found.findings if each.code == "IAM627")
    assert sums == ("1 policy, 1 need names" if partial else "1 policy, 1 not created")


def test_the_target_of_a_policy_that_needs_a_name_is_wanted_too(tmp_path: Path) -> None:
    arn = {"Fn::GetAtt": ["F", "Arn"]}
    permission = resource(
        "AWS::Lambda::Permission", FunctionName=arn, Action="lambda:InvokeFunction", Principal="s3.amazonaws.com", SourceArn={"Ref": "A"}
    )
    key = resource("AWS::KMS::Key", KeyPolicy=allow({"Ref": "A"}))
    template = {
        "Parameters": {"A": {"Type": "String"}},
        "Resources": {"P": permission, "K": key, "F": resource("AWS::Lambda::Function")},
    }
    path = write(tmp_path, template)
    assert {each.name for each in wanted_names([path], ACCOUNT)} == {"A", "F.Arn", "K", "K.Arn"}
    assert "IAM625" not in {each.code for each in looked(path, **ACCOUNT).findings}, "what needs a name is told of once"
