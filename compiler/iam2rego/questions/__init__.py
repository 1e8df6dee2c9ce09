"""Requests on both sides of every edge of a policy.

The generator picks a request that should match a whole statement, then changes one part at a time. It decides nothing and
shares no code with the engines, so a bad guess costs coverage, never correctness. The same policy and seed always give the
same requests.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random
from typing import Final

from iam2rego.ir.policy import Policy, Statement
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.questions import actions, conditions, context, malformed, resources, special, substitutions
from iam2rego.questions.aim import Aim

_FULL_ACTIONS: Final = 2
_FULL_RESOURCES: Final = 16
"""How many entries of a statement have all their edges tested; each of the others gets a few requests on either side."""


def requests(policy: Policy, seed: int) -> list[JsonValue]:
    """Return the requests for every statement of ``policy``, and those of unusual callers, without duplicates."""
    return once(_all(policy, seed))


def refused(policy: Policy) -> list[JsonValue]:
    """Return a fixed set of requests that are malformed or nearly so, made from the first statement of ``policy``."""
    return once(request for aim in _first(policy) for request in malformed.refused(aim))


def ruled(policy: Policy) -> list[JsonValue]:
    """Return a fixed set of requests that special rules decide, with the context of the first statement of ``policy``."""
    return once(request for aim in _first(policy) for request in special.requests(aim))


def once(requests: Iterable[JsonValue]) -> list[JsonValue]:
    """Return the requests in order, without duplicates."""
    found: dict[str, JsonValue] = {}
    for request in requests:
        found.setdefault(dumps(request), request)
    return list(found.values())


def _all(policy: Policy, seed: int) -> Iterator[JsonValue]:
    for index, statement in enumerate(policy.document.statements):
        random = Random(f"{seed}/{policy.name}/{index}")
        yield from (aim.request() for aim in aims(statement, base(statement), random))
    for aim in _first(policy):
        yield from malformed.callers(aim)


def _first(policy: Policy) -> Iterator[Aim]:
    """Yield the base request of the first statement, if there is one."""
    yield from (base(statement) for statement in policy.document.statements[:1])


def base(statement: Statement) -> Aim:
    """Return a request that should match the whole statement."""
    values = context.base(statement)
    return Aim(actions.base(statement.actions), resources.base(statement.resources, context.texts_of(values)), values)


def aims(statement: Statement, aim: Aim, random: Random) -> Iterator[Aim]:
    """Yield ``aim``, which should match ``statement``, then the same with one part at a time moved to each edge."""
    yield aim
    yield from _action_edges(statement, aim, random)
    yield from _resource_edges(statement, aim, random)
    for condition in statement.conditions:
        yield from conditions.edges(condition, aim, random)
    yield from substitutions.edges(statement, aim)


def _action_edges(statement: Statement, aim: Aim, random: Random) -> Iterator[Aim]:
    """Yield other actions, the nearest of them without context too: the missing keys show which statements name the action."""
    entries = statement.actions.entries
    full = _some(len(entries), _FULL_ACTIONS, random)
    for place, entry in enumerate(entries):
        met, missed = actions.sides(entry) if place in full else actions.pair(entry, random)
        yield from (aim.doing(text) for text in (*met, *missed))
        if aim.context:
            yield from (replace(aim, context={}).doing(text) for text in (*met[:1], *missed))
    yield aim.doing(actions.UNLIKE)


def _resource_edges(statement: Statement, aim: Aim, random: Random) -> Iterator[Aim]:
    texts = context.texts_of(aim.context)
    entries = statement.resources.entries
    full = _some(len(entries), _FULL_RESOURCES, random)
    for place, entry in enumerate(entries):
        found = resources.edges(entry, texts, random) if place in full else resources.pair(entry, texts, random)
        yield from (aim.on(text) for text in found)


def _some(count: int, most: int, random: Random) -> frozenset[int]:
    return frozenset(random.sample(range(count), min(most, count)))
