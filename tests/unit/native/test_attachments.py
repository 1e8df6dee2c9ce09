"""Who has which policies, and which types take part (E8, E10 to E13)."""

from typing import Any, Final

import pytest

from iam2rego.ir.attachments import Attachments, PrincipalPolicies, ResourcePolicy
from iam2rego.ir.policy import PolicySet, PolicyType
from iam2rego.jsontext import JsonValue
from iam2rego.native.request import read_request
from iam2rego.native.situation import Situation, situation_of
from tests.support.policies import (
    CROSS,
    FEDERATED,
    FEDERATED_USER,
    ROLE,
    ROLE_WITH_PATH,
    ROOT,
    SAME,
    SERVICE,
    SESSION,
    TARGET,
    USER,
    allow,
    policy,
    policy_set,
    request,
    with_attachments,
)

NAMES: Final = ("everybody's", "of the user", "of the role", "boundary")
HELD: Final = (
    PrincipalPolicies(arn=USER, identity=("of the user", "everybody's"), permissions_boundary="boundary"),
    PrincipalPolicies(arn=ROLE_WITH_PATH, identity=("of the role",)),
    PrincipalPolicies(arn=f"arn:aws:iam::{CROSS}:role/r", identity=("boundary",)),
)
EXPORT: Final = PolicySet(
    policies=tuple(policy(name, allow()) for name in sorted(NAMES)),
    attachments=Attachments(identity=("everybody's",), accounts=(SAME,), principals=HELD),
)
USERS: Final = ("everybody's", "of the user")
ROLES: Final = ("everybody's", "of the role")
NOBODYS: Final = ("everybody's",)
LINKED: Final = f"arn:aws:iam::{SAME}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"
ALL_TYPES: Final = policy_set(
    identity=[allow()],
    permissions_boundary=[allow()],
    session=[allow()],
    service_control=[[allow()], [allow()]],
    resource_control=[[allow()]],
    vpc_endpoint=[allow(to="*")],
    resource=[allow(to="*")],
)


def situation(policies: PolicySet, principal: JsonValue = USER, **members: Any) -> Situation:
    return situation_of(policies, read_request(request(principal, **members)))


def names(found: Situation, policy_type: PolicyType) -> tuple[str, ...] | None:
    levels = found.levels.get(policy_type)
    return None if levels is None else tuple(name for level in levels for name in level)


@pytest.mark.parametrize(
    ("principal", "identity", "boundary"),
    [
        pytest.param(USER, USERS, ("boundary",), id="user"),
        pytest.param(f"arn:aws:iam::{SAME}:user/p/u", NOBODYS, None, id="user-with-another-path"),
        pytest.param(f"arn:aws:iam::{SAME}:user/v", NOBODYS, None, id="user-not-held"),
        pytest.param(SESSION, ROLES, None, id="session-by-the-name-of-its-role"),
        pytest.param(SESSION.replace("aws", "aws-cn", 1), NOBODYS, None, id="session-in-another-partition"),
        pytest.param({"arn": SESSION, "role_arn": f"arn:aws:iam::{SAME}:role/q/r"}, ROLES, None, id="session-with-another-path"),
        pytest.param({"arn": SESSION, "role_arn": f"arn:aws:iam::{SAME}:role/q:q/r"}, ROLES, None, id="session-with-a-colon-in-the-path"),
        pytest.param({"arn": SESSION, "role_arn": f"arn:aws:iam::{SAME}:role/x"}, NOBODYS, None, id="session-of-another-role"),
        pytest.param(f"arn:aws:sts::{SAME}:assumed-role/x/s", NOBODYS, None, id="session-of-a-role-not-held"),
        pytest.param(ROLE_WITH_PATH, ROLES, None, id="role"),
        pytest.param(ROLE, ROLES, None, id="role-without-its-path"),
        pytest.param({"arn": FEDERATED_USER, "user_arn": USER}, USERS, ("boundary",), id="federated-user"),
        pytest.param(FEDERATED_USER, NOBODYS, None, id="federated-user-of-an-unknown-user"),
        pytest.param({"arn": SESSION, "user_arn": USER}, ROLES, None, id="session-has-no-user"),
        pytest.param(f"arn:aws:sts::{CROSS}:assumed-role/r/s", NOBODYS, None, id="account-not-exported"),
        pytest.param(ROOT, None, None, id="E8/root"),
        pytest.param(SERVICE, None, None, id="E10/service"),
        pytest.param(FEDERATED, None, None, id="E10/federated"),
        pytest.param("*", None, None, id="E10/anonymous"),
    ],
)
def test_attached(principal: JsonValue, identity: tuple[str, ...] | None, boundary: tuple[str, ...] | None) -> None:
    found = situation(EXPORT, principal)
    assert (names(found, PolicyType.IDENTITY), names(found, PolicyType.PERMISSIONS_BOUNDARY)) == (identity, boundary)
    assert found.request.caller.bounded is (boundary is not None)


