"""The policies that a template, plan or state has, also those that are not read, and what becomes of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from iam2rego.ir.policy import Kind
from iam2rego.source import Span


class Outcome(StrEnum):
    """What becomes of a policy."""

    READ = "read"
    NEEDS_NAMES = "needs_names"
    """It holds a value that nothing tells, or one that cannot be made out: an error says why."""
    NOT_CREATED = "not_created"
    KNOWN_AFTER_APPLY = "known_after_apply"
    NOT_ATTACHED = "not_attached"
    """It is read, and nobody is known to have it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A policy of a resource.

    Attributes:
        name: its name.
        kind: its kind.
        resource: the logical id of the resource, or its address.
        path: the property of the resource that holds it, as in ``Policies[0].PolicyDocument``; None if it is made of several.
        span: its place in the file, if it has one.
        outcome: what becomes of it.
        needs: the names that nothing tells, or what it waits for.
        failed: whether an error about it was told.
    """

    name: str
    kind: Kind
    resource: str
    path: str | None
    span: Span | None
    outcome: Outcome
    needs: tuple[str, ...] = ()
    failed: bool = False


def count(listed: Iterable[Listed], outcome: Outcome) -> int:
    """Return how many policies have an outcome, without those of which an error tells."""
    return sum(each.outcome is outcome and not each.failed for each in listed)


def failed(listed: Iterable[Listed]) -> int:
    """Return of how many policies an error tells."""
    return sum(each.failed for each in listed)
