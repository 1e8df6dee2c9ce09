"""The grant formulas: which policies must allow a caller's request (E4 to E10, E14, E15)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from iam2rego.ir.policy import PolicyType
from iam2rego.native.attachments import has_policies
from iam2rego.native.case import fold
from iam2rego.native.principal import CallerKind
from iam2rego.native.principals import Match, match_of
from iam2rego.native.request import Request
from iam2rego.native.resource_policies import asks_for_federation, asks_for_key, asks_for_trust
from iam2rego.native.situation import Placed, Situation


class Formula(Enum):
    """The grant formulas, one for each situation."""

    ALWAYS = auto()
    """The root user of the resource's account (E8)."""
    EITHER_SIDE = auto()
    """A caller of the resource's account (E5 to E7)."""
    TRUSTED = auto()
    """Such a caller, asking for a role or for a key with a given policy: its own policies do not suffice (E14, E15)."""
    BOTH_SIDES = auto()
    """A caller of another account (E9)."""
    RESOURCE_SIDE = auto()
    """A root user that only the resource's policy can allow (E8, E9, E14, E15)."""
    NAMED_OR_WILD = auto()
    """A service, or a federated caller (E10, E14)."""
    WILD = auto()
    """An anonymous caller (E10)."""
    NEVER = auto()
    """Across partitions (E9), a root user that assumes a role (E8), and federation without a federated caller (E14)."""


SUFFICIENT: Final[Mapping[Formula, frozenset[Match]]] = MappingProxyType(
    {
        Formula.TRUSTED: frozenset(Match),
        Formula.BOTH_SIDES: frozenset(Match),
        Formula.RESOURCE_SIDE: frozenset(Match),
        Formula.NAMED_OR_WILD: frozenset({Match.DIRECT, Match.WILD}),
        Formula.WILD: frozenset({Match.WILD}),
        Formula.NEVER: frozenset(),
    }
)
"""For the formulas that need the resource's policy: the matches of the caller that suffice, if all else is true."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a grant formula: whether it is true, and the statements that make it true."""

    holds: bool
    statements: Sequence[Placed] = ()


def formula_of(situation: Situation) -> Formula:
    """Return the formula for the caller, the action and the resource."""
    request, kind = situation.request, situation.request.caller.kind
    if crosses_partitions(request):
        return Formula.NEVER
    if asks_for_federation(request) and kind is not CallerKind.FEDERATED:
        return Formula.NEVER
    if kind is CallerKind.ANONYMOUS:
        return Formula.WILD
    if kind in (CallerKind.SERVICE, CallerKind.FEDERATED):
        return Formula.NAMED_OR_WILD
    return _formula_of_account(situation)


def _formula_of_account(situation: Situation) -> Formula:
    """Return the formula for a caller that has an account (E4)."""
    request = situation.request
    same_account = request.caller.account == request.resource_account
    trusted = _is_trusted(situation)
    if request.caller.kind is CallerKind.ROOT:
        if fold(request.action) == "sts:assumerole":
            return Formula.NEVER
        return Formula.ALWAYS if same_account and not trusted else Formula.RESOURCE_SIDE
    if not same_account:
        return Formula.BOTH_SIDES
    return Formula.TRUSTED if trusted else Formula.EITHER_SIDE


def _is_trusted(situation: Situation) -> bool:
    """Say whether only the resource's own policy can open it to its account.

    That is so for every role, whether its trust policy is given or not, except in a simulation (E14). A key without a given policy has
    the default one, which leaves access to the account's own policies (E15).
    """
    is_given = PolicyType.RESOURCE in situation.levels
    if asks_for_trust(situation.request):
        return is_given or not situation.simulated
    return is_given and asks_for_key(situation.request)


def crosses_partitions(request: Request) -> bool:
    """Say whether the caller has an account and the resource is in another partition."""
    return (
        request.caller.partition is not None and request.resource != "*" and request.resource.split(":", 2)[1] != request.caller.partition
    )


def terms(situation: Situation) -> Iterator[Term]:
    """Yield the terms of the formula; access is granted when one of them holds."""
    identity, resource = situation.allowing(PolicyType.IDENTITY), situation.allowing(PolicyType.RESOURCE)
    account = _meaning(situation, Match.ACCOUNT)
    named_or_wild, chained = _meaning(situation, Match.DIRECT, Match.WILD), _meaning(situation, Match.ROLE, Match.USER)
    uncapped = not set(lacking_caps(situation))
    match formula_of(situation):
        case Formula.ALWAYS:
            yield Term(uncapped)
        case Formula.EITHER_SIDE:
            yield Term(bool(named_or_wild), named_or_wild)
            yield Term(bool(chained) and uncapped, chained)
            yield Term(bool(identity) and uncapped, identity)
        case Formula.TRUSTED:
            yield Term(bool(named_or_wild), named_or_wild)
            yield Term(bool(chained) and uncapped, chained)
            yield Term(bool(account) and bool(identity) and uncapped, [*account, *identity])
        case Formula.BOTH_SIDES:
            yield Term(bool(resource) and bool(identity) and uncapped, [*resource, *identity])
        case Formula.RESOURCE_SIDE:
            yield Term(bool(resource) and uncapped, resource)
        case Formula.NAMED_OR_WILD:
            yield Term(bool(named_or_wild), named_or_wild)
        case Formula.WILD:
            wild = _meaning(situation, Match.WILD)
            yield Term(bool(wild), wild)
        case Formula.NEVER:
            pass


def lacking(situation: Situation) -> Iterator[PolicyType]:
    """Yield the types of policy that do not allow the request, even if another type makes up for them."""
    if has_policies(situation.request.caller) and not situation.allowing(PolicyType.IDENTITY):
        yield PolicyType.IDENTITY
    yield from lacking_caps(situation)
    sufficient = SUFFICIENT.get(formula_of(situation))
    if sufficient is not None and not _meaning(situation, *sufficient):
        yield PolicyType.RESOURCE


def lacking_caps(situation: Situation) -> Iterator[PolicyType]:
    """Yield boundary and session if they take part and do not allow; a federated-user session needs a session policy (E7)."""
    levels, kind = situation.levels, situation.request.caller.kind
    if PolicyType.PERMISSIONS_BOUNDARY in levels and not situation.allowing(PolicyType.PERMISSIONS_BOUNDARY):
        yield PolicyType.PERMISSIONS_BOUNDARY
    is_needed = PolicyType.SESSION in levels or kind is CallerKind.FEDERATED_USER
    if is_needed and not situation.allowing(PolicyType.SESSION):
        yield PolicyType.SESSION


def _meaning(situation: Situation, *matches: Match) -> list[Placed]:
    """Return the Allows of the resource's policy that apply and match the caller in one of these ways."""
    return [each for each in situation.allowing(PolicyType.RESOURCE) if match_of(each.statement, situation.request.caller) in matches]
