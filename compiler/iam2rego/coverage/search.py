"""A seeded search for one statement: each request combines an action, a resource, a context and a caller drawn independently.

The draws are near the parts without a pair, so that most of the requests are about these.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, chain, islice
from math import prod
from operator import mul
from random import Random
from string import ascii_lowercase
from typing import Final, NamedTuple, TypeVar

from iam2rego.coverage.bits import Truth
from iam2rego.coverage.candidates import Candidates
from iam2rego.coverage.model import PartKind
from iam2rego.coverage.parts import Located
from iam2rego.coverage.truths import Met, Truths, World
from iam2rego.ir.pattern import ActionPattern, ArnPattern, Pattern
from iam2rego.questions import actions, resources
from iam2rego.questions.aim import Aim
from iam2rego.questions.attached import otherwise
from iam2rego.questions.context import texts_of
from iam2rego.questions.fill import Filling, fill

_T = TypeVar("_T")
_Facts = TypeVar("_Facts")
_Spelled = TypeVar("_Spelled", World, Met)

_POOL: Final = 2_000
"""Roughly how many actions, and how many resources, there are to draw from at most."""

_WORLDS: Final = 100
"""How many contexts have several keys moved at once."""

_OTHERS: Final = 12
"""How many of the other entries also get draws near them."""

_OFTEN: Final = 0.5
"""How likely each key is then moved."""

_STRANGE: Final = 120
"""How many actions and resources are unlike all entries."""

_RANDOM: Final = 8
"""How many times the wildcards of an entry are filled at random."""


class _Draw(NamedTuple):
    """A request in four parts, each with its truths; the context and the caller are each given as an aim."""

    action: tuple[str, int]
    resource: str
    world: tuple[Aim, World]
    caller: tuple[Aim, Met]

    def aim(self) -> Aim:
        return replace(self.world[0], action=self.action[0], resource=self.resource, principal=self.caller[0].principal)


@dataclass(frozen=True)
class Search:
    """Makes `count` requests near the parts of one statement that are `missing` a pair; `start` should match the statement."""

    truths: Truths
    candidates: Candidates
    missing: Sequence[Located]
    start: Aim
    seed: str
    count: int

    def found(self) -> dict[Truth, Aim]:
        """Return all distinct truths of the requests, each with the first request that has them."""
        joined: dict[tuple[int, int, str, str], Truth] = {}
        found: dict[Truth, Aim] = {}
        for draw in self._draws:
            (_, action), (_, world), (_, caller) = draw.action, draw.world, draw.caller
            resource = self.truths.resource(draw.resource, world) or 0
            key = (action, resource, world.text, caller.text)
            if key not in joined:
                joined[key] = self.truths.joined(caller, action, resource, world)
                found.setdefault(joined[key], draw.aim())
        return found

    def aims(self) -> Iterator[Aim]:
        """Yield the requests, without duplicates."""
        yield from (draw.aim() for draw in self._draws)

    @cached_property
    def _draws(self) -> Sequence[_Draw]:
        """All combinations of nearby parts, up to the count; if there are fewer, also strange actions on any resource."""
        random = Random(self.seed)
        worlds = _unlike(_known(self._worlds(random), lambda aim: self.truths.world(aim.context)))
        callers = _unlike(_known(self._callers(), lambda aim: self.truths.caller(aim.principal)))
        actions = _known(dict.fromkeys(self._actions(random)), self.truths.action)
        resources = self._asked(chain(self._resources(random), (aim.resource for aim, _ in worlds)), worlds[0][1])
        near = list(_combined(self.count, random, actions, resources, worlds, callers))
        strange = _known(_strange("{}:{}", random), self.truths.action)
        others = self._asked(chain(resources, _strange("arn:aws:{}:::{}", random)), worlds[0][1])
        return [*near, *_combined(self.count - len(near), random, strange, others, worlds, callers)]

    def _asked(self, texts: Iterable[str], world: World) -> list[str]:
        """Return the resources that are well-formed."""
        return [text for text in dict.fromkeys(texts) if self.truths.resource(text, world) is not None]

    def _actions(self, random: Random) -> Iterator[str]:
        """Yield actions on both sides of the missing entries, and some near the other entries."""
        yield from (self.start.action, actions.UNLIKE, *self.candidates.decided)
        entries = self.truths.statement.actions.entries
        chosen = self._in_question(PartKind.ACTION, len(entries), random)
        for place in chosen:
            entry = entries[place]
            edges = [*actions.edges(entry)]
            yield from edges[:1]
            yield from random.sample(edges, min(len(edges), _POOL // len(chosen)))
            if isinstance(entry, ActionPattern):
                yield from _filled(entry.segments, random)

    def _resources(self, random: Random) -> Iterator[str]:
        """Yield resources on both sides of the missing entries, and some near the other entries."""
        yield from (self.start.resource, "*")
        entries, texts = self.truths.statement.resources.entries, texts_of(self.start.context)
        chosen = self._in_question(PartKind.RESOURCE, len(entries), random)
        for place in chosen:
            entry = entries[place]
            edges = [*resources.edges(entry, texts, random)]
            yield from edges[:1]
            yield from random.sample(edges, min(len(edges), _POOL // len(chosen)))
            if isinstance(entry, ArnPattern):
                yield from map(":".join, zip(*(_filled(field, random) for field in entry.fields), strict=True))

    def _in_question(self, kind: PartKind, count: int, random: Random) -> list[int]:
        places = [each.place for each in self.missing if each.kind is kind]
        return list(dict.fromkeys([*places, *random.sample(range(count), min(count, _OTHERS))]))

    def _worlds(self, random: Random) -> Iterator[Aim]:
        """Yield contexts with one key moved, then some with several."""
        moves = [list(self.candidates.worlds(condition, self.start)) for condition in self.truths.statement.conditions]
        moves += [list(otherwise(condition, self.start)) for condition in self.candidates.hiding()]
        yield from (self.start, *chain.from_iterable(moves))
        for _ in range(_WORLDS if len(moves) > 1 else 0):
            yield _mixed(self.start, [random.choice(each) for each in moves if random.random() < _OFTEN])

    def _callers(self) -> Iterator[Aim]:
        yield self.start
        yield from (self.start.by(caller) for caller in self.candidates.callers())


def _known(values: Iterable[_T], facts: Callable[[_T], _Facts | None]) -> list[tuple[_T, _Facts]]:
    """Return the well-formed values, each with its truths."""
    return [(value, known) for value in values if (known := facts(value)) is not None]


def _unlike(known: Iterable[tuple[Aim, _Spelled]]) -> list[tuple[Aim, _Spelled]]:
    """Return those with different spellings."""
    return list({facts.text: (aim, facts) for aim, facts in known}.values())


def _combined(
    count: int,
    random: Random,
    actions: Sequence[tuple[str, int]],
    resources: Sequence[str],
    worlds: Sequence[tuple[Aim, World]],
    callers: Sequence[tuple[Aim, Met]],
) -> Iterator[_Draw]:
    """Yield ``count`` different combinations, or all if there are fewer; up to half of them are near the first."""
    sizes = (len(actions), len(resources), len(worlds), len(callers))
    every = prod(sizes)
    sampled = random.sample(range(every), min(count, every))
    for number in islice(dict.fromkeys((*_around_first(sizes, count // 2, random), *sampled)), count):
        number, action = divmod(number, len(actions))
        number, resource = divmod(number, len(resources))
        caller, world = divmod(number, len(worlds))
        yield _Draw(actions[action], resources[resource], worlds[world], callers[caller])


def _around_first(sizes: Sequence[int], count: int, random: Random) -> list[int]:
    """Return the numbers of ``count`` combinations that differ from the first in one component: these teach the most."""
    steps = accumulate(sizes, mul, initial=1)
    around = [step * each for step, size in zip(steps, sizes, strict=False) for each in range(size)]
    return random.sample(around, min(count, len(around)))


def _strange(form: str, random: Random) -> list[str]:
    """Return different texts of a form that policies are unlikely to name."""
    words = ("".join(random.choices(ascii_lowercase, k=8)) for _ in range(2 * _STRANGE))
    return list(dict.fromkeys(form.format(one, other) for one, other in zip(words, words, strict=True)))


def _mixed(start: Aim, others: Sequence[Aim]) -> Aim:
    """Return ``start`` with the changes that the others made to its context."""
    context = dict(start.context)
    for other in others:
        gone = [key for key in start.context if key not in other.context]
        context = {key: value for key, value in context.items() if key not in gone}
        context |= {key: value for key, value in other.context.items() if start.context.get(key, None) != value}
    return replace(start, context=context)


def _filled(pattern: Pattern, random: Random) -> Iterator[str]:
    """Yield texts for ``pattern`` with its wildcards filled at random."""
    for _ in range(_RANDOM):
        run = "".join(random.choices(ascii_lowercase, k=random.randrange(6)))
        yield fill(pattern, Filling(run, random.choice(ascii_lowercase)))
