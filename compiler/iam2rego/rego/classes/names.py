"""The sorted action names of one service, and sets of them as integers: bit n is the n-th name."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from iam2rego.rego.classes.parts import WHOLE, Part, Patterns

Names: TypeAlias = Sequence[str]
NameSet: TypeAlias = int

_ASKED_FOR: Final = re.compile(r"([a-z0-9.-]+):([a-z0-9._-]+)")
"""The actions of well-formed requests (N3)."""

_STS: Final = "sts"
"""The service whose actions trust policies decide, or no policy at all (E14, E16)."""

_BEHIND: Final = "\x7f"
"""Comes after every character of a name."""

_OF_GLOB: Final = re.compile(r"\\(.)|(\*)|(\?)|(.)", re.DOTALL)


def named(parts: Iterable[Part]) -> Mapping[str, Names]:
    """Return the names in ``parts`` by service, except actions of STS and names that no request can have."""
    texts: dict[str, set[str]] = {}
    for part in parts:
        for service, (whole, _, _) in part.services.items():
            texts.setdefault(service, set()).update(whole)
    found: dict[str, set[str]] = {}
    for service, names in texts.items():
        for text in names:
            action = _ASKED_FOR.fullmatch(text if service == WHOLE else f"{service}:{text}")
            if action and action[1] != _STS:
                found.setdefault(action[1], set()).add(action[2])
    return {service: sorted(found[service]) for service in sorted(found)}


def every(names: Names) -> NameSet:
    """Return the set of all names."""
    return (1 << len(names)) - 1


def meant(part: Part, service: str, names: Names) -> NameSet:
    """Return the action names of a service that ``part`` matches."""
    found = _matching(part.services[service], names) if service in part.services else 0
    if WHOLE in part.services:
        found |= _matching(part.services[WHOLE], [f"{service}:{name}" for name in names])
    return every(names) & ~found if part.negated else found


def _matching(patterns: Patterns, names: Names) -> NameSet:
    whole, prefixes, globs = patterns
    found = 0
    for text in whole:
        place = bisect_left(names, text)
        if names[place : place + 1] == [text]:
            found |= 1 << place
    for prefix in prefixes:
        found |= (1 << bisect_left(names, prefix + _BEHIND)) - (1 << bisect_left(names, prefix))
    if globs:
        expression = re.compile("|".join(map(_expression, globs)), re.DOTALL)
        found |= sum(1 << place for place, name in enumerate(names) if expression.fullmatch(name))
    return found


def _expression(glob: str) -> str:
    """Return the regular expression of a glob without delimiters, as `reading.patterns` writes it."""
    return "".join(".*" if run else "." if one else re.escape(escaped or plain) for escaped, run, one, plain in _OF_GLOB.findall(glob))


def divided(names: Names, sets: Iterable[NameSet]) -> list[NameSet]:
    """Split ``names`` into the fewest classes of which each of ``sets`` is a union; their order is arbitrary."""
    classes = [every(names)]
    for each in sets:
        classes = [part for one in classes for part in (one & each, one & ~each) if part]
    return classes


def members(names: Names, some: NameSet) -> Iterator[str]:
    """Yield the names of a set, in their order."""
    while some:
        lowest = some & -some
        yield names[lowest.bit_length() - 1]
        some ^= lowest
