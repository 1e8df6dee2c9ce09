"""The text of statements, shown to people with the numbers of its lines."""

from collections.abc import Iterator, Sequence
from typing import Final

from iam2rego.source import Source, Span

_MOST: Final = 11
_HEAD: Final = 4
"""The number of lines of a long statement that are shown before those that matter."""
_WIDEST: Final = 120


def statement_text(source: Source, statement: Span, part: Span | None = None) -> Iterator[str]:
    """Yield the lines of a statement, with those of the part that matters marked.

    A long statement is cut to about a dozen lines, and long lines are cut; white space that all lines begin with is left out.
    """
    lines = dict(enumerate(source.excerpt(statement), statement.line))
    width = len(str(statement.end_line))
    shown = list(_chosen(list(lines), part))
    for number, following in zip(shown, [*shown[1:], statement.end_line + 1], strict=True):
        mark = ">" if part and part.line <= number <= part.end_line else " "
        yield f"  {mark} {number:>{width}} | {_cut(lines[number])}".rstrip()
        if following > number + 1:
            yield f"    {'':>{width}} | ..."


def _chosen(numbers: Sequence[int], part: Span | None) -> Sequence[int]:
    """Return the numbers of the lines to show: the first ones, and those where the part begins."""
    if len(numbers) <= _MOST + 1:
        return numbers
    if part is None or part.line < numbers[_MOST]:
        return numbers[:_MOST]
    start = part.line - numbers[0]
    return [*numbers[:_HEAD], *numbers[start : start + _MOST - _HEAD - 1]]


def _cut(line: str) -> str:
    return line if len(line) <= _WIDEST else f"{line[:_WIDEST]}..."
