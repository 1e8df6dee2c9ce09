"""Determines whether some text matches two patterns."""

from collections.abc import Iterator

from iam2rego.lint.inclusion import One, Symbol, Symbols


def overlap(left: Symbols, right: Symbols) -> bool:
    """Return whether both patterns can match the same text; a variable may have any value."""
    if not _begin_alike(left, right):
        return False
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


def _begin_alike(left: Symbols, right: Symbols) -> bool:
    """Compare as far as both are characters, which decides most pairs."""
    for one, two in zip(left, right, strict=False):
        if not (isinstance(one, str) and isinstance(two, str)):
            return True
        if one != two:
            return False
    return True


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
