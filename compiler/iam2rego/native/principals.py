"""The principal part of a statement: whether, and how, it names the caller (docs/semantics.md, "Principals")."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from iam2rego.ir.pattern import Unmatchable
from iam2rego.ir.policy import Effect, Statement
from iam2rego.ir.principal import (
    AccountPrincipal,
    AnyPrincipal,
    ArnPrincipal,
    CanonicalUserPrincipal,
    FederatedPrincipal,
    PrincipalEntry,
    Principals,
    ServicePrincipal,
    UniqueIdPrincipal,
)
from iam2rego.native.principal import Caller, CallerKind


class Match(StrEnum):
    """The ways in which an entry can match the caller, strongest first (P1)."""

    DIRECT = "direct"
    """The very caller."""
    WILD = "wild"
    """Everybody."""
    ROLE = "role"
    """The role of the session."""
    USER = "user"
    """The user behind the federated-user session."""
    ACCOUNT = "account"
    """Everybody of the account."""


_CHAIN: Final[Mapping[CallerKind, frozenset[Match]]] = MappingProxyType(
    {
        CallerKind.ROOT: frozenset({Match.ACCOUNT}),
        CallerKind.USER: frozenset({Match.ACCOUNT, Match.DIRECT}),
        CallerKind.SESSION: frozenset({Match.ACCOUNT, Match.ROLE, Match.DIRECT}),
        CallerKind.FEDERATED_USER: frozenset({Match.ACCOUNT, Match.USER, Match.DIRECT}),
        CallerKind.SERVICE: frozenset({Match.DIRECT}),
        CallerKind.FEDERATED: frozenset({Match.DIRECT}),
        CallerKind.ANONYMOUS: frozenset({Match.WILD}),
    }
)
"""What ``NotPrincipal`` must list to exempt a caller (P10). A session without a name cannot be listed, so it is never exempt."""

_BY_UNIQUE_ID: Final[Mapping[CallerKind, Match]] = MappingProxyType({CallerKind.USER: Match.DIRECT, CallerKind.SESSION: Match.ROLE})


def match_of(statement: Statement, caller: Caller) -> Match | None:
    """Return the strongest way in which the principal part matches the caller; None if it does not (P1).

    A statement without a principal part, or with one that excepts others, matches everybody (P12, P9, L2).
    """
    principals = statement.principals
    if principals is None:
        return Match.WILD
    matches = {match for entry in principals.entries if (match := _entry_match(entry, caller))}
    if principals.negated:
        return None if _is_excepted(statement.effect, matches, caller) else Match.WILD
    return next((match for match in Match if match in matches), None)


def element(principals: Principals) -> str:
    """Return the element that holds the principals."""
    return "NotPrincipal" if principals.negated else "Principal"


def _is_excepted(effect: Effect, matches: set[Match], caller: Caller) -> bool:
    """Say whether ``NotPrincipal`` excepts the caller, given the ways in which its entries match the caller."""
    if effect is Effect.ALLOW:
        return bool(matches)  # L2
    return not caller.bounded and (Match.WILD in matches or _CHAIN[caller.kind] <= matches)  # P11, P10


def _entry_match(entry: PrincipalEntry, caller: Caller) -> Match | None:
    match entry:
        case AnyPrincipal():
            return Match.WILD  # P2
        case AccountPrincipal(account=account, partition=partition):
            return Match.ACCOUNT if account == caller.account and partition in (None, caller.partition) else None  # P3
        case ArnPrincipal(arn=arn):
            return _arn_match(arn, caller)
        case UniqueIdPrincipal(unique_id=unique_id):
            return _BY_UNIQUE_ID.get(caller.kind) if unique_id == caller.unique_id else None  # P8
        case ServicePrincipal(service=service):
            return Match.DIRECT if service in caller.services else None  # P7
        case FederatedPrincipal(provider=provider):
            return Match.DIRECT if provider == caller.provider else None  # P7
        case CanonicalUserPrincipal(canonical_user=canonical_user):
            return Match.ACCOUNT if canonical_user == caller.canonical_user else None  # P7
        case Unmatchable():
            return None


def _arn_match(arn: str, caller: Caller) -> Match | None:
    """Compare ARNs exactly (P4, P5)."""
    if arn == caller.arn:
        return Match.DIRECT
    if arn == caller.role_arn:
        return Match.ROLE
    return Match.USER if arn == caller.user_arn else None