@pytest.mark.parametrize(
    ("principal", "role"),
    [
        pytest.param(SESSION, ROLE_WITH_PATH, id="P5/path-of-the-export"),
        pytest.param({"arn": SESSION, "role_arn": ROLE}, ROLE, id="P5/the-request-names-it"),
        pytest.param(f"arn:aws:sts::{SAME}:assumed-role/x/s", f"arn:aws:iam::{SAME}:role/x", id="P5/not-held"),
        pytest.param(ROLE, ROLE, id="P5/role-as-caller"),
        pytest.param(USER, None, id="P5/user"),
    ],
)
def test_role_of_the_caller(principal: JsonValue, role: str | None) -> None:
    assert situation(EXPORT, principal).request.caller.role_arn == role


IDENTITY_SIDE: Final = {PolicyType.IDENTITY, PolicyType.PERMISSIONS_BOUNDARY, PolicyType.SESSION}
EVERYBODYS: Final = {PolicyType.RESOURCE, PolicyType.VPC_ENDPOINT}
ROOTS: Final = {PolicyType.SESSION, *EVERYBODYS}
RCP: Final = {PolicyType.RESOURCE_CONTROL}
SCP: Final = {PolicyType.SERVICE_CONTROL}


@pytest.mark.parametrize(
    ("principal", "members", "want"),
    [
        pytest.param(USER, {}, IDENTITY_SIDE | EVERYBODYS | SCP | RCP, id="user"),
        pytest.param(SESSION, {}, IDENTITY_SIDE | EVERYBODYS | SCP | RCP, id="session"),
        pytest.param(ROLE, {}, IDENTITY_SIDE | EVERYBODYS | SCP | RCP, id="role"),
        pytest.param(FEDERATED_USER, {}, IDENTITY_SIDE | EVERYBODYS | SCP | RCP, id="federated-user"),
        pytest.param(ROOT, {}, ROOTS | SCP | RCP, id="E8/root"),
        pytest.param(SERVICE, {}, EVERYBODYS | RCP, id="E10/service"),
        pytest.param(FEDERATED, {}, EVERYBODYS | RCP, id="E10/federated"),
        pytest.param("*", {}, EVERYBODYS | RCP, id="E10/anonymous"),
        pytest.param({"arn": ROOT, "management_account": True}, {}, ROOTS | RCP, id="E11/management-account"),
        pytest.param({"arn": ROOT, "management_account": False}, {}, ROOTS | SCP | RCP, id="E11/member-account"),
        pytest.param({"arn": SESSION, "service_linked_role": True}, {}, IDENTITY_SIDE | EVERYBODYS, id="E11/service-linked-role"),
        pytest.param(ROOT, {"resource_in_management_account": True}, ROOTS | SCP, id="E12/management-account"),
        pytest.param(ROOT, {"resource_in_management_account": False}, ROOTS | SCP | RCP, id="E12/member-account"),
        pytest.param("*", {"action": "KMS:retireGrant"}, EVERYBODYS, id="E12/retire-grant"),
        pytest.param(SERVICE, {"action": "sts:ASSUMEROLE", "resource": LINKED}, EVERYBODYS, id="E12/service-linked-role"),
        pytest.param(SERVICE, {"action": "sts:AssumeRole", "resource": TARGET}, EVERYBODYS | RCP, id="E12/ordinary-role"),
        pytest.param(SERVICE, {"action": "iam:GetRole", "resource": LINKED}, EVERYBODYS | RCP, id="E12/of-a-service-linked-role"),
        pytest.param("*", {"action": "sts:AssumeRole", "resource": LINKED}, EVERYBODYS | RCP, id="E12/no-service"),
        pytest.param(
            SERVICE,
            {"action": "sts:AssumeRole", "resource": LINKED.replace("role/", "role/p/", 1)},
            EVERYBODYS | RCP,
            id="E12/further-down-the-path",
        ),
        pytest.param(
            SERVICE, {"action": "sts:AssumeRole", "resource": LINKED.replace("iam", "x")}, EVERYBODYS | RCP, id="E12/of-another-service"
        ),
        pytest.param(
            SERVICE, {"action": "sts:AssumeRole", "resource": f"{LINKED}\n"}, EVERYBODYS, id="E12/service-linked-role-with-a-line-feed"
        ),
        pytest.param("*", {"action": "kms:CreateGrant"}, EVERYBODYS | RCP, id="E12/another-action"),
    ],
)
def test_types_that_take_part(principal: JsonValue, members: dict[str, Any], want: set[PolicyType]) -> None:
    assert set(situation(ALL_TYPES, principal, **members).levels) == want


