"""Policies, their statements, and sets of policies that are decided together."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Literal

from pydantic import Field

from iam2rego.ir.attachments import Attachments
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


class Kind(StrEnum):
    """The kind of policy, as far as its source says; in a decision only its `PolicyType` counts.

    `RESOURCE` is any resource-based policy without a more specific kind.
    """

    IDENTITY = "identity"
    RESOURCE = "resource"
    TRUST = "trust"
    KEY = "key"
    BUCKET = "bucket"
    QUEUE = "queue"
    TOPIC = "topic"
    TABLE = "table"
    ACCESS_POINT = "access_point"
    MULTI_REGION_ACCESS_POINT = "multi_region_access_point"
    OBJECT_LAMBDA_ACCESS_POINT = "object_lambda_access_point"
    PERMISSIONS_BOUNDARY = "permissions_boundary"
    SESSION = "session"
    SERVICE_CONTROL = "service_control"
    RESOURCE_CONTROL = "resource_control"
    VPC_ENDPOINT = "vpc_endpoint"


OF_RESOURCES: Final = (
    Kind.RESOURCE,
    Kind.KEY,
    Kind.BUCKET,
    Kind.QUEUE,
    Kind.TOPIC,
    Kind.TABLE,
    Kind.ACCESS_POINT,
    Kind.MULTI_REGION_ACCESS_POINT,
    Kind.OBJECT_LAMBDA_ACCESS_POINT,
)
"""The kinds of resource-based policies, but for trust policies, which have rules of their own."""


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

    `principals` is None if the principal part is true for everybody: in types without principals, and in a resource control
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
    """A document, its name in every output, and its file, ``/``-separated.

    `kind` is more specific than `type` if the source says so; otherwise it is the same.
    """

    name: str
    type: PolicyType
    kind: Kind = Field(default_factory=lambda said: Kind(said["type"].value))
    file: str
    document: Document


class PolicySet(Node):
    """Policies that are decided together: every document once, ordered by the code points of the names, and their attachments."""

    policies: tuple[Policy, ...]
    attachments: Attachments = Field(default_factory=Attachments)


def identity_policies(policies: Iterable[Policy]) -> PolicySet:
    """Return a set of identity policies that every user and session has."""
    ordered = tuple(sorted(policies, key=lambda policy: policy.name))
    return PolicySet(policies=ordered, attachments=Attachments(identity=tuple(policy.name for policy in ordered)))
