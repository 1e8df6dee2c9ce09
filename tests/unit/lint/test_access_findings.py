"""Access that is wider than it looks: what is found, and what is not."""

from typing import Final

import pytest

from iam2rego.ir.policy import Kind
from tests.unit.lint.checked_statements import Statement, When, allow, deny, found

PASS: Final = "iam:PassRole"
CREATE: Final = "iam:CreateServiceLinkedRole"
ROLES: Final = "arn:aws:iam::*:role/*"
LINKED: Final = "arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*"
GITHUB: Final = "token.actions.githubusercontent.com"
EKS: Final = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"
HOST: Final = "accounts.example.com"
SOURCE: Final = {"ArnLike": {"AWS:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"}}


def issues(*statements: Statement, kind: Kind = Kind.IDENTITY) -> list[str | None]:
    """The issue codes of AWS for the findings of this family that have one, in the order of the places."""
    return [each.aws for each in found(*statements, kind=kind) if each.code.startswith("IAM8") and each.aws]


def codes(*statements: Statement, kind: Kind) -> list[str]:
    return [each.code for each in found(*statements, kind=kind) if each.code.startswith("IAM8")]


def allow_but(actions: str | tuple[str, ...], resources: str, *, named: str = "NotAction", on: str = "Resource") -> Statement:
    return {"Effect": "Allow", named: actions, on: resources}


def trust(provider: str, when: When | None = None, **more: str) -> Statement:
    written = {"Effect": "Allow", "Principal": {"Federated": provider}, "Action": "sts:AssumeRoleWithWebIdentity", **more}
    return {**written, "Condition": when} if when else written


def oidc(host: str, when: When | None = None, **more: str) -> Statement:
    return trust(f"arn:aws:iam::111122223333:oidc-provider/{host}", when, **more)


def github(sub: str, operator: str = "StringLike", **more: str) -> Statement:
    return oidc(GITHUB, {operator: {f"{GITHUB}:sub": sub, **more}})


def serve(when: When | None = None, service: str = "sns.amazonaws.com", effect: str = "Allow") -> Statement:
    written = {"Effect": effect, "Principal": {"Service": service}, "Action": "sqs:SendMessage", "Resource": "*"}
    return {**written, "Condition": when} if when else written


@pytest.mark.parametrize(
    ("statement", "issue"),
    [
        pytest.param(allow(PASS), "STAR_IN_RESOURCE", id="name"),
        pytest.param(allow("IAM:passrole"), "STAR_IN_RESOURCE", id="name-in-another-case"),
        pytest.param(allow(PASS, on=(ROLES,)), "STAR_IN_RESOURCE", id="every-role"),
        pytest.param(allow(PASS, on=("arn:aws:iam::111122223333:role/*",)), "STAR_IN_RESOURCE", id="every-role-of-an-account"),
        pytest.param(allow(PASS, on=("arn:*:iam::*",)), "STAR_IN_RESOURCE", id="short-arn"),
        pytest.param(allow(PASS, on=("arn:aws:iam::*:role/app", "*")), "STAR_IN_RESOURCE", id="one-of-two-resources"),
        pytest.param(allow(PASS, when={"Bool": {"aws:MultiFactorAuthPresent": "true"}}), "STAR_IN_RESOURCE", id="other-condition"),
        pytest.param(allow("*"), "STAR_IN_ACTION_AND_RESOURCE", id="everything"),
        pytest.param(allow("iam:Pass*", on=(ROLES,)), "STAR_IN_ACTION_AND_RESOURCE", id="wildcard"),
        pytest.param(allow("iam:PassRol?"), "STAR_IN_ACTION_AND_RESOURCE", id="question-mark"),
        pytest.param(allow_but(("s3:*", "iam:Get*"), "*"), "STAR_IN_RESOURCE_AND_NOT_ACTION", id="not-action"),
        pytest.param(allow_but(PASS, "arn:aws:s3:::b/*", named="Action", on="NotResource"), "NOT_RESOURCE", id="not-resource"),
        pytest.param(
            allow_but("iam:P*", ROLES + "x", named="Action", on="NotResource"), "STAR_IN_ACTION_AND_NOT_RESOURCE", id="both-stars"
        ),
        pytest.param(allow_but("s3:*", "arn:aws:s3:::b/*", on="NotResource"), "NOT_ACTION_AND_NOT_RESOURCE", id="both-not"),
    ],
)
def test_every_role_may_be_passed(statement: Statement, issue: str) -> None:
    assert [each for each in issues(statement) if "PASS_ROLE" in str(each)] == [f"PASS_ROLE_WITH_{issue}"]


