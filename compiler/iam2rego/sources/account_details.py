"""What one file says about an account: its users, groups and roles, and what they refer to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.source import Source, Span

ENTITY_ARN: Final = re.compile(r"arn:[^:]+:iam::([0-9]{12}):(user|group|role)/(?:.*/)?([^/]+)", re.DOTALL)
"""The ARN of an entry, with its account, kind and name as groups."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The name or ARN of another entry, and its place."""

    to: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """A user, group or role: its ARN with the account, kind and name in it, its own policies by name, and what it refers to.

    `trust` is the name of a role's trust policy.
    """

    arn: str
    account: str
    kind: str
    name: str
    span: Span
    inline: tuple[str, ...]
    attached: tuple[Reference, ...]
    groups: tuple[Reference, ...]
    boundary: Reference | None
    trust: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A policy that is attached to a user, group or role by its name, whichever source has that; its ARN is that with the path ``/``.

    The policy is one of the file, by its name, or the managed one of a reference.
    """

    arn: str
    account: str
    kind: str
    name: str
    policy: str
    span: Span
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A user in a group, by the names of both, whichever source has them; the ARN is that of the user with the path ``/``."""

    arn: str
    account: str
    name: str
    span: Span
    group: Reference


@dataclass(frozen=True, slots=True)
class Owner:
    """The user, group or role that has the policies of a file, by its name: the file does not say of which account."""

    kind: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Held:
    """The policy of a resource, by the ARN of that."""

    arn: str
    policy: str
    span: Span


@dataclass(frozen=True, slots=True)
class Open:
    """What hinders a policy from taking part in decisions.

    A name is missing (IAM620): an error of builds, and `check` does not mention it. The policy is known after apply (IAM621): an error of
    builds, and a warning of `check`. Nobody has it (IAM625): a warning of builds, and a notice of `check`. Its place is a stretch of the
    file, or a part of it by its name.
    """

    code: Code
    message: str
    hint: str
    span: Span | None
    part: str = ""


@dataclass(frozen=True, slots=True)
class AccountDetails:
    """What one file says about an account.

    Attributes:
        source: the text of the file.
        entities: the users, groups and roles in it.
        managed: the names of the managed policies in it, by what refers to them: their ARNs, or names within the file.
        accounts: the ids of the accounts that it is about.
        truncated: the place that says that more follows in another file; None on the last page of an export.
        exported: whether it is a page of an export, which has whole accounts; a template has parts of one.
        edges: policies that are attached to entries by name, which may be those of other files.
        held: the policies of resources.
        open: what hinders policies from taking part in decisions.
        members: users in groups, who may be those of other files.
    """

    source: Source
    entities: tuple[Entity, ...]
    managed: Mapping[str, str]
    accounts: frozenset[str]
    truncated: Span | None
    exported: bool = True
    edges: tuple[Edge, ...] = ()
    held: tuple[Held, ...] = ()
    open: tuple[Open, ...] = ()
    members: tuple[Member, ...] = ()
