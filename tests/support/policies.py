"""Builds policies for tests from nodes of the representation, as in ``policy("p", allow("s3:*"))``: the front end has no part in it."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from iam2rego.ir.attachments import Attachments, PrincipalPolicies, ResourcePolicy
from iam2rego.ir.condition import Condition, LiteralValue, Operator, TextValue
from iam2rego.ir.pattern import ActionPattern, AnyOne, AnyResource, AnyRun, ArnPattern, Pattern, ResourceEntry, Segment, Text, Variable
from iam2rego.ir.policy import (
    Actions,
    Document,
    Effect,
    Policy,
    PolicySet,
    PolicyType,
    Resources,
    Statement,
)
from iam2rego.ir.principal import AccountPrincipal, AnyPrincipal, ArnPrincipal, PrincipalEntry, Principals
from iam2rego.jsontext import JsonValue
from iam2rego.source import Span

SAME: Final = "111111111111"
CROSS: Final = "222222222222"
USER: Final = f"arn:aws:iam::{SAME}:user/u"
ROOT: Final = f"arn:aws:iam::{SAME}:root"
ROLE: Final = f"arn:aws:iam::{SAME}:role/r"
ROLE_WITH_PATH: Final = f"arn:aws:iam::{SAME}:role/p/r"
SESSION: Final = f"arn:aws:sts::{SAME}:assumed-role/r/s"
FEDERATED_USER: Final = f"arn:aws:sts::{SAME}:federated-user/f"
SERVICE: Final[JsonValue] = {"Service": "ecs.amazonaws.com"}
FEDERATED: Final[JsonValue] = {"Federated": "accounts.google.com"}
KEY: Final = f"arn:aws:kms:r:{SAME}:key/1"
TARGET: Final = f"arn:aws:iam::{SAME}:role/t"
"""A role to assume."""

_WILDCARDS: Final[Mapping[str, Segment]] = {"*": AnyRun(), "?": AnyOne()}

HOME: Final = Resources(
    entries=(
        ArnPattern(
            text="arn:aws:s3:::${aws:Username, 'all'}",
            fields=((Text(text="arn"),), (Text(text="aws"),), (Text(text="s3"),), (), (), (Variable(key="aws:Username", default="all"),)),
        ),
    )
)
"""What holds the variable `aws:Username`, with a default."""


def actions(*texts: str) -> Actions:
    return Actions(entries=tuple(ActionPattern(text=each, segments=_pattern(each)) for each in texts))


def principals(*entries: str | PrincipalEntry, negated: bool = False) -> Principals:
    """Read ``*``, an account id and an ARN as policies mean them."""
    return Principals(negated=negated, entries=tuple(_principal(each) if isinstance(each, str) else each for each in entries))


def _pattern(text: str) -> Pattern:
    return tuple(_WILDCARDS.get(each) or Text(text=each) for each in re.split("([*?])", text) if each)


def _resource(text: str) -> ResourceEntry:
    return AnyResource(text="*") if text == "*" else ArnPattern(text=text, fields=tuple(map(_pattern, text.split(":", 5))))


def _principal(text: str) -> PrincipalEntry:
    if text == "*":
        return AnyPrincipal()
    return AccountPrincipal(account=text) if text.isdigit() else ArnPrincipal(arn=text)


def statement(
    effect: Effect,
    *named: str,
    on: str | Resources = "*",
    to: str | PrincipalEntry | Principals | None = None,
    when: Sequence[Condition] = (),
    sid: str = "",
) -> Statement:
    """Return a statement about actions ``on`` a resource, any unless told; ``to`` whom, where a policy names principals."""
    return Statement(
        sid=sid,
        effect=effect,
        principals=to if to is None or isinstance(to, Principals) else principals(to),
        actions=actions(*(named or "*")),
        resources=Resources(entries=(_resource(on),)) if isinstance(on, str) else on,
        conditions=tuple(when),
        span=Span(1, 2, 3, 4),
    )


allow: Final = partial(statement, Effect.ALLOW)
deny: Final = partial(statement, Effect.DENY)


def equals(key: str, value: str) -> Condition:
    return Condition(operator=Operator.STRING_EQUALS, key=key, values=(TextValue(text=value, segments=(Text(text=value),)),))


def equals_variable(key: str, variable: str) -> Condition:
    return Condition(operator=Operator.STRING_EQUALS, key=key, values=(TextValue(text="", segments=(Variable(key=variable),)),))


def null(key: str, value: str = "true") -> Condition:
    return Condition(operator=Operator.NULL, key=key, values=(LiteralValue(text=value),))


def policy(name: str, *statements: Statement, of: PolicyType = PolicyType.IDENTITY) -> Policy:
    return Policy(name=name, type=of, file=f"{name}.json", document=Document(version="2012-10-17", statements=statements))


Statements = Sequence[Statement]


def policy_set(
    *,
    identity: Statements | None = None,
    permissions_boundary: Statements | None = None,
    session: Statements | None = None,
    service_control: Sequence[Statements] | None = None,
    resource_control: Sequence[Statements] | None = None,
    vpc_endpoint: Statements | None = None,
    resource: Statements | None = None,
    resources: Mapping[str, Statements] | None = None,
    accounts: Sequence[str] = (),
    held: Mapping[str, Mapping[str, Any]] | None = None,
) -> PolicySet:
    """Return a set with at most one policy of a type and level, by the name of its type; no statements make an empty policy.

    ``held`` maps ARNs to members of `PrincipalPolicies`, which name policies by type.
    """
    flat = {PolicyType.IDENTITY: identity, PolicyType.PERMISSIONS_BOUNDARY: permissions_boundary, PolicyType.SESSION: session}
    flat |= {PolicyType.VPC_ENDPOINT: vpc_endpoint, PolicyType.RESOURCE: resource}
    made = [policy(of.value, *statements, of=of) for of, statements in flat.items() if statements is not None]
    made += _levels(PolicyType.SERVICE_CONTROL, service_control) + _levels(PolicyType.RESOURCE_CONTROL, resource_control)
    made += [policy(f"resources[{arn}]", *each, of=PolicyType.RESOURCE) for arn, each in (resources or {}).items()]
    attached = held or {}
    attachments = Attachments(
        identity=() if identity is None or attached else ("identity",),
        permissions_boundary=None if permissions_boundary is None or attached else ("permissions_boundary",),
        session=None if session is None else ("session",),
        service_control=_names(PolicyType.SERVICE_CONTROL, service_control),
        resource_control=_names(PolicyType.RESOURCE_CONTROL, resource_control),
        vpc_endpoint=None if vpc_endpoint is None else ("vpc_endpoint",),
        resource=None if resource is None else "resource",
        resources=tuple(ResourcePolicy(resource=arn, policy=f"resources[{arn}]") for arn in resources or {}),
        accounts=tuple(accounts),
        principals=tuple(PrincipalPolicies(arn=arn, **members) for arn, members in attached.items()),
    )
    return PolicySet(policies=tuple(sorted(made, key=lambda each: each.name)), attachments=attachments)


def with_attachments(policies: PolicySet, **members: Any) -> PolicySet:
    """Return the set with members of its `Attachments` replaced."""
    return policies.model_copy(update={"attachments": policies.attachments.model_copy(update=members)})


def _levels(of: PolicyType, levels: Sequence[Statements] | None) -> list[Policy]:
    return [policy(f"{of.value}[{level}][0]", *each, of=of) for level, each in enumerate(levels or ())]


def _names(of: PolicyType, levels: Sequence[Statements] | None) -> tuple[tuple[str, ...], ...] | None:
    """Name the policy of each level; a level without statements has no policy."""
    return None if levels is None else tuple((f"{of.value}[{level}][0]",) if each else () for level, each in enumerate(levels))


def request(principal: JsonValue = USER, **members: JsonValue) -> JsonValue:
    return {"principal": principal, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}, **members}
