"""Finds entries of a list that other entries of the same list cover."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from iam2rego.lint.inclusion import Beginnings, Symbols, covers, is_single

Entry = TypeVar("Entry")


def redundant(entries: Sequence[tuple[Entry, Symbols]]) -> Iterator[tuple[Entry, Entry]]:
    """Yield each entry that another one covers, and that one; of entries that mean the same, the first is kept."""
    first: dict[Symbols, int] = {}
    for place, (_, symbols) in enumerate(entries):
        first.setdefault(symbols, place)
    wide = [place for place, (_, symbols) in enumerate(entries) if first[symbols] == place and not is_single(symbols)]
    if not wide and len(first) == len(entries):
        return  # as in most lists
    beginnings = Beginnings([entries[place][1] for place in wide])
    for place, (entry, symbols) in enumerate(entries):
        near = sorted(wide[each] for each in beginnings.near(symbols))
        by = first[symbols] if first[symbols] != place else next((each for each in near if _covers(entries, each, place)), None)
        if by is not None:
            yield entry, entries[by][0]


def _covers(entries: Sequence[tuple[Entry, Symbols]], wide: int, narrow: int) -> bool:
    """Return whether one of two entries covers the other; if each covers the other, only the first does."""
    one, other = entries[wide][1], entries[narrow][1]
    return wide != narrow and covers(one, other) and (wide < narrow or not covers(other, one))
