"""Finds the callers that policies tell apart, from the principals that they name (P1 to P12, E4 to E12)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Final

from iam2rego.ir.policy import PolicySet
from iam2rego.ir.principal import (
    AccountPrincipal,
    ArnPrincipal,
    CanonicalUserPrincipal,
    FederatedPrincipal,
    PrincipalEntry,
    ServicePrincipal,
    UniqueIdPrincipal,
)
from iam2rego.jsontext import JsonValue
from iam2rego.native.principal import Caller, CallerKind, read_caller
from iam2rego.proofs.callers import ACCOUNTS, Representative
from iam2rego.proofs.verdict import UndecidedError

_MOST: Final = 4_000
"""How many callers a question may have."""
_MOST_SERVICES: Final = 6
PARTITIONS: Final = ("aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b")
_SERVICE: Final = "example.amazonaws.com"
_PROVIDER: Final = "example.com"
IS_ROLE: Final = ":role/"
_NAME: Final = "example"
_SESSION: Final = "session"
ENDS: Final = {
    CallerKind.USER: "iam::{account}:user/{name}",
    CallerKind.SESSION: "sts::{account}:assumed-role/{name}/session",
    CallerKind.ROOT: "iam::{account}:root",
    CallerKind.FEDERATED_USER: "sts::{account}:federated-user/{name}",
}


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the principals of policies name, each once."""

    accounts: frozenset[str]
    partitions: frozenset[str]
    arns: Sequence[str]
    unique_ids: Sequence[str]
    canonical_users: Sequence[str]
    services: Sequence[str]
    providers: Sequence[str]

    def of_kind(self, *kinds: CallerKind) -> list[str]:
        """Return the ARNs of some kinds of callers."""
        return [arn for arn in self.arns if _read(arn).kind in kinds and _is_caller(arn)]


def representatives(sets: Sequence[PolicySet], *, with_root: bool, also: Iterable[PrincipalEntry] = ()) -> list[Representative]:
    """Return the callers that some policy sets tell apart: users first. Those of ``also`` count as named by a policy.

    Raises:
        UndecidedError: there are too many.
    """
    managing = (False, True) if any(each.attachments.service_control is not None for each in sets) else (False,)
    made = _principals(mentions_of(sets, also), managing)
    return placed((each for each in made if with_root or each.caller.kind is not CallerKind.ROOT), sets)


def placed(callers: Iterable[Representative], sets: Sequence[PolicySet]) -> list[Representative]:
    """Return callers in every relation to the resource that the sets tell apart.

    Raises:
        UndecidedError: there are too many.
    """
    owned = (True, False) if any(each.attachments.resource is not None for each in sets) else (True,)
    away = (False, True) if any(each.attachments.resource_control is not None for each in sets) else (False,)
    found: list[Representative] = []
    for made in callers:
        owners = owned if made.caller.account is not None else (True,)
        found += (replace(made, is_owner=is_owner, is_away=is_away) for is_owner in owners for is_away in away)
        if len(found) > _MOST:
            raise UndecidedError(f"its policies tell more than {_MOST:,} callers apart")
    return found


def mentions_of(sets: Iterable[PolicySet], also: Iterable[PrincipalEntry] = ()) -> Mentions:
    """Return what the principals of all policies of some sets name, and those of ``also``."""
    entries = list(dict.fromkeys((*_entries(sets), *also)))
    arns = [each.arn for each in entries if isinstance(each, ArnPrincipal)]
    accounts = {each.account for each in entries if isinstance(each, AccountPrincipal)}
    partitions = {each.partition for each in entries if isinstance(each, AccountPrincipal) and each.partition is not None}
    return Mentions(
        accounts=frozenset(accounts | {account for arn in arns if (account := _read(arn).account) is not None}),
        partitions=frozenset(partitions | {partition for arn in arns if (partition := _read(arn).partition) is not None}),
        arns=arns,
        unique_ids=[each.unique_id for each in entries if isinstance(each, UniqueIdPrincipal)],
        canonical_users=[each.canonical_user for each in entries if isinstance(each, CanonicalUserPrincipal)],
        services=[each.service for each in entries if isinstance(each, ServicePrincipal)],
        providers=[each.provider for each in entries if isinstance(each, FederatedPrincipal)],
    )


def _entries(sets: Iterable[PolicySet]) -> Iterator[PrincipalEntry]:
    for policies in sets:
        for statement in (statement for policy in policies.policies for statement in policy.document.statements):
            yield from () if statement.principals is None else statement.principals.entries


def _principals(mentioned: Mentions, managing: Sequence[bool]) -> Iterator[Representative]:
    """Yield every caller that policies tell apart, after those among them that occur most."""
    yield from (representative({"arn": arn}) for arn in mentioned.of_kind(CallerKind.USER))
    session = fresh_session(mentioned)
    yield from (representative(session_of(arn, session)) for arn in mentioned.of_kind(CallerKind.SESSION) if IS_ROLE in arn)
    for kind in ENDS:
        yield from _of_accounts(kind, mentioned, managing)
    yield from elsewhere(mentioned)


