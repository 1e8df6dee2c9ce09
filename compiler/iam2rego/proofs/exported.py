"""The callers of account exports: their users and roles, and everybody else whom policies tell apart.

A session's role is taken to be of the session's account and to have its name: the exported one, if there is one. The user behind a
federated-user session is taken to be of its account.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import PolicySet
from iam2rego.ir.principal import PrincipalEntry
from iam2rego.jsontext import JsonValue
from iam2rego.native.principal import CallerKind
from iam2rego.proofs.callers import ACCOUNTS, Representative
from iam2rego.proofs.mentions import (
    ENDS,
    IS_ROLE,
    PARTITIONS,
    Mentions,
    elsewhere,
    endless,
    fresh_name,
    fresh_session,
    mentions_of,
    representative,
    session_of,
)
from iam2rego.proofs.verdict import UndecidedError


def callers_of(sets: Sequence[PolicySet], also: Iterable[PrincipalEntry] = ()) -> Iterator[Representative]:
    """Yield the callers that sets with account exports tell apart, users and roles of the exports first.

    Those of ``also`` count as named by a policy.

    Raises:
        UndecidedError: a role of the same name has another path in another set.
    """
    given = [each.attachments for each in sets]
    _refuse_moved(given)
    exported = {each.arn: None for attachments in given for each in attachments.principals}
    mentioned = _with_exports(mentions_of(sets, also), given, exported)
    managing = (False, True) if any(each.service_control is not None for each in given) else (False,)
    yield from (each for made in _with_account(mentioned, exported) for each in _flagged(made, mentioned, managing))
    yield from elsewhere(mentioned)


def _with_exports(mentioned: Mentions, given: Sequence[Attachments], exported: Iterable[str]) -> Mentions:
    """Add the users and roles of exports to what policies name."""
    accounts = {account for attachments in given for account in attachments.accounts}
    partitions = {arn.split(":", 2)[1] for arn in exported}
    return replace(
        mentioned,
        arns=list(dict.fromkeys((*exported, *mentioned.arns))),
        accounts=mentioned.accounts | accounts,
        partitions=mentioned.partitions | partitions,
    )


def _with_account(mentioned: Mentions, exported: Collection[str]) -> Iterator[Representative]:
    """Yield the callers that have an account, without what more a request may say about them."""
    fresh, session = fresh_name(mentioned), fresh_session(mentioned)
    by_name = {_role_name(arn): [arn] for arn in exported if IS_ROLE in arn}
    for arn in mentioned.of_kind(CallerKind.SESSION):
        if IS_ROLE in arn and arn not in exported and by_name.get(_role_name(arn), [""])[0] not in exported:
            by_name.setdefault(_role_name(arn), []).append(arn)
    for arn in mentioned.of_kind(CallerKind.USER):
        yield representative(arn)
    yield from (representative(session_of(arn, session)) for alike in by_name.values() for arn in alike)
    for arn in mentioned.of_kind(CallerKind.SESSION):
        if IS_ROLE not in arn:
            yield from _sessions(arn, by_name, exported, fresh)
    federated = mentioned.of_kind(CallerKind.FEDERATED_USER)
    for arn in mentioned.of_kind(CallerKind.USER):
        _, partition, _, _, account, _ = arn.split(":", 5)
        home = f"arn:{partition}:sts::{account}:"
        for each in (f"{home}federated-user/{fresh}", *(each for each in federated if each.startswith(home))):
            yield representative({"arn": each, "user_arn": arn})
    yield from (representative(arn) for arn in mentioned.of_kind(CallerKind.FEDERATED_USER, CallerKind.ROOT))
    yield from _strangers(mentioned)


def _sessions(
    arn: str, by_name: Mapping[tuple[str, str, str], Sequence[str]], exported: Collection[str], path: str
) -> Iterator[Representative]:
    """Yield a session that policies name, of every role that it can be of: one may have a path that no policy names, such as ``path``."""
    _, partition, _, _, account, name = arn.split(":", 5)
    role = name.split("/")[1]
    alike = by_name.get((partition, account, role), ())
    other = f"arn:{partition}:iam::{account}:role/{path}/{role}"
    for each in alike if alike and alike[0] in exported else (*alike, other):
        yield representative({"arn": arn, "role_arn": each})


def _strangers(mentioned: Mentions) -> Iterator[Representative]:
    """Yield one caller of each kind whom no policy and no export names, in every account and partition."""
    fresh_account = next(each for each in endless(ACCOUNTS) if each not in mentioned.accounts)
    fresh_partition = next(each for each in endless(PARTITIONS) if each not in mentioned.partitions)
    accounts, partitions = (fresh_account, *sorted(mentioned.accounts)), (fresh_partition, *sorted(mentioned.partitions))
    fresh = fresh_name(mentioned)
    for account, partition, end in product(accounts, partitions, ENDS.values()):
        yield representative(
            f"arn:{partition}:{end.format(account=account, name=fresh)}",
            mentioned.accounts if account == fresh_account else None,
            mentioned.partitions if partition == fresh_partition else None,
        )


def _flagged(made: Representative, mentioned: Mentions, managing: Sequence[bool]) -> Iterator[Representative]:
    """Yield a caller with everything more that a request may say about it and policies read."""
    is_in_iam = made.caller.kind in (CallerKind.USER, CallerKind.SESSION)
    unique_ids: list[tuple[str, JsonValue]] = [("unique_id", each) for each in (mentioned.unique_ids if is_in_iam else ())]
    canonical: list[tuple[str, JsonValue]] = [("canonical_user", each) for each in mentioned.canonical_users]
    flags: list[tuple[str, JsonValue] | None] = [("management_account", True) if each else None for each in managing]
    for chosen in product((None, *unique_ids), (None, *canonical), flags):
        more = dict(each for each in chosen if each is not None)
        yield made if not more else representative({**_members(made.principal), **more}, made.accounts, made.partitions)


def _members(principal: JsonValue) -> dict[str, JsonValue]:
    return principal if isinstance(principal, dict) else {"arn": principal}


def _role_name(arn: str) -> tuple[str, str, str]:
    _, partition, _, _, account, name = arn.split(":", 5)
    return partition, account, name.rsplit("/", 1)[1]


def _refuse_moved(given: Sequence[Attachments]) -> None:
    """Refuse a role whose path differs between exports: a session that does not tell its role's path is of another one in each."""
    found: dict[tuple[str, str, str], str] = {}
    for arn in (each.arn for attachments in given for each in attachments.principals if IS_ROLE in each.arn):
        if found.setdefault(_role_name(arn), arn) != arn:
            raise UndecidedError(f"the role {arn} has another path in the other policies")
