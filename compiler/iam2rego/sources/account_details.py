"""What one file says about an account: its users, groups and roles, and what they refer to."""

from dataclasses import dataclass

from iam2rego.source import Source, Span


@dataclass(frozen=True, slots=True)
class Reference:
    """The name or ARN of another entry, and its place."""

    to: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """A user, group or role: its ARN with the account, kind and name in it, its own policies by name, and what it refers to."""

    arn: str
    account: str
    kind: str
    name: str
    span: Span
    inline: tuple[str, ...]
    attached: tuple[Reference, ...]
    groups: tuple[Reference, ...]
    boundary: Reference | None


@dataclass(frozen=True, slots=True)
class AccountDetails:
    """What one file says about an account.

    Attributes:
        source: the text of the file.
        entities: the users, groups and roles in it.
        managed: the ARNs of the managed policies in it.
        accounts: the ids of the accounts that it is about.
        truncated: the place that says that more follows in another file; None on the last page of an export.
    """

    source: Source
    entities: tuple[Entity, ...]
    managed: frozenset[str]
    accounts: frozenset[str]
    truncated: Span | None
