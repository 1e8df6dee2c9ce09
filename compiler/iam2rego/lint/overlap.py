"""Determines whether some text matches two patterns."""

from functools import lru_cache
from typing import Final

from iam2rego.lint.inclusion import SINGLE, One, Symbol, Symbols

_CACHED: Final = 4096


@lru_cache(_CACHED)
def overlap(left: Symbols, right: Symbols) -> bool:
    """Return whether both patterns can match the same text; a variable may have any value.

    If both have a run, only what is before their first runs and after their last ones counts: the first run of each matches what the other
    has before its last run, and the last run what the other has after its first.
    """
    if not (_begin_alike(left, right) and _begin_alike(left[::-1], right[::-1])):
        return False
    return (any(map(_is_run, left)) and any(map(_is_run, right))) or _can_both_end(left, right)


def _begin_alike(left: Symbols, right: Symbols) -> bool:
    """Say whether no two characters differ before the first run of either."""
    for one, two in zip(left, right, strict=False):
        if _is_run(one) or _is_run(two):
            return True
        if not _are_alike(one, two):
            return False
    return True


def _can_both_end(left: Symbols, right: Symbols) -> bool:
    """Look for a way to the ends of both patterns: one more character of each at a time, or one symbol beside a run of the other."""
    left_runs, right_runs = [*map(_is_run, left), False], [*map(_is_run, right), False]
    seen: set[tuple[int, int]] = set()
    reached = [(0, 0)]
    while reached:
        place = reached.pop()
        if place == (len(left), len(right)):
            return True
        if place in seen:
            continue
        seen.add(place)
        at, other = place
        if left_runs[at] or right_runs[other]:
            reached += [(at + 1, other)] if at < len(left) else []
            reached += [(at, other + 1)] if other < len(right) else []
        elif at < len(left) and other < len(right) and _are_alike(left[at], right[other]):
            reached.append((at + 1, other + 1))
    return False


def _are_alike(one: Symbol, two: Symbol) -> bool:
    return one == two or isinstance(one, One) or isinstance(two, One)


def _is_run(symbol: Symbol) -> bool:
    return not isinstance(symbol, SINGLE)
