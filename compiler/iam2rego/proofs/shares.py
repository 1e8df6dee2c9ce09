"""Divides a question about account exports and policies of single resources into questions about plain policy sets.

Callers with the same policies on both sides share a question for each route of resources. Where both sides have the same texts, there is
nothing to ask.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from iam2rego.ir.attachments import Attachments, Names
from iam2rego.ir.policy import Document, Effect, Policy, PolicySet
from iam2rego.native.attachments import boundary_of, held_by, identity_of
from iam2rego.native.principal import CallerKind
from iam2rego.native.principals import match_of
from iam2rego.proofs.callers import Representative
from iam2rego.proofs.differing import levels_of
from iam2rego.proofs.exported import callers_of
from iam2rego.proofs.inclusion import Inclusion, Restriction
from iam2rego.proofs.mentions import placed
from iam2rego.proofs.routes import Route, routes

_Numbers: TypeAlias = Mapping[tuple[int, str], int]
"""Every text gets a number. The keys are the index of a set and the name of a policy."""


@dataclass(frozen=True, slots=True)
class Share:
    """Some callers, the resources that they ask for, and the policies of each set that decide it, as plain sets."""

    sets: tuple[PolicySet, ...]
    callers: tuple[Representative, ...]
    route: Route


@dataclass(frozen=True, slots=True)
class _Held:
    """What a caller has in one set: its identity policies, its boundary, and whether service control policies concern it (E11)."""

    identity: Names
    boundary: Names | None
    is_governed: bool


def is_plain(policies: PolicySet) -> bool:
    """Say whether all callers and all resources have the same policies."""
    given = policies.attachments
    return not (given.resources or given.accounts or given.principals)


def inclusions(new: PolicySet, old: PolicySet | None, restriction: Restriction | None = None) -> Iterator[Inclusion]:
    """Yield the questions about plain sets that make up one about any sets; arguments and errors are those of `Inclusion`."""
    sets, restriction = (new,) if old is None else (new, old), restriction or Restriction()
    if all(map(is_plain, sets)):
        yield Inclusion(new, old, restriction)
        return
    for each in shares(sets, among=restriction.callers):
        part, *other = each.sets
        yield Inclusion(part, other[0] if other else None, replace(restriction, callers=each.callers, route=each.route))


def shares(sets: Sequence[PolicySet], *, among: Iterable[Representative] | None = None) -> Iterator[Share]:
    """Yield the shares of a question about one set, or about the differences of two; ``among`` has the callers to ask about, or else all.

    A question about one set leaves out root users, as `Inclusion` does.

    Raises:
        UndecidedError: the callers cannot be listed.
    """
    numbers = _numbers(sets)
    groups: dict[tuple[_Held, ...], list[Representative]] = {}
    asking = callers_of(sets) if among is None else among
    for each in (each for each in asking if len(sets) > 1 or each.caller.kind is not CallerKind.ROOT):
        groups.setdefault(tuple(_held(each, policies.attachments) for policies in sets), []).append(each)
    found = list(routes([each.attachments for each in sets], numbers))
    by_name = [{each.name: each for each in given.policies} for given in sets]
    for held, callers in groups.items():
        for route in found:
            given = [_attachments(each.attachments, own, route) for each, own in zip(sets, held, strict=True)]
            if not (_are_alike(given, numbers) or _is_closed(given[0], by_name[0], route, callers)):
                parts = tuple(_part(each, policies) for each, policies in zip(given, by_name, strict=True))
                yield Share(parts, tuple(placed(callers, parts)), route)


def _numbers(sets: Sequence[PolicySet]) -> _Numbers:
    texts: dict[Document, int] = {}
    return {(side, each.name): texts.setdefault(each.document, len(texts)) for side, given in enumerate(sets) for each in given.policies}


def _held(by: Representative, attachments: Attachments) -> _Held:
    caller = by.caller
    held = held_by(caller, attachments)
    is_governed = not attachments.accounts or caller.account in attachments.accounts
    return _Held(identity_of(caller, attachments, held) or (), boundary_of(caller, attachments, held), is_governed)


def _attachments(given: Attachments, held: _Held, route: Route) -> Attachments:
    """Return which policies decide what some callers may do with the resources of a route."""
    of_route = next((each.policy for each in given.resources if each.resource in route.arns), None)
    plain = {
        "identity": held.identity,
        "permissions_boundary": held.boundary,
        "service_control": given.service_control if held.is_governed else None,
        "resource": given.resource or of_route,
        "resources": (),
        "accounts": (),
        "principals": (),
    }
    return given.model_copy(update=plain)


def _part(attachments: Attachments, by_name: Mapping[str, Policy]) -> PolicySet:
    """Return the policies that are attached, as a set."""
    return PolicySet(policies=tuple(by_name[name] for name in sorted(set(_names(attachments)))), attachments=attachments)


def _names(attachments: Attachments) -> Iterator[str]:
    for names in levels_of(attachments):
        yield from chain.from_iterable(names or ())


def _are_alike(given: Sequence[Attachments], numbers: _Numbers) -> bool:
    """Say whether two sets have the same texts in the same places."""
    if len(given) == 1:
        return False
    told = [
        tuple(
            None if levels is None else tuple(frozenset(numbers[side, name] for name in names) for names in levels)
            for levels in levels_of(each)
        )
        for side, each in enumerate(given)
    ]
    return told[0] == told[1]


def _is_closed(given: Attachments, by_name: Mapping[str, Policy], route: Route, callers: Iterable[Representative]) -> bool:
    """Say whether the trust policies of a route allow none of the callers anything, who then cannot assume the roles (E14)."""
    if not route.is_of_roles:
        return False
    trust = () if given.resource is None else by_name[given.resource].document.statements
    allows = [each for each in trust if each.effect is Effect.ALLOW]
    return not any(match_of(each, by.caller) for each in allows for by in callers)
