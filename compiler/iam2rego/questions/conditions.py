"""Contexts on both sides of a condition (docs/semantics.md, "Conditions")."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Final

from iam2rego.ir.condition import Condition, Operator
from iam2rego.jsontext import JsonValue, Number
from iam2rego.questions.aim import Aim
from iam2rego.questions.context import plain, satisfying, texts_of, unlike
from iam2rego.questions.values import hit, probes

_PROBED_VALUES: Final = 16
"""How many values of a condition have all their edges tested; the others only get a match."""

_ANY_KIND: Final[tuple[JsonValue, ...]] = (
    "",
    [],
    [""],
    ["", ""],
    ["", "x"],
    "*",
    "?",
    "${aws:username}",
    "\u00fcnreadable",
    True,
    Number("7"),
)


def edges(condition: Condition, aim: Aim, random: Random) -> Iterator[Aim]:
    """Yield ``aim`` with the condition's key at each edge: absent, matching, just missing, unreadable, single and in lists."""
    yield aim.without(condition.key)
    for value in _values(condition, aim, random):
        yield aim.having(condition.key, value)
    yield from _spellings(condition.key, aim)


def _spellings(key: str, aim: Aim) -> Iterator[Aim]:
    """Yield the key in other letter case with its value, and the key alone without the others (C2)."""
    for name, value in aim.context.items():
        if name == key:
            yield from (aim.having(spelling, value) for spelling in (key.swapcase(), key.upper(), key.lower()))
            yield replace(aim, context={key: value})


def _values(condition: Condition, aim: Aim, random: Random) -> Iterator[JsonValue]:
    yield from _ANY_KIND
    singles = list(_singles(condition, aim, random))
    yield from singles if plain(condition) else ([single] for single in singles)
    hits = satisfying(condition, texts_of(aim.context))
    yield from _lists(hits, unlike(condition))
    yield from (hits if not plain(condition) else ())


def _singles(condition: Condition, aim: Aim, random: Random) -> Iterator[JsonValue]:
    """Yield a match for every policy value, and every probe of a few that the seed picks."""
    texts = texts_of(aim.context)
    yield unlike(condition)
    if condition.operator is not Operator.NULL:
        yield from (hit(condition.operator, value, texts) for value in condition.values)
    for value in random.sample(condition.values, min(_PROBED_VALUES, len(condition.values))):
        yield from probes(condition.operator, value, texts)


def _lists(hits: list[JsonValue], miss: JsonValue) -> Iterator[JsonValue]:
    """Yield lists of which all, some and no members match, and one that repeats and mixes types (C5, C6, C8, C9)."""
    yield list(hits)
    yield ["", *hits[:1]]
    yield from ([one] for one in hits[:1])
    yield [*hits, miss]
    yield [miss, *hits[:1]]
    yield [miss]
    yield [miss, f"{miss}-too"]
    yield [*hits[:1], *hits[:1], True, Number("7"), ""]
