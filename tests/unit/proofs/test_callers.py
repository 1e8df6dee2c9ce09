"""Whether the requests that some policies allow are among those that others allow, by the rules of callers and types of policies."""

from typing import Any, Final

import pytest

from iam2rego.ir.policy import PolicySet
from iam2rego.ir.principal import ArnPrincipal, CanonicalUserPrincipal, FederatedPrincipal, ServicePrincipal, UniqueIdPrincipal
from iam2rego.proofs.inclusion import Inclusion
from iam2rego.proofs.verdict import UndecidedError
from tests.support.policies import CROSS, FEDERATED_USER, KEY, ROLE, SAME, SESSION, USER, allow, deny, policy_set, principals
from tests.unit.proofs.asking import NO, YES, verdict

ALL: Final = [allow("*")]
SOME: Final = [allow("s3:*")]
EVERYBODY: Final = [allow("s3:*", to="*")]
NOBODY: Final[list[Any]] = []
ECS: Final = ServicePrincipal(service="ecs.amazonaws.com")
SERVICE_LINKED: Final = f"arn:aws:iam::{SAME}:role/aws-service-role/*"


def on_resource(*to: Any, identity: Any = None, **others: Any) -> PolicySet:
    return policy_set(identity=identity, resource=[allow("s3:*", to=each) for each in to], **others)


def trust(*to: Any, identity: Any = None) -> PolicySet:
    return policy_set(identity=identity, resource=[allow("sts:AssumeRole", to=each) for each in to])


def federation(*to: Any) -> PolicySet:
    return policy_set(resource=[allow("sts:AssumeRoleWithWebIdentity", to=each) for each in to])


def of_bucket(*to: Any) -> PolicySet:
    return policy_set(resources={"arn:aws:s3:::b": [allow("s3:*", to=each) for each in to]})


def key(*to: Any, identity: Any = None) -> PolicySet:
    return policy_set(identity=identity, resource=[allow("kms:*", to=each) for each in to])


def all_but(*to: Any) -> list[Any]:
    return [allow("s3:*", to="*"), deny("s3:*", to=principals(*to, negated=True))]