@pytest.mark.parametrize(
    ("statement", "issue"),
    [
        pytest.param(allow(CREATE), "STAR_IN_RESOURCE", id="name"),
        pytest.param(allow(CREATE, on=(ROLES,)), "STAR_IN_RESOURCE", id="every-role"),
        pytest.param(allow("iam:Create*"), "STAR_IN_ACTION_AND_RESOURCE", id="wildcard"),
        pytest.param(allow_but("organizations:*", ROLES), "STAR_IN_RESOURCE_AND_NOT_ACTION", id="not-action"),
        pytest.param(allow_but(CREATE, LINKED, named="Action", on="NotResource"), "NOT_RESOURCE", id="not-resource"),
        pytest.param(allow_but("iam:C*", LINKED, named="Action", on="NotResource"), "STAR_IN_ACTION_AND_NOT_RESOURCE", id="both-stars"),
        pytest.param(allow_but(PASS, LINKED, on="NotResource"), "NOT_ACTION_AND_NOT_RESOURCE", id="both-not"),
    ],
)
def test_every_service_linked_role_may_be_created(statement: Statement, issue: str) -> None:
    assert [each for each in issues(statement) if "CREATE_SLR" in str(each)] == [f"CREATE_SLR_WITH_{issue}"]


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([allow(PASS, CREATE, on=("arn:aws:iam::111122223333:role/app",))], id="one-role"),
        pytest.param([allow("iam:*", on=("arn:aws:iam::*:role/app-*", "arn:aws:iam::*:user/*"))], id="names-that-begin-alike"),
        pytest.param([allow(CREATE, on=(LINKED, "arn:aws:iam::*:role/aws-service-role/*"))], id="service-linked-roles"),
        pytest.param([allow("iam:List*", "s3:*", "iam:PassRoles")], id="other-actions"),
        pytest.param([allow_but(("s3:*", "iam:*"), "*")], id="not-action-with-wildcard"),
        pytest.param([allow_but((PASS, "iam:CreateS*"), LINKED, on="NotResource")], id="not-action-and-not-resource"),
        pytest.param([allow_but("*", ROLES, named="Action", on="NotResource")], id="every-role-is-excluded"),
        pytest.param([allow(PASS, when={"StringEquals": {"iam:passedtoservice": "ec2.amazonaws.com"}})], id="passed-to-a-service"),
        pytest.param([allow(PASS, when={"StringEqualsIfExists": {"iam:PassedToService": "ec2.amazonaws.com"}})], id="if-exists"),
        pytest.param([allow(CREATE, when={"StringLike": {"iam:AWSServiceName": "ecs.amazonaws.com"}})], id="for-a-service"),
        pytest.param([deny("iam:*")], id="deny"),
        pytest.param([allow("*"), deny("iam:P*", CREATE)], id="denied"),
        pytest.param([allow("*"), deny("iam:*", on=(ROLES,))], id="every-role-is-denied"),
        pytest.param(
            [allow_but("s3:*", "arn:aws:s3:::b/*", on="NotResource"), {**allow_but("s3:*", "*"), "Effect": "Deny"}], id="denied-all-but"
        ),
    ],
)
def test_not_every_role(statements: list[Statement]) -> None:
    assert issues(*statements) == []


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(deny("iam:*", on=("arn:aws:iam::*:role/admin",)), id="some-roles"),
        pytest.param(deny("iam:*", when={"Bool": {"aws:MultiFactorAuthPresent": "false"}}), id="sometimes"),
        pytest.param(deny("iam:Get*"), id="other-actions"),
    ],
)
def test_a_deny_of_less_does_not_count(other: Statement) -> None:
    assert issues(allow(PASS), other) == ["PASS_ROLE_WITH_STAR_IN_RESOURCE"]


def test_the_wildcard_of_one_action_does_not_hide_another() -> None:
    assert issues(allow(PASS, "iam:Pass*")) == ["PASS_ROLE_WITH_STAR_IN_RESOURCE", "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE"]


