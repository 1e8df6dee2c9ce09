"""Policies and their statements."""

from enum import StrEnum
from typing import Literal

from iam2rego.ir.condition import Condition
from iam2rego.ir.node import Node
from iam2rego.ir.pattern import ActionEntry, ResourceEntry


class PolicyType(StrEnum):
    """The types of policy that take part in a decision, by their member names in a policy set (contract.md)."""

    IDENTITY = "identity"


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
    """One statement; it applies when its actions, resources and all its conditions match (E3).

    `span` runs from ``{`` to just after ``}``.
    """

    sid: str = ""
    effect: Effect
    actions: Actions
    resources: Resources
    conditions: tuple[Condition, ...] = ()


class Document(Node):
    """A policy document. Without ``Version`` it has the semantics of 2008: no variables (G3)."""

    version: Literal["2008-10-17", "2012-10-17"] | None = None
    statements: tuple[Statement, ...]


class Policy(Node):
    """A document with the name it goes by in every output (contract.md, Names) and the file that holds it, ``/``-separated."""

    name: str
    type: PolicyType
    file: str
    document: Document


class PolicySet(Node):
    """The policies that are decided together, ordered by code point of their names. Identity policies apply to every principal."""

    policies: tuple[Policy, ...]
