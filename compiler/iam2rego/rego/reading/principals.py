"""Reads a statement's test of the caller: its principal part (P1 to P12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from iam2rego.ir.pattern import Unmatchable
from iam2rego.ir.policy import Effect, Statement
from iam2rego.ir.principal import (
    AccountPrincipal,
    AnyPrincipal,
    ArnPrincipal,
    CanonicalUserPrincipal,
    FederatedPrincipal,
    PrincipalEntry,
    ServicePrincipal,
    UniqueIdPrincipal,
)

_Listed: TypeAlias = tuple[str, str]
"""A list of the runtime library, and a name in it."""

_ANY: Final = ("any", "*")
_EVERYBODY: Final = True
_NOBODY: Final = False


class Question(StrEnum):
    """The tests of the caller: whether the lists name it, do not name it, how they name it (P1), or do not exempt it (P10)."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    KIND = "kind"
    NOT_EXEMPT = "not_exempt"


@dataclass(frozen=True, slots=True)
class CallerTest:
    """A question and its names, without duplicates, by the runtime library's lists."""

    question: Question
    lists: Mapping[str, tuple[str, ...]]


def read_callers(statement: Statement, *, wants_kind: bool) -> CallerTest | bool:
    """Return the test of the caller; True if everybody matches, False if nobody does.

    ``wants_kind`` says whether it matters how the statement names the caller.
    """
    if statement.principals is None:
        return _EVERYBODY
    listed = [_listed(entry) for entry in statement.principals.entries if not isinstance(entry, Unmatchable)]
    if statement.principals.negated:
        return _all_but(listed, statement.effect)
    if not listed:
        return _NOBODY
    if set(listed) == {_ANY} or (_ANY in listed and not wants_kind):
        return _EVERYBODY
    return CallerTest(Question.KIND if wants_kind else Question.INCLUDE, _lists(listed))


def _all_but(listed: list[_Listed], effect: Effect) -> CallerTest | bool:
    """Deny everybody except the exempt (P9 to P11); in lenient mode, allow everybody except those named (L2)."""
    if not listed:
        return _EVERYBODY
    if effect is Effect.DENY:
        return CallerTest(Question.NOT_EXEMPT, _lists(listed))
    return _NOBODY if _ANY in listed else CallerTest(Question.EXCLUDE, _lists(listed))


def _lists(listed: list[_Listed]) -> dict[str, tuple[str, ...]]:
    return {each: tuple(dict.fromkeys(text for kind, text in listed if kind == each)) for each, _ in sorted(listed)}


def _listed(entry: PrincipalEntry) -> _Listed:
    match entry:
        case AnyPrincipal():
            return _ANY
        case AccountPrincipal(account=account, partition=None):
            return "account", account
        case AccountPrincipal(account=account, partition=partition):
            return "account", f"arn:{partition}:iam::{account}:root"
        case ArnPrincipal(arn=arn):
            return "arn", arn
        case UniqueIdPrincipal(unique_id=unique_id):
            return "unique_id", unique_id
        case ServicePrincipal(service=service):
            return "service", service
        case FederatedPrincipal(provider=provider):
            return "provider", provider
        case CanonicalUserPrincipal(canonical_user=canonical_user):
            return "canonical_user", canonical_user
        case Unmatchable():
            raise AssertionError("entries that name nobody are left out")
