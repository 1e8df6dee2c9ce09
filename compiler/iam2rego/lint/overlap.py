"""Determines whether some text matches two patterns."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from iam2rego.lint.inclusion import One, Symbol, Symbols

_CACHED: Final = 4096


@lru_cache(_CACHED)
def overlap(left: Symbols, right: Symbols) -> bool:
    """Return whether both patterns can match the same text; a variable may have any value."""
    decided = _by_beginning(left, right)
    if decided is not None:
        return decided
    seen: set[tuple[int, int]] = set()
    reached = [(0, 0)]
    while reached:
        place = reached.pop()
        if place == (len(left), len(right)):
            return True
        if place not in seen:
            seen.add(place)
            reached += _next(left, right, *place)
    return False


def _by_beginning(left: Symbols, right: Symbols) -> bool | None:
    """Compare as far as both are characters, which decides most pairs; None if it does not. What ends in a run there matches any rest."""
    for place, (one, two) in enumerate(zip(left, right, strict=False), 1):
        if isinstance(one, str) and isinstance(two, str):
            if one != two:
                return False
        else:
            return True if (place == len(left) and _is_run(one)) or (place == len(right) and _is_run(two)) else None
    return None


def _next(left: Symbols, right: Symbols, at: int, other: int) -> Iterator[tuple[int, int]]:
    """Yield the places in both patterns that one more character, or the end of a run, leads to."""
    one = left[at] if at < len(left) else None
    two = right[other] if other < len(right) else None
    if one and two and not _is_run(one) and not _is_run(two):
        if one == two or isinstance(one, One) or isinstance(two, One):
            yield at + 1, other + 1
        return
    if one and (_is_run(one) or (two and _is_run(two))):
        yield at + 1, other
    if two and (_is_run(two) or (one and _is_run(one))):
        yield at, other + 1


def _is_run(symbol: Symbol) -> bool:
    return not isinstance(symbol, str | One)
