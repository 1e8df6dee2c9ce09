"""Requests with special rules, where the caller and the action count before any policy.

They are about roles and keys, with and without a policy of their own (E12, E14, E15), the calls that identify the caller (E16),
and ARNs whose other fields look like an account.
"""

from collections.abc import Iterator
from typing import Final

from iam2rego.jsontext import JsonValue
from iam2rego.questions.aim import Aim

_FOREIGN: Final = "999999999999"
_SERVICE: Final = "probe.amazonaws.com"
_FIELDS: Final = 6
_PARTITION: Final = 1

_ROLES: Final = ("role/probe", f"role/aws-service-role/{_SERVICE}/AWSServiceRoleForProbe")
_ASSUMING: Final = ("sts:AssumeRole", "STS:AssumeRole", "sts:TagSession", "sts:AssumeRoleWithSAML")
_AUTHENTICATING: Final = ("sts:GetCallerIdentity", "STS:GETSESSIONTOKEN")


def requests(aim: Aim) -> Iterator[JsonValue]:
    """Yield the requests, with the context of ``aim``, by callers in the account that owns its resource."""
    own = list(callers(aim.owner))
    for role in _ROLES:
        asked = aim.on(f"arn:aws:iam::{aim.owner}:{role}")
        yield from (asked.doing(_ASSUMING[0]).by(caller).request() for caller in own)
        yield from (asked.doing(action).by(caller).request() for action in _ASSUMING[1:] for caller in (own[0], own[-1]))
    asked = aim.on(f"arn:aws:kms:us-east-1:{aim.owner}:key/probe").doing("kms:Decrypt")
    yield from (asked.by(caller).request() for caller in own)
    for action in _AUTHENTICATING:
        yield from (aim.doing(action).on("*").by(caller).request() for caller in (*own, *callers(_FOREIGN), "*"))
    yield from _looking_like_accounts(aim)


def callers(account: str) -> Iterator[JsonValue]:
    """Yield a user, a session, the root user, a federated user and a service-linked role of ``account``, and a service."""
    role = f"arn:aws:iam::{account}:{_ROLES[1]}"
    session = f"arn:aws:sts::{account}:assumed-role/AWSServiceRoleForProbe/session"
    yield f"arn:aws:iam::{account}:user/richard-roe"
    yield f"arn:aws:sts::{account}:assumed-role/probe/session"
    yield f"arn:aws:iam::{account}:root"
    yield f"arn:aws:sts::{account}:federated-user/probe"
    yield {"arn": session, "role_arn": role, "service_linked_role": True}
    yield {"Service": _SERVICE}


def _looking_like_accounts(aim: Aim) -> Iterator[JsonValue]:
    """Yield requests without an owner, with the digits of an account as partition, service, region or name (E4, E9)."""
    ours, theirs = aim.owner, _FOREIGN
    for partition, account in ((ours, theirs), (theirs, ours)):
        resources = [f"arn:{partition}:probe:us-east-1:{ours}:probe/unlike", *_in_partition(aim.resource, partition)]
        for caller in (f"arn:{partition}:iam::{account}:user/richard-roe", f"arn:{partition}:sts::{account}:assumed-role/probe/session"):
            yield from (_unowned(aim.on(resource).by(caller)) for resource in resources)
    for place in (f"{ours}:us-east-1:{theirs}", f"probe:{ours}:{theirs}", f"probe:{ours}:", f"probe:us-east-1:{theirs}:{ours}"):
        yield _unowned(aim.on(f"arn:aws:{place}:probe/unlike").by(f"arn:aws:iam::{ours}:user/richard-roe"))
    yield _unowned(aim.on(f"arn:aws:probe:us-east-1:{ours}:probe/unlike").by(f"arn:aws:iam::{theirs}:user/{ours}"))


def _in_partition(resource: str, partition: str) -> Iterator[str]:
    fields = resource.split(":")
    if len(fields) >= _FIELDS:
        yield ":".join([*fields[:_PARTITION], partition, *fields[_PARTITION + 1 :]])


def _unowned(aim: Aim) -> JsonValue:
    return {name: value for name, value in aim.request().items() if name != "resource_account"}