CASES: Final[dict[str, tuple[PolicySet, PolicySet, str]]] = {
    "P2/everybody-is-more-than-a-user": (on_resource("*"), on_resource(USER), NO),
    "P2/a-user-is-one-of-everybody": (on_resource(USER), on_resource("*"), YES),
    "P3/an-account-is-not-its-users": (on_resource(SAME), on_resource(USER), NO),
    "P3/a-user-of-an-account": (on_resource(CROSS, identity=ALL), policy_set(identity=ALL, resource=NOBODY), NO),
    "P4/another-user": (on_resource(USER), on_resource(ArnPrincipal(arn=f"{USER}2")), NO),
    "P5/a-session-may-be-of-a-role-with-a-path": (on_resource(SESSION), on_resource(ROLE), NO),
    "P5/the-session-and-its-role": (on_resource(SESSION, ROLE), on_resource(ROLE, SESSION), YES),
    "P5/the-role-is-more-than-a-session": (on_resource(ROLE), on_resource(SESSION), NO),
    "P5/the-user-behind-a-session": (on_resource(USER, session=ALL), on_resource(FEDERATED_USER, session=ALL), NO),
    "P7/services": (
        on_resource(ServicePrincipal(service="a.amazonaws.com")),
        on_resource(ServicePrincipal(service="b.amazonaws.com")),
        NO,
    ),
    "P7/one-of-two-services": (
        on_resource(ServicePrincipal(service="a.amazonaws.com")),
        on_resource(ServicePrincipal(service="b.amazonaws.com"), ServicePrincipal(service="a.amazonaws.com")),
        YES,
    ),
    "P7/providers": (on_resource(FederatedPrincipal(provider="a.com")), on_resource(FederatedPrincipal(provider="b.com")), NO),
    "P7/a-canonical-user-is-an-account": (
        on_resource(CanonicalUserPrincipal(canonical_user="c"), identity=ALL),
        on_resource(SAME, identity=ALL),
        NO,
    ),
    "P7/a-provider-that-we-would-make-up": (
        federation("*"),
        federation(FederatedPrincipal(provider="example.com")),
        NO,
    ),
    "P5/a-session-that-we-would-make-up": (of_bucket(ROLE), of_bucket(ArnPrincipal(arn=f"{SESSION}ession")), NO),
    "P5/a-path-that-we-would-make-up": (of_bucket(SESSION), of_bucket(ArnPrincipal(arn=f"arn:aws:iam::{SAME}:role/example/r")), NO),
    "P8/a-unique-id": (on_resource(UniqueIdPrincipal(unique_id="AIDA1")), on_resource(USER), NO),
    "P9/a-deny-of-all-but-a-user": (
        policy_set(identity=ALL, resource=[allow("*", to="*"), deny("*", to=principals(USER, SAME, negated=True))]),
        policy_set(identity=ALL, resource=[allow("*", to=USER)]),
        NO,
    ),
    "P9/root-users-are-not-excepted": (
        policy_set(resource=[allow("s3:*", to="*"), deny("*", to=principals(USER, SAME, negated=True))]),
        on_resource(USER, SAME),
        YES,
    ),
    "P11/nobody-with-a-boundary-is-excepted": (
        policy_set(identity=ALL, permissions_boundary=ALL, resource=all_but(USER, SAME)),
        policy_set(identity=ALL, permissions_boundary=ALL, resource=all_but(SAME)),
        YES,
    ),
    "R5/a-short-arn-in-a-resource-policy-matches-nothing": (
        policy_set(resource=[allow("s3:*", to="*", on="arn:aws:s3")]),
        policy_set(resource=NOBODY),
        YES,
    ),
    "E5/a-boundary-limits": (
        policy_set(identity=ALL, permissions_boundary=SOME),
        policy_set(identity=SOME, permissions_boundary=ALL),
        YES,
    ),
    "E5/a-boundary-less": (policy_set(identity=ALL), policy_set(identity=ALL, permissions_boundary=SOME), NO),
    "E5/a-boundary-limits-no-grant-by-name": (
        on_resource(USER, identity=ALL, permissions_boundary=NOBODY),
        policy_set(identity=SOME, permissions_boundary=NOBODY),
        NO,
    ),
    "E6/a-session-policy-limits": (policy_set(identity=ALL, session=SOME), policy_set(identity=SOME, session=ALL), YES),
    "E6/a-boundary-limits-what-a-role-is-granted": (
        on_resource(ROLE, permissions_boundary=NOBODY),
        policy_set(identity=NOBODY, permissions_boundary=NOBODY),
        YES,
    ),
    "E6/a-boundary-limits-no-grant-to-a-session": (
        on_resource(SESSION, permissions_boundary=NOBODY),
        on_resource(ROLE, permissions_boundary=NOBODY),
        NO,
    ),
    "E7/federated-users-need-a-session-policy": (policy_set(identity=SOME), policy_set(identity=SOME, session=ALL), YES),
    "E7/a-federated-user-without-a-session-policy-has-nothing-to-lose": (
        policy_set(identity=SOME),
        policy_set(identity=SOME, vpc_endpoint=[allow("*", to="*"), deny("*", to=FEDERATED_USER)]),
        YES,
    ),
    "E8/a-session-policy-limits-root-users": (policy_set(identity=NOBODY), policy_set(identity=NOBODY, session=SOME), NO),
    "E9/both-accounts-must-allow": (on_resource(CROSS), on_resource(ArnPrincipal(arn=f"arn:aws:iam::{CROSS}:user/u")), NO),
    "E10/anonymous-callers": (on_resource("*"), on_resource(USER, SAME, CROSS), NO),
    "E11/a-level-limits": (
        policy_set(identity=ALL, service_control=[ALL, SOME]),
        policy_set(identity=ALL, service_control=[SOME, ALL]),
        YES,
    ),
    "E11/a-level-less": (policy_set(identity=ALL, service_control=[ALL]), policy_set(identity=ALL, service_control=[ALL, SOME]), NO),
    "E11/a-deny-of-a-level": (
        policy_set(identity=ALL, service_control=[ALL]),
        policy_set(identity=ALL, service_control=[[allow("*"), deny("s3:*")]]),
        NO,
    ),
    "E11/a-deny-denies": (
        policy_set(identity=SOME, service_control=[[allow("*"), deny("s3:*")]]),
        policy_set(identity=SOME, service_control=[ALL]),
        YES,
    ),
    "E11/no-level-allows-as-little-as-an-empty-one": (
        policy_set(identity=ALL, service_control=[]),
        policy_set(identity=ALL, service_control=[NOBODY]),
        YES,
    ),
    "E11/the-management-account-is-free": (policy_set(identity=ALL, service_control=[SOME]), policy_set(identity=SOME), NO),
    "E12/a-resource-control-policy-denies": (
        policy_set(identity=SOME, resource_control=[[deny("s3:*")]]),
        policy_set(identity=NOBODY, resource_control=[[deny("s3:*")]]),
        NO,
    ),
    "E12/retirements-of-grants-are-exempt": (
        policy_set(identity=[allow("kms:*")], resource_control=[[deny("kms:*")]]),
        policy_set(identity=[allow("kms:Decrypt", "kms:Never*")], resource_control=[[deny("kms:Decrypt")]]),
        NO,
    ),
    "E12/a-denied-retirement-is-no-loss": (
        policy_set(identity=[allow("kms:RetireGrant")]),
        policy_set(identity=[allow("kms:RetireGrant")], resource_control=[[deny("kms:RetireGrant")]]),
        YES,
    ),
    "E12/a-service-assumes-its-role-all-the-same": (
        policy_set(resource=[allow("sts:AssumeRole", to=ECS, on=SERVICE_LINKED)]),
        policy_set(resource=[allow("sts:AssumeRole", to=ECS, on=SERVICE_LINKED)], resource_control=[[deny("sts:AssumeRole")]]),
        YES,
    ),
    "E13/an-endpoint-limits": (policy_set(identity=ALL, vpc_endpoint=EVERYBODY), policy_set(identity=SOME, vpc_endpoint=NOBODY), NO),
    "E13/an-endpoint-for-an-account": (
        policy_set(identity=ALL, vpc_endpoint=EVERYBODY),
        policy_set(identity=ALL, vpc_endpoint=[allow("*", to=SAME)]),
        NO,
    ),
    "E14/trust-in-an-account-needs-leave": (trust(SAME), trust(USER), YES),
    "E14/trust-in-an-account-with-leave": (trust(SAME, identity=ALL), trust(USER, identity=ALL), NO),
    "E14/no-leave-suffices-without-trust": (policy_set(identity=[allow("sts:AssumeRole")]), policy_set(identity=NOBODY), YES),
    "E15/a-key-policy-is-needed": (key(USER, identity=ALL), policy_set(identity=ALL, resource=[allow("kms:*", to="*")]), YES),
    "E15/a-key-policy-that-names-nobody": (
        policy_set(identity=[allow("kms:*", on=KEY)], resource=NOBODY),
        policy_set(identity=NOBODY, resource=NOBODY),
        YES,
    ),
    "E15/other-resources-are-ordinary": (key(USER, identity=[allow("kms:*")]), key(USER), NO),
}


@pytest.mark.parametrize(("new", "old", "expected"), CASES.values(), ids=CASES)
def test_callers(new: PolicySet, old: PolicySet, expected: str) -> None:
    assert verdict(new, old) == expected


UNKNOWN: Final = {
    "policies of single resources": policy_set(resources={"arn:aws:s3:::b": EVERYBODY}),
    "account exports": policy_set(identity=ALL, accounts=[SAME]),
    "more than": policy_set(resource=[allow("*", to=ServicePrincipal(service=f"{name}.amazonaws.com")) for name in "abcdefg"]),
}


@pytest.mark.parametrize(("words", "policies"), UNKNOWN.items(), ids=UNKNOWN)
def test_what_is_not_encoded(words: str, policies: PolicySet) -> None:
    with pytest.raises(UndecidedError, match=words):
        Inclusion(policies, policies)
