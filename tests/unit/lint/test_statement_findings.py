"""Findings about statements: policies that have them, and the most similar ones that do not."""

from typing import Final

import pytest

from iam2rego.ir.policy import Kind
from tests.unit.lint.checked_statements import Principal, Statement, When, about, allow, codes, found

ACCOUNT: Final = "111122223333"
QUEUE: Final = f"arn:aws:sqs:us-east-1:{ACCOUNT}:q"
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/r"


def redundant(code: str, *statements: Statement) -> list[str]:
    return [each.message.split(" is redundant")[0].strip("`") for each in found(*statements) if each.code == code]


@pytest.mark.parametrize(
    ("actions", "covered"),
    [
        pytest.param(["iam:Get*", "iam:List*", "iam:GetCredentialReport"], ["iam:GetCredentialReport"], id="A3/pattern"),
        pytest.param(["iam:GetRole", "IAM:getrole"], ["IAM:getrole"], id="A4/case"),
        pytest.param(["iam:GetRole", "*"], ["iam:GetRole"], id="A3/anything"),
        pytest.param(["iam:Get*", "iam:Get*Role", "iam:GetRole"], ["iam:Get*Role", "iam:GetRole"], id="A3/one-in-another"),
        pytest.param(["*", "*:*"], ["*:*"], id="A1/same"),
        pytest.param(["iam:Get**", "iam:Get*"], ["iam:Get*"], id="A3/same"),
        pytest.param(["iam:GetRol?", "iam:GetRole"], ["iam:GetRole"], id="A3/character"),
        pytest.param(["iam:Get*", "iam:*Role", "iam:PassRole?"], [], id="A3/overlap"),
        pytest.param(["iam:GetRole", "iam:GetRolePolicy"], [], id="A3/literal"),
    ],
)
def test_redundant_action(actions: list[str], covered: list[str]) -> None:
    assert redundant("IAM504", allow(*actions)) == covered


def test_redundant_exclusions() -> None:
    assert redundant("IAM504", {"Effect": "Deny", "NotAction": ["iam:*", "iam:GetRole"], "Resource": "*"}) == ["iam:GetRole"]
    assert redundant("IAM505", {"Effect": "Deny", "Action": "s3:*", "NotResource": ["arn:aws:s3:::b*", "arn:aws:s3:::b/*"]}) == [
        "arn:aws:s3:::b/*"
    ]


@pytest.mark.parametrize(
    ("resources", "covered"),
    [
        pytest.param(["arn:aws:s3:::b*", "arn:aws:s3:::b/*", "arn:aws:s3:::c"], ["arn:aws:s3:::b/*"], id="R6/slash"),
        pytest.param(["arn:aws:s3:::b", "arn:aws:s3:::b"], ["arn:aws:s3:::b"], id="R6/twice"),
        pytest.param(["arn:aws:s3:::b", "*"], ["arn:aws:s3:::b"], id="R2/anything"),
        pytest.param(["arn:aws:s3:::home/*", "arn:aws:s3:::home/${aws:username}"], ["arn:aws:s3:::home/${aws:username}"], id="V7/variable"),
        pytest.param(["arn:aws:s3:::b", "arn:aws:s3:::B"], [], id="R8/case"),
        pytest.param(["arn:aws:s3:::b", "arn:aws:s3:::b/*"], [], id="R6/objects"),
        pytest.param(["arn:aws:sqs:us-*:*:q", "arn:aws:sqs:*:111122223333:q"], [], id="R6/overlap"),
        pytest.param(["arn:aws:s3:::home/${aws:username}", "arn:aws:s3:::home/ann"], [], id="V7/value"),
    ],
)
def test_redundant_resource(resources: list[str], covered: list[str]) -> None:
    assert redundant("IAM505", allow("s3:*", on=tuple(resources))) == covered


@pytest.mark.parametrize(
    ("short", "kind", "covered"),
    [
        pytest.param("arn:aws:sqs", Kind.IDENTITY, [QUEUE], id="R5/identity"),
        pytest.param("arn:aws:sqs", Kind.RESOURCE, [], id="R5/resource"),
        pytest.param("arn:aws:sqs", Kind.QUEUE, [], id="R5/queue"),
        pytest.param("arn:aws:sqs", Kind.VPC_ENDPOINT, [], id="R5/endpoint"),
        pytest.param("arn:aws:sqs", Kind.SERVICE_CONTROL, [], id="R5/service-control"),
        pytest.param("arn:*:sqs", Kind.RESOURCE, [QUEUE], id="R5/resource-with-a-star"),
        pytest.param("arn:*:sqs", Kind.SERVICE_CONTROL, [], id="R5/service-control-with-a-star"),
        pytest.param("arn:aws:sqs:*", Kind.SERVICE_CONTROL, [QUEUE], id="R5/service-control-with-a-star-at-the-end"),
        pytest.param("arn:aws:sqs:${aws:username}", Kind.RESOURCE, [], id="R5/resource-with-a-variable"),
    ],
)
def test_a_short_arn_covers_what_it_matches_in_this_type_of_policy(short: str, kind: Kind, covered: list[str]) -> None:
    named = {"Principal": {"AWS": ACCOUNT}} if kind in (Kind.RESOURCE, Kind.QUEUE, Kind.VPC_ENDPOINT) else {}
    statement = {**allow("sqs:*", on=(short, QUEUE)), **named}
    assert [each.message.split("`")[1] for each in found(statement, kind=kind) if each.code == "IAM505"] == covered


