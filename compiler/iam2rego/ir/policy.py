"""Policies and their statements."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from iam2rego.ir.condition import Condition
from iam2rego.ir.node import Node
from iam2rego.ir.pattern import ActionEntry, ResourceEntry
from iam2rego.ir.principal import Principals


class PolicyType(StrEnum):
    """The types of policy that take part in a decision, by their member names in a policy set."""

    IDENTITY = "identity"
    RESOURCE = "resource"
    PERMISSIONS_BOUNDARY = "permissions_boundary"
    SESSION = "session"
    SERVICE_CONTROL = "service_control"
    RESOURCE_CONTROL = "resource_control"
    VPC_ENDPOINT = "vpc_endpoint"


class Effect(StrEnum):
    """What a statement does when it applies (G7)."""

    ALLOW = "Allow"
    DENY = "Deny"


class Actions(Node):
    """``Action``, or ``NotAction`` when negated (A8)."""

    negated: bool = False
    entries: tuple[ActionEntry, ...]


class Resources(Node):
    """``Resource``, or ``NotResource`` when negated (R10)."""

    negated: bool = False
    entries: tuple[ResourceEntry, ...]


class Statement(Node):
    """One statement; it applies when its principals, actions, resources and all its conditions match (E3).

    `principals` is None where the principal part is true for everybody: in types that have none, and in a resource control
    policy (P12). `span` runs from ``{`` to just after ``}``.
    """

    sid: str = ""
    effect: Effect
    principals: Principals | None = None
    actions: Actions
    resources: Resources
    conditions: tuple[Condition, ...] = ()


class Document(Node):
    """A policy document. Without ``Version`` it has the semantics of 2008: no variables (G3)."""

    version: Literal["2008-10-17", "2012-10-17"] | None = None
    statements: tuple[Statement, ...]


class Policy(Node):
    """A document, its name in every output, and the file that holds it, ``/``-separated."""

    name: str
    type: PolicyType
    file: str
    document: Document


class ResourcePolicy(Node):
    """The policy, by name, of the resource with an ARN; of a role it is the trust policy, of a KMS key the key policy."""

    resource: str
    policy: str


class PrincipalPolicies(Node):
    """The policies, by name, that an account export attaches to a user or role.

    `permissions_boundary` is None without a boundary.
    """

    arn: str
    identity: tuple[str, ...] = ()
    permissions_boundary: str | None = None


class PolicySet(Node):
    """Policies that are decided together, and whom they concern; they are referred to by name.

    Attributes:
        policies: every document once, ordered by code point of the names.
        identity: identity policies of every user and session.
        permissions_boundary: the boundary of every user and session; None without one, while an empty one allows nothing.
        session: the session policies of every request, likewise.
        service_control: levels from the organization's root down to the account; None when not enabled (E11).
        resource_control: levels likewise (E12).
        vpc_endpoint: the policies of the endpoint that every request comes through; None without one (E13).
        resource: the policy of the resource asked for, whichever that is; None without one.
        resources: the policies of single resources.
        accounts: the ids of exported accounts. Where there are any, service control policies concern their principals only,
            and their users and roles have the policies in `principals` beside those of everyone.
        principals: what the exports attach.
        simulated: whether these are the policies of a SimulateCustomPolicy request. They decide every action (E16), and a role
            without a trust policy is a resource like any other (E14).
    """

    policies: tuple[Policy, ...]
    identity: tuple[str, ...] = ()
    permissions_boundary: tuple[str, ...] | None = None
    session: tuple[str, ...] | None = None
    service_control: tuple[tuple[str, ...], ...] | None = None
    resource_control: tuple[tuple[str, ...], ...] | None = None
    vpc_endpoint: tuple[str, ...] | None = None
    resource: str | None = None
    resources: tuple[ResourcePolicy, ...] = ()
    accounts: tuple[str, ...] = ()
    principals: tuple[PrincipalPolicies, ...] = ()
    simulated: bool = False


def identity_policies(policies: Iterable[Policy]) -> PolicySet:
    """Return the set in which identity policies are attached to every principal."""
    ordered = tuple(sorted(policies, key=lambda policy: policy.name))
    return PolicySet(policies=ordered, identity=tuple(policy.name for policy in ordered))