@pytest.mark.parametrize("kind", [Kind.SERVICE_CONTROL, Kind.PERMISSIONS_BOUNDARY, Kind.SESSION])
def test_policies_that_grant_nothing_by_themselves_may_allow_every_role(kind: Kind) -> None:
    assert issues(allow("*"), kind=kind) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        pytest.param(serve(), ["IAM803"], id="no-condition"),
        pytest.param(serve({"StringEquals": {"s3:x-amz-acl": "private"}}), ["IAM803"], id="other-condition"),
        pytest.param({**serve(), "Principal": {"Service": ["sns.amazonaws.com", "s3.amazonaws.com"]}}, ["IAM803"] * 2, id="two"),
        pytest.param({**serve(), "Principal": {"AWS": "111122223333", "Service": "s3.amazonaws.com"}}, ["IAM803"], id="and-an-account"),
        pytest.param(serve(SOURCE), [], id="source-arn"),
        pytest.param(serve({"StringEquals": {"aws:sourceaccount": "111122223333"}}), [], id="source-account"),
        pytest.param(serve({"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}), [], id="source-organization"),
        pytest.param(serve({"ForAnyValue:StringLike": {"aws:SourceOrgPaths": "o-a1b2c3d4e5/*"}}), [], id="source-paths"),
        pytest.param(serve(effect="Deny"), [], id="deny"),
        pytest.param({**serve(), "Principal": {"AWS": "111122223333"}}, [], id="account"),
        pytest.param({**serve(), "Principal": "*"}, ["IAM830"], id="everybody"),
        pytest.param(serve({"StringEquals": {"aws:Referer": "111122223333"}}), ["IAM804", "IAM810"], id="referer"),
        pytest.param(serve({**SOURCE, "StringEquals": {"aws:Referer": "111122223333"}}), ["IAM810"], id="referer-and-source"),
    ],
)
@pytest.mark.parametrize("kind", [Kind.RESOURCE, Kind.QUEUE])
def test_service_without_source(statement: Statement, expected: list[str], kind: Kind) -> None:
    assert codes(statement, kind=kind) == expected


def test_a_service_may_assume_a_role() -> None:
    assert codes({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}, kind=Kind.TRUST) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        pytest.param(oidc(HOST), ["IAM805"], id="no-condition"),
        pytest.param(oidc(HOST, {"StringEquals": {"other.example.com:aud": "app"}}), ["IAM805"], id="key-of-another-host"),
        pytest.param(oidc(HOST, {"StringEquals": {f"{HOST}.evil.com:aud": "app"}}), ["IAM805"], id="longer-host"),
        pytest.param(oidc(HOST, {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}), ["IAM805"], id="other-key"),
        pytest.param(oidc(EKS), ["IAM805"], id="path"),
        pytest.param(trust("cognito-identity.amazonaws.com"), ["IAM805"], id="domain"),
        pytest.param(oidc(HOST, {"StringEquals": {f"{HOST}:aud": "app"}}), [], id="audience"),
        pytest.param(oidc(HOST, {"StringLike": {f"{HOST.upper()}:SUB": "a-*"}}), [], id="subject-in-another-case"),
        pytest.param(oidc(EKS, {"StringEquals": {f"{EKS}:sub": "system:serviceaccount:a:b"}}), [], id="path-and-subject"),
        pytest.param(trust("accounts.google.com", {"StringEquals": {"accounts.google.com:aud": "app"}}), [], id="domain-and-audience"),
        pytest.param(trust("arn:aws:iam::111122223333:saml-provider/ADFS", Action="sts:AssumeRoleWithSAML"), ["IAM834"], id="saml"),
        pytest.param(oidc(HOST, Action="sts:TagSession"), [], id="tags-only"),
        pytest.param(oidc(HOST, Effect="Deny"), [], id="deny"),
        pytest.param({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}, [], id="account"),
    ],
)
def test_provider_without_condition(statement: Statement, expected: list[str]) -> None:
    assert codes(statement, kind=Kind.TRUST) == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        pytest.param(oidc(GITHUB), ["IAM805", "IAM806"], id="no-condition"),
        pytest.param(oidc(GITHUB, {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}), ["IAM806"], id="audience-only"),
        pytest.param(oidc(f"{GITHUB}/octo", {"StringEquals": {f"{GITHUB}/octo:aud": "a"}}), ["IAM806"], id="enterprise"),
        pytest.param(
            oidc(f"{GITHUB}/octo", {"StringEquals": {f"{GITHUB}/octo:sub": "repo:o/r:ref:refs/heads/main"}}), [], id="enterprise-sub"
        ),
        pytest.param(github("repo:octo-org/octo-repo:ref:refs/heads/main", "StringEquals"), [], id="branch"),
        pytest.param(github("repo:octo-org/octo-repo:ref:refs/heads/main"), [], id="like-without-wildcard"),
        pytest.param(github("repo:octo-org/*", "StringEquals"), [], id="no-wildcard-without-like"),
        pytest.param(github("repo:octo-org/*"), ["IAM807"], id="organization"),
        pytest.param(github("repo:octo-org/octo-repo:*"), ["IAM807"], id="repository"),
        pytest.param(github("repo:octo-org/octo-repo:ref:refs/heads/release-?"), ["IAM807"], id="question-mark"),
        pytest.param(github("repo:octo-org/*", "ForAnyValue:StringLikeIfExists"), ["IAM807"], id="set-operator"),
        pytest.param(github("repo:octo-org/*", **{f"{GITHUB}:ref": "refs/heads/main"}), [], id="ref"),
        pytest.param(github("repo:octo-org/r:*", **{f"{GITHUB}:aud": "sts.amazonaws.com"}), ["IAM807"], id="and-audience"),
        pytest.param(oidc(HOST, {"StringLike": {f"{HOST}:sub": "*"}}), [], id="other-provider"),
        pytest.param(oidc("zoo.example.com", {"StringLike": {f"{GITHUB}:sub": "*"}}), ["IAM805"], id="key-of-github"),
    ],
)
def test_github(statement: Statement, expected: list[str]) -> None:
    assert codes(statement, kind=Kind.TRUST) == expected