def test_an_exclusion_by_variable_counts_where_it_has_no_value() -> None:
    resources = ["arn:aws:s3:::home/*", "arn:aws:s3:::home/${aws:username}"]
    assert redundant("IAM505", {"Effect": "Allow", "Action": "s3:*", "NotResource": resources}) == []


@pytest.mark.parametrize(
    ("key", "actions", "wrong"),
    [
        pytest.param("iam:PassedToService", ["iam:GetRole"], True, id="other-action"),
        pytest.param("IAM:associatedresourcearn", ["iam:CreateRole"], True, id="case"),
        pytest.param("iam:AWSServiceName", ["iam:PassRole"], True, id="service-linked"),
        pytest.param("iam:PassedToService", ["iam:GetRole", "IAM:passrole"], False, id="among-others"),
        pytest.param("iam:PassedToService", ["iam:Pass*"], False, id="pattern"),
        pytest.param("iam:AWSServiceName", ["*"], False, id="all"),
        pytest.param("iam:AWSServiceName", ["iam:CreateServiceLinkedRole"], False, id="right"),
        pytest.param("iam:ResourceTag/a", ["iam:GetRole"], False, id="other-key"),
    ],
)
def test_a_key_without_its_action(key: str, actions: list[str], wrong: bool) -> None:
    assert ("IAM522" in codes(allow(*actions, when={"StringLike": {key: "a"}}))) == wrong


def test_a_key_whose_action_is_excluded() -> None:
    when = {"StringLike": {"iam:PassedToService": "a"}}
    assert "IAM522" in codes({"Effect": "Deny", "NotAction": "iam:PassRole", "Resource": "*", "Condition": when})
    assert "IAM522" not in codes({"Effect": "Deny", "NotAction": "iam:GetRole", "Resource": "*", "Condition": when})


@pytest.mark.parametrize(
    ("principal", "when", "wrong"),
    [
        pytest.param({"Service": "cloudfront.amazonaws.com"}, {"StringEquals": {"aws:PrincipalOrgID": "o-a"}}, True, id="organization"),
        pytest.param(
            {"Service": ["sns.amazonaws.com", "sqs.amazonaws.com"]}, {"StringLike": {"AWS:principalaccount": ACCOUNT}}, True, id="two"
        ),
        pytest.param({"Service": "s3.amazonaws.com"}, {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a/*"}}, True, id="paths"),
        pytest.param({"Service": "s3.amazonaws.com"}, {"ArnLike": {"aws:PrincipalArn": ROLE}}, True, id="arn"),
        pytest.param({"Service": "s3.amazonaws.com"}, {"StringEquals": {"aws:SourceOrgID": "o-a"}}, False, id="source"),
        pytest.param(
            {"Service": "s3.amazonaws.com", "AWS": ACCOUNT}, {"StringEquals": {"aws:PrincipalOrgID": "o-a"}}, False, id="others-too"
        ),
        pytest.param({"AWS": ACCOUNT}, {"StringEquals": {"aws:PrincipalOrgID": "o-a"}}, False, id="account"),
    ],
)
def test_a_key_that_services_lack(principal: Principal, when: When, wrong: bool) -> None:
    assert ("IAM527" in codes(about(principal, when=when), kind=Kind.RESOURCE)) == wrong


def test_a_key_that_excepted_services_lack() -> None:
    services = {"Service": "s3.amazonaws.com"}
    excepted = about(services, when={"StringEquals": {"aws:PrincipalOrgID": "o-a"}}, member="NotPrincipal", effect="Deny")
    assert "IAM527" not in codes(excepted, kind=Kind.RESOURCE)


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        pytest.param("aws:PrincipalOrg", "did you mean `aws:PrincipalOrgID`?", id="C25/misspelled"),
        pytest.param("aws:PrincipalTags/team", "did you mean `aws:PrincipalTag/team`?", id="C25/tag"),
        pytest.param("AWS:zzzzz", "the IAM User Guide lists all global condition keys", id="C25/unlike-all"),
        pytest.param("AWS:principalORGid", "", id="C2/case"),
        pytest.param("aws:RequestTag/Team", "", id="C25/tag-of-the-request"),
        pytest.param("aws:PrincipalOrgMasterAccountId", "", id="C26/undocumented"),
        pytest.param("aws:ResourceTag", "", id="C25/tag-without-name"),
        pytest.param("token.example.com:aws:x", "", id="C25/other-prefix"),
    ],
)
def test_unknown_global_key(key: str, hint: str) -> None:
    told = [each for each in found(allow("s3:GetObject", when={"StringEquals": {key: "o-a"}})) if each.code == "IAM520"]
    assert [each.hint for each in told] == ([hint] if hint else [])
    assert {each.aws for each in told} <= {"INVALID_GLOBAL_CONDITION_KEY"}
