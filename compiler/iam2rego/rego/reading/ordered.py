"""Patterns that are no globs, as `lib/ordered.rego` and `lib/substitution.rego` match them: cut at their stars.

Such a pattern is a list of parts, which a text must have in this order. A part is a list of texts with exactly one character between
each two, nearly always one text. A text is made of literals and variables.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain
from typing import Final, TypeAlias

from iam2rego.rego.reading.pieces import Fixed, Hole, One, Piece, Pieces, Run

Words: TypeAlias = tuple[Fixed | Hole, ...]
"""One text, of literals and variables; none of them for the empty text."""

Part: TypeAlias = tuple[Words, ...]
"""Texts with exactly one character between each two; there is at least one."""

Parts: TypeAlias = tuple[Part, ...]
"""What a pattern has between its stars; where it starts or ends with one, the first or last part is empty."""

_FIELDS: Final = 6
_COLON: Final = Fixed(":")


class Form(StrEnum):
    """The shortest test of a pattern: against one text, parts in order, or such parts for each field of an ARN.

    In FIELDS no star leaves its field (C22); in RESOURCE one that ends a field may cross colons (R7).
    """

    EQUAL = "equal"
    STARTS = "starts"
    ENDS = "ends"
    HOLDS = "holds"
    ORDERED = "ordered"
    FIELDS = "fields"
    RESOURCE = "resource"


def form_of(pieces: Pieces) -> Form:
    """Return the shortest test of a pattern."""
    if stays_inside(pieces):
        return Form.RESOURCE if crossing_fields(pieces) else Form.FIELDS
    if any(isinstance(piece, One) for piece in pieces):
        return Form.ORDERED
    match [isinstance(piece, Run) for piece in pieces]:
        case [True, *inner, True] if inner and not any(inner):
            return Form.HOLDS
        case [True, *others] if not any(others):
            return Form.ENDS
        case [*others, True] if not any(others):
            return Form.STARTS
        case runs if not any(runs):
            return Form.EQUAL
    return Form.ORDERED


def stays_inside(pieces: Iterable[Piece]) -> bool:
    """Say whether some wildcard of a pattern stays inside its field."""
    return any(isinstance(piece, Run | One) and not piece.crosses for piece in pieces)


def words_of(pieces: Pieces) -> Words:
    """Return the literals and variables of a pattern."""
    return tuple(piece for piece in pieces if isinstance(piece, Fixed | Hole))


def parts_of(pieces: Pieces) -> Parts:
    """Cut a pattern at its stars."""
    return tuple(tuple(map(words_of, _cut(part, One))) for part in _cut(pieces, Run))


def fields_of(pieces: Pieces) -> tuple[Parts, ...]:
    """Cut the pattern of an ARN into its six fields, and each of these at its stars."""
    return tuple(map(parts_of, split_fields(pieces)))


def split_fields(pieces: Pieces) -> list[Pieces]:
    """Split the pattern of an ARN into six fields, at its first five colons: no literal before these holds another."""
    fields: list[list[Piece]] = [[]]
    for piece in chain.from_iterable(map(_at_colons, pieces)):
        if piece == _COLON and len(fields) < _FIELDS:
            fields.append([])
        else:
            fields[-1].append(piece)
    return list(map(tuple, fields))


def crossing_fields(pieces: Pieces) -> list[int]:
    """Return the indices of the fields before the last that end in a star which crosses colons (R7).

    The parts do not show it: a variable at the end of a field may be the empty text, as a part after its last star is.
    """
    fields = split_fields(pieces)[:-1]
    return [index for index, field in enumerate(fields) if any(isinstance(piece, Run) and piece.crosses for piece in field)]


def _cut(pieces: Pieces, kind: type[Run | One]) -> list[Pieces]:
    cut: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, kind):
            cut.append([])
        else:
            cut[-1].append(piece)
    return list(map(tuple, cut))


def _at_colons(piece: Piece) -> Iterator[Piece]:
    """Yield a literal's colons and what is between them."""
    if not isinstance(piece, Fixed):
        yield piece
        return
    for number, text in enumerate(piece.text.split(":")):
        if number:
            yield _COLON
        if text:
            yield Fixed(text)