def test_absent_types_take_no_part() -> None:
    assert set(situation(PolicySet(policies=())).levels) == {PolicyType.IDENTITY}


@pytest.mark.parametrize(
    ("accounts", "want"),
    [
        pytest.param((), True, id="no-export"),
        pytest.param((SAME,), True, id="of-the-exported-account"),
        pytest.param((CROSS,), False, id="of-another"),
    ],
)
def test_service_control_policies_concern_exported_accounts(accounts: tuple[str, ...], want: bool) -> None:
    found = situation(policy_set(service_control=[[allow()]], resource_control=[[allow()]], accounts=accounts))
    assert (PolicyType.SERVICE_CONTROL in found.levels) is want
    assert PolicyType.RESOURCE_CONTROL in found.levels


BUCKET: Final = "arn:aws:s3:::b"
OF_RESOURCES: Final = policy_set(resources={each: [allow(to="*")] for each in (BUCKET, f"{BUCKET}/own", TARGET, "arn:aws:sqs:r:1:q")})


@pytest.mark.parametrize(
    ("resource", "action", "want"),
    [
        pytest.param(BUCKET, "s3:x", BUCKET, id="equal"),
        pytest.param(f"{BUCKET}/k/l", "s3:x", BUCKET, id="object-of-a-bucket"),
        pytest.param(f"{BUCKET}/own", "s3:x", f"{BUCKET}/own", id="object-with-its-own"),
        pytest.param(f"{BUCKET}2", "s3:x", None, id="longer-name"),
        pytest.param(f"{BUCKET}2/k", "s3:x", None, id="object-of-another-bucket"),
        pytest.param("arn:aws-cn:s3:::b/k", "s3:x", None, id="other-partition"),
        pytest.param("arn:aws:S3:::b", "s3:x", None, id="other-case"),
        pytest.param("arn:aws:sqs:r:1:q", "sqs:x", "arn:aws:sqs:r:1:q", id="queue"),
        pytest.param("arn:aws:sqs:r:1:q/k", "sqs:x", None, id="below-a-queue"),
        pytest.param("*", "s3:x", None, id="star"),
        pytest.param(TARGET, "sts:AssumeRole", TARGET, id="E14/trust"),
        pytest.param(TARGET, "STS:assumeRoleWithSAML", TARGET, id="E14/trust-for-saml"),
        pytest.param(TARGET, "sts:AssumeRoot", TARGET, id="E14/trust-for-root"),
        pytest.param(TARGET, "sts:tagsession", TARGET, id="E14/trust-for-tags"),
        pytest.param(TARGET, "sts:SetSourceIdentity", TARGET, id="E14/trust-for-source-identity"),
        pytest.param(TARGET, "sts:GetCallerIdentity", None, id="E14/other-action-of-sts"),
        pytest.param(TARGET, "iam:GetRole", None, id="E14/other-action-on-the-role"),
    ],
)
def test_policy_of_the_resource(resource: str, action: str, want: str | None) -> None:
    found = names(situation(OF_RESOURCES, resource=resource, action=action), PolicyType.RESOURCE)
    assert found == (None if want is None else (f"resources[{want}]",))


def test_the_policy_of_the_resource_asked_for_comes_first() -> None:
    both = with_attachments(OF_RESOURCES, resource=f"resources[{TARGET}]")
    assert names(situation(both), PolicyType.RESOURCE) == (f"resources[{TARGET}]",)


def test_a_policy_that_serves_two_types_is_of_each() -> None:
    both = PolicySet(
        policies=(policy("p", allow()),),
        attachments=Attachments(
            accounts=(SAME,),
            principals=(PrincipalPolicies(arn=USER, identity=("p",), permissions_boundary="p"),),
            resources=(ResourcePolicy(resource=BUCKET, policy="p"),),
        ),
    )
    assert [each.type for each in situation(both).statements] == ["identity", "permissions_boundary", "resource"]
