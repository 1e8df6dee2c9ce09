"""Patterns with wildcards, matched by their definition (A3, R6, R7, C13)."""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import TypeAlias


class Wildcard(Enum):
    """What a wildcard may stand for."""

    RUN = auto()
    """Any characters, also none."""
    RUN_IN_FIELD = auto()
    """Any characters but colons, also none (R7)."""
    ONE = auto()
    """Exactly one character."""
    ONE_IN_FIELD = auto()
    """Exactly one character that is no colon (R7)."""


Piece: TypeAlias = str | Wildcard
"""Literal characters, or a wildcard."""


def matches(pattern: Iterable[Piece], text: str) -> bool:
    """Say whether ``pattern`` matches the whole of ``text``."""
    ends: Sequence[int] = [0]
    for piece in pattern:
        ends = _ends(piece, text, ends)
        if not ends:
            return False
    return len(text) in ends


def _ends(piece: Piece, text: str, starts: Sequence[int]) -> Sequence[int]:
    """Return all places where a match of ``piece`` that begins at one of ``starts`` can end; both ascend."""
    match piece:
        case str():
            return [start + len(piece) for start in starts if text.startswith(piece, start)]
        case Wildcard.RUN:
            return range(starts[0], len(text) + 1)
        case Wildcard.RUN_IN_FIELD:
            return _ends_in_field(text, starts)
        case Wildcard.ONE:
            return [start + 1 for start in starts if start < len(text)]
        case Wildcard.ONE_IN_FIELD:
            return [start + 1 for start in starts if start < len(text) and text[start] != ":"]


def _ends_in_field(text: str, starts: Sequence[int]) -> list[int]:
    """Return every place that a run without colons reaches from one of ``starts``."""
    ends: list[int] = []
    for start in starts:
        if ends and start <= ends[-1]:
            continue
        colon = text.find(":", start)
        ends += range(start, (len(text) if colon < 0 else colon) + 1)
    return ends
