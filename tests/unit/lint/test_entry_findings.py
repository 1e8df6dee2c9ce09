"""Findings about entries, statements and access: policies that have them, and the most similar ones that have not."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import pytest

from iam2rego.ir.policy import Kind
from tests.unit.lint.checked_statements import Statement, When, allow, deny, found

Principal: TypeAlias = str | Mapping[str, Any]

ACCOUNT: Final = "111122223333"
SAML: Final = f"arn:aws:iam::{ACCOUNT}:saml-provider/ADFS"
OIDC: Final = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.example.com"
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/r"
SESSION: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/r/s"
ANYWHERE: Final = {"Service": "rolesanywhere.amazonaws.com"}
USER: Final = "AIDACKCEVSQ6C2EXAMPLE"


def codes(*statements: Statement, kind: Kind = Kind.IDENTITY) -> list[str]:
    return [each.code for each in found(*statements, kind=kind)]


def issues(*statements: Statement, kind: Kind = Kind.IDENTITY) -> list[str | None]:
    return [each.aws for each in found(*statements, kind=kind)]


def on_resource(arn: str) -> Statement:
    return allow("sqs:SendMessage", on=(arn,))


def about(principal: Principal, *, when: When | None = None, member: str = "Principal", effect: str = "Allow") -> Statement:
    condition = {"Condition": when} if when else {}
    return {"Effect": effect, member: principal, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", **condition}


def trust(principal: Principal, *actions: str, member: str = "Principal", effect: str = "Allow") -> Statement:
    return {"Effect": effect, member: principal, "Action": actions}


@pytest.mark.parametrize(
    ("account", "wrong"),
    [
        pytest.param("12345", True, id="short"),
        pytest.param("1111222233334", True, id="long"),
        pytest.param("1111-2222-3333", True, id="hyphens"),
        pytest.param("account-id", True, id="placeholder"),
        pytest.param("AWS", True, id="upper-case"),
        pytest.param("cloudfront", True, id="owner-of-another-service"),
        pytest.param(ACCOUNT, False, id="twelve"),
        pytest.param("", False, id="empty"),
        pytest.param("aws", False, id="owned-by-aws"),
        pytest.param("*", False, id="star"),
        pytest.param("1111????3333", False, id="question-marks"),
        pytest.param("${aws:PrincipalAccount}", False, id="variable"),
    ],
)
def test_the_account_of_an_arn(account: str, wrong: bool) -> None:
    assert ("IAM218" in codes(on_resource(f"arn:aws:sqs:us-east-1:{account}:q"))) == wrong


def test_services_have_words_in_place_of_an_account() -> None:
    assert "IAM218" not in codes(on_resource("arn:aws:iam::cloudfront:user/u"), on_resource("arn:aws:mediaconnect:us-east-1:offering:o"))


def test_the_account_of_an_excluded_resource() -> None:
    assert "IAM218" in codes({"Effect": "Allow", "Action": "sqs:*", "NotResource": "arn:aws:sqs:us-east-1:12345:q"})


@pytest.mark.parametrize(
    ("partition", "wrong"),
    [
        pytest.param("awss", True, id="misspelled"),
        pytest.param("AWS", True, id="upper-case"),
        pytest.param("aws-gov", True, id="almost"),
        pytest.param("aws", False, id="commercial"),
        pytest.param("aws-us-gov", False, id="government"),
        pytest.param("aws-eusc", False, id="sovereign"),
        pytest.param("aws*", False, id="star"),
        pytest.param("*", False, id="any"),
        pytest.param("${aws:PrincipalTag/p}", False, id="variable"),
    ],
)
def test_the_partition_of_an_arn(partition: str, wrong: bool) -> None:
    assert ("IAM219" in codes(on_resource(f"arn:{partition}:sqs:us-east-1:{ACCOUNT}:q"))) == wrong


@pytest.mark.parametrize(
    ("service", "wrong"),
    [
        pytest.param("S3", True, id="upper-case"),
        pytest.param("DynamoDB", True, id="as-in-its-name"),
        pytest.param("s3", False, id="lower-case"),
        pytest.param("Nothing", False, id="no-service"),
        pytest.param("S*", False, id="star"),
    ],
)
def test_the_case_of_a_service(service: str, wrong: bool) -> None:
    assert ("IAM220" in codes(allow("s3:GetObject", on=(f"arn:aws:{service}:::b/*",)))) == wrong


@pytest.mark.parametrize(
    ("principal", "issue"),
    [
        pytest.param({"AWS": "AROADBQP57FF2AEXAMPLE"}, "INVALID_ROLE_REFERENCE", id="role"),
        pytest.param({"AWS": [ROLE, USER]}, "INVALID_USER_REFERENCE", id="user"),
        pytest.param({"AWS": ROLE}, None, id="arn"),
        pytest.param({"AWS": ACCOUNT}, None, id="account"),
        pytest.param({"CanonicalUser": "AIDA0123456789"}, None, id="canonical-user"),
    ],
)
def test_unique_ids_as_principals(principal: Principal, issue: str | None) -> None:
    assert issues(about(principal), kind=Kind.RESOURCE) == ([issue] if issue else [])


@pytest.mark.parametrize(
    ("principal", "action", "wrong"),
    [
        pytest.param({"Federated": SAML}, "sts:AssumeRoleWithWebIdentity", True, id="saml-as-web"),
        pytest.param({"Federated": OIDC}, "sts:AssumeRoleWithSAML", True, id="web-as-saml"),
        pytest.param({"Federated": "accounts.google.com"}, "sts:AssumeRoleWithSAML", True, id="domain-as-saml"),
        pytest.param({"Federated": [SAML, OIDC]}, "sts:AssumeRole", True, id="only-federated"),
        pytest.param({"AWS": ACCOUNT}, "STS:assumeRoleWithSAML", True, id="account-as-saml"),
        pytest.param({"Service": "ec2.amazonaws.com"}, "sts:AssumeRoleWithWebIdentity", True, id="service-as-web"),
        pytest.param({"Federated": SAML}, "sts:AssumeRoleWithSAML", False, id="saml"),
        pytest.param({"Federated": OIDC}, "sts:AssumeRoleWithWebIdentity", False, id="web"),
        pytest.param({"Federated": "cognito-identity.amazonaws.com"}, "sts:AssumeRoleWithWebIdentity", False, id="domain"),
        pytest.param({"AWS": ACCOUNT, "Federated": SAML}, "sts:AssumeRole", False, id="one-of-two"),
        pytest.param({"AWS": ACCOUNT, "Federated": SAML}, "sts:AssumeRoleWithSAML", False, id="other-of-two"),
        pytest.param("*", "sts:AssumeRoleWithSAML", False, id="everybody"),
        pytest.param({"Federated": SAML}, "sts:TagSession", False, id="other-action"),
        pytest.param({"Federated": SAML}, "sts:AssumeRole*", False, id="wildcard"),
    ],
)
def test_an_action_that_no_principal_can_use(principal: Principal, action: str, wrong: bool) -> None:
    assert ("IAM222" in codes(trust(principal, action), kind=Kind.TRUST)) == wrong


def test_excepted_principals_may_use_any_action() -> None:
    assert "IAM222" not in codes(trust({"Federated": SAML}, "sts:AssumeRole", member="NotPrincipal", effect="Deny"), kind=Kind.TRUST)
    assert "IAM222" not in codes({"Effect": "Deny", "Principal": {"Federated": SAML}, "NotAction": "sts:AssumeRole"}, kind=Kind.TRUST)


@pytest.mark.parametrize(
    ("statements", "wrong"),
    [
        pytest.param([trust(ANYWHERE, "sts:AssumeRole")], True, id="one"),
        pytest.param([trust(ANYWHERE, "sts:AssumeRole", "sts:TagSession")], True, id="two"),
        pytest.param([trust(ANYWHERE, "sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession")], False, id="three"),
        pytest.param([trust(ANYWHERE, "sts:assume*", "STS:SetSourceIdentity", "sts:Tag*")], False, id="patterns"),
        pytest.param([trust(ANYWHERE, "sts:*")], False, id="all"),
        pytest.param([trust(ANYWHERE, "sts:AssumeRole"), trust(ANYWHERE, "sts:SetSourceIdentity", "sts:TagSession")], False, id="apart"),
        pytest.param([trust({"Service": "ec2.amazonaws.com"}, "sts:AssumeRole")], False, id="other-service"),
        pytest.param([trust(ANYWHERE, "sts:AssumeRole", effect="Deny")], False, id="denied"),
    ],
)
def test_what_roles_anywhere_needs(statements: list[Statement], wrong: bool) -> None:
    assert codes(*statements, kind=Kind.TRUST).count("IAM224") == wrong


@pytest.mark.parametrize(
    ("principals", "redundant"),
    [
        pytest.param([ROLE, SESSION], 1, id="same-role"),
        pytest.param([SESSION, ROLE.replace("role/r", "role/team/r"), f"{SESSION}2"], 2, id="role-with-path"),
        pytest.param([ROLE, SESSION.replace("/r/", "/other/")], 0, id="other-role"),
        pytest.param([ROLE, SESSION.replace(ACCOUNT, "444455556666")], 0, id="other-account"),
        pytest.param([ROLE, SESSION.replace("arn:aws:", "arn:aws-cn:")], 0, id="other-partition"),
        pytest.param([SESSION], 0, id="session"),
        pytest.param([ACCOUNT, SESSION], 0, id="account"),
    ],
)
def test_a_session_beside_its_role(principals: list[str], redundant: int) -> None:
    assert codes(trust({"AWS": principals}, "sts:AssumeRole"), kind=Kind.TRUST).count("IAM225") == redundant


def test_who_is_excepted_must_be_named_with_role_and_session() -> None:
    assert "IAM225" not in codes(trust({"AWS": [ROLE, SESSION]}, "sts:*", member="NotPrincipal", effect="Deny"), kind=Kind.TRUST)
    assert "IAM225" not in codes(about({"AWS": [ROLE, SESSION]}), kind=Kind.RESOURCE)


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


@pytest.mark.parametrize(
    ("operator", "key", "value", "wrong"),
    [
        pytest.param("StringLike", "aws:PrincipalAccount", "1111*", True, id="account"),
        pytest.param("StringNotLikeIfExists", "AWS:resourceorgid", "o-?", True, id="case"),
        pytest.param("ForAnyValue:StringLike", "aws:SourceVpce", ["vpce-1", "*"], True, id="one-of-two"),
        pytest.param("StringLike", "aws:userid", "*", True, id="any-caller"),
        pytest.param("StringLike", "aws:userid", "AIDA*", True, id="no-colon"),
        pytest.param("StringLike", "aws:userid", "AROA*:ann", True, id="before-the-colon"),
        pytest.param("StringLike", "aws:userid", "*A:ann", True, id="in-front"),
        pytest.param("StringLike", "aws:userid", f"{USER}:*", False, id="after-the-colon"),
        pytest.param("StringLike", "aws:userid", "*:ann", False, id="alone-before-the-colon"),
        pytest.param("StringLike", "aws:PrincipalAccount", ACCOUNT, False, id="whole"),
        pytest.param("StringEquals", "aws:PrincipalAccount", "1111*", False, id="no-wildcard"),
        pytest.param("StringLike", "aws:PrincipalTag/a", "1*", False, id="other-key"),
        pytest.param("ArnLike", "aws:SourceArn", "arn:aws:s3:::*", False, id="arn"),
    ],
)
def test_wildcard_in_a_sensitive_key(operator: str, key: str, value: object, wrong: bool) -> None:
    assert ("IAM812" in codes(allow("s3:GetObject", when={operator: {key: value}}))) == wrong


@pytest.mark.parametrize(
    ("key", "value", "wrong"),
    [
        pytest.param("aws:PrincipalAccount", "${aws:PrincipalTag/account}", True, id="tag"),
        pytest.param("aws:SourceVpc", "vpc-${aws:username}", True, id="part"),
        pytest.param("aws:SourceVpce", "${aws:SourceVpce, 'none'}", True, id="default"),
        pytest.param("aws:userid", "${aws:PrincipalTag/id}", True, id="caller"),
        pytest.param("aws:userid", "AROA${aws:PrincipalTag/id}:ann", True, id="before-the-colon"),
        pytest.param("aws:userid", "AROADBQP57FF2AEXAMPLE:${aws:PrincipalTag/name}", False, id="after-the-colon"),
        pytest.param("aws:ResourceAccount", "${aws:PrincipalAccount}", False, id="account"),
        pytest.param("aws:ResourceOrgID", "${AWS:principalorgid}", False, id="organization"),
        pytest.param("aws:SourceVpc", "${aws:Ec2InstanceSourceVpc}", False, id="network"),
        pytest.param("aws:PrincipalTag/a", "${aws:ResourceTag/a}", False, id="other-key"),
    ],
)
def test_variable_in_a_sensitive_key(key: str, value: str, wrong: bool) -> None:
    assert ("IAM813" in codes(allow("s3:GetObject", when={"StringEquals": {key: value}}))) == wrong


@pytest.mark.parametrize(
    ("operator", "in_allow", "in_deny"),
    [
        pytest.param("StringLike", False, True, id="like"),
        pytest.param("StringEquals", False, True, id="equals"),
        pytest.param("StringEqualsIgnoreCaseIfExists", False, True, id="ignoring-case"),
        pytest.param("StringNotLike", True, False, id="not-like"),
        pytest.param("StringNotEqualsIfExists", True, False, id="not-equals"),
        pytest.param("Null", False, False, id="null"),
    ],
)
def test_prefixes_that_are_excluded(operator: str, in_allow: bool, in_deny: bool) -> None:
    when = {operator: {"S3:prefix": "true"}}
    assert ("IAM814" in codes(allow("s3:ListBucket", when=when))) == in_allow
    assert ("IAM814" in codes(deny("s3:ListBucket", when=when))) == in_deny


def test_other_keys_may_exclude() -> None:
    assert "IAM814" not in codes(deny("s3:ListBucket", when={"StringLike": {"s3:delimiter": "/"}}))


@pytest.mark.parametrize(
    ("select", "wrong"),
    [
        pytest.param({}, True, id="missing"),
        pytest.param({"StringEquals": {"dynamodb:Select": "ALL_ATTRIBUTES"}}, True, id="all"),
        pytest.param({"StringEquals": {"dynamodb:Select": ["SPECIFIC_ATTRIBUTES", "COUNT"]}}, True, id="more"),
        pytest.param({"StringNotEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}}, True, id="negated"),
        pytest.param({"StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}}, False, id="specific"),
        pytest.param({"StringEqualsIfExists": {"DynamoDB:select": ["SPECIFIC_ATTRIBUTES"]}}, False, id="if-exists"),
    ],
)
def test_attributes_of_dynamodb(select: Mapping[str, Any], wrong: bool) -> None:
    when = {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["id"]}, **select}
    assert ("IAM815" in codes(allow("dynamodb:GetItem", when=when))) == wrong


def guardrail(when: Mapping[str, Any]) -> Statement:
    return {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": when}


OF_OTHERS: Final = {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a"}}
FROM_OTHERS: Final = {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a"}}
NO_SERVICE: Final = {"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}
SERVICE: Final = {"Bool": {"aws:PrincipalIsAWSService": "true"}}
PRESENT: Final = {"Null": {"aws:SourceAccount": "false"}}
PRINCIPAL: Final = "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY"
CALLING: Final = "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY"
UNTOLD: Final = "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK"


@pytest.mark.parametrize(
    ("when", "told"),
    [
        pytest.param(OF_OTHERS, {PRINCIPAL}, id="principal"),
        pytest.param({**OF_OTHERS, **SERVICE}, {PRINCIPAL}, id="principal-and-service"),
        pytest.param({"ArnNotLike": {"aws:PrincipalArn": ROLE}}, {PRINCIPAL}, id="arn"),
        pytest.param({"ForAllValues:StringNotLike": {"aws:PrincipalOrgPaths": "o-a/*"}}, {PRINCIPAL}, id="paths"),
        pytest.param({**OF_OTHERS, **NO_SERVICE}, set(), id="principal-no-service"),
        pytest.param(FROM_OTHERS, {CALLING, UNTOLD}, id="source"),
        pytest.param({**FROM_OTHERS, **PRESENT}, {CALLING}, id="source-present"),
        pytest.param({**FROM_OTHERS, **SERVICE}, {UNTOLD}, id="source-service"),
        pytest.param({**FROM_OTHERS, **SERVICE, "Null": {"aws:SourceAccount": "true"}}, {UNTOLD}, id="source-missing"),
        pytest.param({**FROM_OTHERS, **SERVICE, **PRESENT}, set(), id="source-present-service"),
        pytest.param({**FROM_OTHERS, **SERVICE, "Null": {"aws:SourceArn": "false"}}, set(), id="arn-present-service"),
        pytest.param({**PRESENT}, set(), id="present"),
        pytest.param({"Bool": {"aws:SecureTransport": "false"}}, set(), id="other-key"),
    ],
)
def test_guardrails_on_services(when: Mapping[str, Any], told: set[str]) -> None:
    assert set(issues(guardrail(when), kind=Kind.RESOURCE_CONTROL)) & {PRINCIPAL, CALLING, UNTOLD} == told


def test_other_denials_of_strangers_are_no_guardrails() -> None:
    assert "IAM820" not in codes(deny("s3:*", when=OF_OTHERS), kind=Kind.SERVICE_CONTROL)
