"""Findings about entries: policies that have them, and the most similar ones that do not."""

from typing import Final

import pytest

from iam2rego.ir.policy import Kind
from tests.unit.lint.checked_statements import Principal, Statement, about, allow, among, codes, issues

ACCOUNT: Final = "111122223333"
SAML: Final = f"arn:aws:iam::{ACCOUNT}:saml-provider/ADFS"
OIDC: Final = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.example.com"
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/r"
SESSION: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/r/s"
ANYWHERE: Final = {"Service": "rolesanywhere.amazonaws.com"}
USER: Final = "AIDACKCEVSQ6C2EXAMPLE"


def on_resource(arn: str) -> Statement:
    return allow("sqs:SendMessage", on=(arn,))


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
        pytest.param("", True, id="empty"),
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
    ("partition", "want"),
    [
        pytest.param("awss", "AWS has no partition `awss`", id="misspelled"),
        pytest.param("", "an ARN has no empty partition", id="empty"),
    ],
)
def test_what_is_wrong_with_a_partition(partition: str, want: str) -> None:
    arn = f"arn:{partition}:sqs:us-east-1:{ACCOUNT}:q"
    assert [each.message for each in among({"IAM219"}, on_resource(arn))] == [f"{want}, so `{arn}` matches nothing"]


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
