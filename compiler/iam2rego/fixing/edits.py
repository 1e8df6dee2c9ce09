"""Applies edits to a text."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise

from iam2rego.lint.fix import Edit, Fix
from iam2rego.source import Source


def apart(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """Return the fixes, in the order of their places, of which none touches what an earlier one edits."""
    chosen: list[Fix] = []
    edits: list[Edit] = []
    for fix in sorted(fixes, key=lambda each: each.start):
        if _are_apart([*edits, *fix.edits]):
            chosen.append(fix)
            edits += fix.edits
    return tuple(chosen)


def _are_apart(edits: Sequence[Edit]) -> bool:
    """Say whether the edits do not overlap; two at one place count as overlapping, since their order would matter."""
    ordered = sorted(edits, key=lambda each: (each.start, each.end))
    return all(one.end <= other.start and one.start != other.start for one, other in pairwise(ordered))


def applied(source: Source, fixes: Iterable[Fix]) -> str:
    """Return the text with the edits of fixes that are apart."""
    starts = tuple(accumulate(chain([0], (len(line) + 1 for line in source.lines))))
    edits = sorted((edit for fix in fixes for edit in fix.edits), key=lambda each: each.start)
    return "".join(_pieces(source, edits, starts))


def _pieces(source: Source, edits: Sequence[Edit], starts: Sequence[int]) -> Iterator[str]:
    end = 0
    for edit in edits:
        start = _offset(source, edit.start, starts)
        yield source.text[end:start]
        yield edit.text
        end = _offset(source, edit.end, starts)
    yield source.text[end:]


def _offset(source: Source, place: tuple[int, int], starts: Sequence[int]) -> int:
    line, column = place
    return starts[line - source.first_line] + column - 1