@pytest.mark.parametrize(
    ("operator", "key", "expected"),
    [
        pytest.param("ForAnyValue:StringEquals", f"{HOST}:aud", ["IAM808"], id="any"),
        pytest.param("ForAnyValue:StringLikeIfExists", f"{HOST}:AUD", ["IAM808"], id="any-if-exists"),
        pytest.param("ForAllValues:StringEquals", f"{HOST}:aud", ["IAM809"], id="all"),
        pytest.param("StringEquals", f"{HOST}:aud", [], id="plain"),
        pytest.param("ForAnyValue:StringLike", f"{HOST}:amr", [], id="other-claim"),
    ],
)
def test_audience(operator: str, key: str, expected: list[str]) -> None:
    assert codes(oidc(HOST, {operator: {key: "app"}}), kind=Kind.TRUST) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        pytest.param({"StringEquals": {"aws:UserAgent": "my-app"}}, ["IAM810"], id="user-agent"),
        pytest.param({"StringNotLike": {"AWS:referer": "https://example.com/*"}}, ["IAM810"], id="referer"),
        pytest.param({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}, [], id="organization"),
        pytest.param({"IpAddress": {"aws:VpcSourceIp": "10.1.0.0/16"}}, ["IAM811"], id="address-only"),
        pytest.param({"NotIpAddress": {"aws:vpcsourceip": "10.1.0.0/16"}}, ["IAM811"], id="negated"),
        pytest.param({"IpAddress": {"aws:VpcSourceIp": "10.1.0.0/16", "aws:SourceIp": "203.0.113.0/24"}}, ["IAM811"], id="another-address"),
        pytest.param({"IpAddress": {"aws:VpcSourceIp": "10.1.0.0/16"}, "StringEquals": {"aws:SourceVPC": "vpc-11223344"}}, [], id="vpc"),
        pytest.param({"IpAddress": {"aws:VpcSourceIp": "10.1.0.0/16"}, "StringLike": {"aws:SourceVpce": "vpce-1"}}, [], id="endpoint"),
        pytest.param(
            {"IpAddress": {"aws:VpcSourceIp": "10.1.0.0/16"}, "ArnLike": {"aws:SourceVpcArn": "arn:aws:ec2:*:*:vpc/vpc-1"}}, [], id="arn"
        ),
        pytest.param({"StringEquals": {"aws:SourceVpc": "vpc-11223344"}}, [], id="vpc-only"),
    ],
)
@pytest.mark.parametrize("effect", ["Allow", "Deny"])
def test_keys_that_say_too_little(when: When, expected: list[str], effect: str) -> None:
    statement = {"Effect": effect, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": when}
    assert codes(statement, kind=Kind.IDENTITY) == codes({**statement, "Principal": {"AWS": "111122223333"}}, kind=Kind.BUCKET) == expected