def session_of(role: str, session: str) -> dict[str, JsonValue]:
    """Return the session of a role with this name as a principal."""
    _, partition, _, _, account, name = role.split(":", 5)
    return {"arn": f"arn:{partition}:sts::{account}:assumed-role/{name.rsplit('/', 1)[1]}/{session}", "role_arn": role}


def _of_accounts(kind: CallerKind, mentioned: Mentions, managing: Sequence[bool]) -> Iterator[Representative]:
    """Yield the callers of one kind: those whom policies name, and one of every account and partition, with all that is told apart."""
    fresh_account = next(each for each in endless(ACCOUNTS) if each not in mentioned.accounts)
    fresh_partition = next(each for each in endless(PARTITIONS) if each not in mentioned.partitions)
    for account, partition in product((fresh_account, *sorted(mentioned.accounts)), (fresh_partition, *sorted(mentioned.partitions))):
        arn = f"arn:{partition}:{ENDS[kind].format(account=account, name=fresh_name(mentioned))}"
        accounts = mentioned.accounts if account == fresh_account else None
        partitions = mentioned.partitions if partition == fresh_partition else None
        for members in _members(kind, arn, mentioned, managing):
            yield representative({"arn": arn, **members}, accounts, partitions)
    for arn in mentioned.of_kind(kind):
        yield from (representative({"arn": arn, **members}) for members in _members(kind, arn, mentioned, managing))


def fresh_name(mentioned: Mentions) -> str:
    """Return a name that is in no ARN that policies name."""
    return unused(_NAME, mentioned.arns)


def fresh_session(mentioned: Mentions) -> str:
    """Return a name for sessions of any role that is in no ARN that policies name."""
    return unused(_SESSION, mentioned.arns)


def unused(text: str, taken: Iterable[str]) -> str:
    """Return a text like this one that is in none of those that are taken."""
    taken = list(taken)
    while any(text in each for each in taken):
        text = f"another-{text}"
    return text


def _members(kind: CallerKind, arn: str, mentioned: Mentions, managing: Sequence[bool]) -> Iterator[dict[str, JsonValue]]:
    """Yield what the principal with this ARN can have beside it."""
    unique_ids = mentioned.unique_ids if kind in (CallerKind.USER, CallerKind.SESSION) else ()
    choices = (
        (None, *_behind(kind, arn, mentioned)),
        (None, *(("unique_id", each) for each in unique_ids)),
        (None, *(("canonical_user", each) for each in mentioned.canonical_users)),
        tuple(("management_account", True) if each else None for each in managing),
    )
    for chosen in product(*choices):
        yield dict(each for each in chosen if each is not None)


def _behind(kind: CallerKind, arn: str, mentioned: Mentions) -> list[tuple[str, JsonValue]]:
    """Return the roles that a session can be of, and the users that a federated-user session can be of, if it says so."""
    match kind:
        case CallerKind.SESSION:
            _, partition, _, _, account, name = arn.split(":", 5)
            # A session's own ARN lacks the path of its role, so the role may be one that no policy names.
            other = f"arn:{partition}:iam::{account}:role/{fresh_name(mentioned)}/{name.split('/')[1]}"
            roles = [each for each in mentioned.of_kind(CallerKind.SESSION) if IS_ROLE in each]
            return [("role_arn", each) for each in ((other, *roles) if mentioned.arns else ())]
        case CallerKind.FEDERATED_USER:
            return [("user_arn", each) for each in mentioned.of_kind(CallerKind.USER)]
        case _:
            return []


def elsewhere(mentioned: Mentions) -> Iterator[Representative]:
    """Yield the callers without an account: those whom policies name, and one of each kind."""
    if len(mentioned.services) > _MOST_SERVICES:
        raise UndecidedError(f"its policies name more than {_MOST_SERVICES} services")
    yield representative({"Service": unused(_SERVICE, mentioned.services)})
    for count in range(1, len(mentioned.services) + 1):
        for first, *others in combinations(mentioned.services, count):
            yield representative({"Service": first, **({"service_names": [*others]} if others else {})})
    yield from (representative({"Federated": each}) for each in (unused(_PROVIDER, mentioned.providers), *mentioned.providers))
    yield from (representative({"arn": arn}) for arn in mentioned.of_kind(CallerKind.SERVICE))
    yield representative("*")


def representative(
    principal: JsonValue, accounts: frozenset[str] | None = None, partitions: frozenset[str] | None = None
) -> Representative:
    """Return a caller by its ``principal``; the other arguments are those of `Representative`."""
    if isinstance(principal, dict) and principal.keys() == {"arn"}:
        principal = principal["arn"]
    return Representative(principal, read_caller(principal, []), accounts=accounts, partitions=partitions)


def _read(arn: str) -> Caller:
    return read_caller(arn, [])


def _is_caller(arn: str) -> bool:
    errors: list[str] = []
    read_caller(arn, errors)
    return not errors


def endless(texts: Sequence[str]) -> Iterator[str]:
    """Yield texts, then others like the first."""
    yield from texts
    first = texts[0]
    yield from (f"{int(first) + more:012}" if first.isdigit() else f"{first}-{more}" for more in range(1, 1_000_000))
