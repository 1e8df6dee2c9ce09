"""Patterns with wildcards, matched by their definition (A3, R6, R7, C13)."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import TypeAlias


class Wildcard(Enum):
    """What a wildcard may match."""

    RUN = auto()
    """Any number of characters."""
    RUN_IN_FIELD = auto()
    """Any number of characters other than colons (R7)."""
    ONE = auto()
    """Exactly one character."""
    ONE_IN_FIELD = auto()
    """Exactly one character other than a colon (R7)."""


Piece: TypeAlias = str | Wildcard
"""Literal characters, or a wildcard."""


def matches(pattern: Iterable[Piece], text: str) -> bool:
    """Say whether ``pattern`` matches the whole of ``text``.

    Each piece takes a number of steps proportional to the length of ``text``, whatever the texts are: no piece is tried twice.
    """
    ends: Sequence[int] = [0]
    for piece in pattern:
        ends = _ends(piece, text, ends)
        if not ends:
            return False
    return len(text) in ends


def _ends(piece: Piece, text: str, starts: Sequence[int]) -> Sequence[int]:
    """Return all places where a match of ``piece`` that begins at one of ``starts`` can end; both ascend."""
    match piece:
        case "":
            return starts
        case str():
            return _ends_of_literal(piece, text, starts)
        case Wildcard.RUN:
            return range(starts[0], len(text) + 1)
        case Wildcard.RUN_IN_FIELD:
            return _ends_in_field(text, starts)
        case Wildcard.ONE:
            return [start + 1 for start in starts if start < len(text)]
        case Wildcard.ONE_IN_FIELD:
            return [start + 1 for start in starts if start < len(text) and text[start] != ":"]


def _ends_of_literal(literal: str, text: str, starts: Sequence[int]) -> list[int]:
    """Return the end of each occurrence of ``literal`` that begins at one of ``starts``."""
    first = starts[0]
    if len(starts) == 1:
        return [first + len(literal)] if text.startswith(literal, first) else []
    ends = (first + end for end in _occurrences(literal, text[first : starts[-1] + len(literal)]))
    beginnings = set(starts)
    return [end for end in ends if end - len(literal) in beginnings]


def _occurrences(literal: str, text: str) -> Iterator[int]:
    """Yield where each occurrence of ``literal`` ends, overlapping ones too, by Knuth, Morris and Pratt: in at most 2 * len(text) steps.

    Comparing ``literal`` at every place would take the product of both lengths, and a request chooses both (V6).
    """
    if len(literal) > len(text):
        return
    borders = _borders(literal)
    matched = 0
    for end, character in enumerate(text, 1):
        while matched and literal[matched] != character:
            matched = borders[matched]
        matched += literal[matched] == character
        if matched == len(literal):
            yield end
            matched = borders[matched]


def _borders(literal: str) -> list[int]:
    """Return, for each prefix of ``literal``, the length of its longest proper prefix that is also its suffix."""
    borders = [0, 0]
    for character in literal[1:]:
        length = borders[-1]
        while length and literal[length] != character:
            length = borders[length]
        borders.append(length + (literal[length] == character))
    return borders


def _ends_in_field(text: str, starts: Sequence[int]) -> list[int]:
    """Return every place that can be reached from one of ``starts`` without passing a colon."""
    ends: list[int] = []
    for start in starts:
        if ends and start <= ends[-1]:
            continue
        colon = text.find(":", start)
        ends += range(start, (len(text) if colon < 0 else colon) + 1)
    return ends
