"""Patterns with variables, as the kernel reads them (`lib/substitution.rego`).

A variable's value is compared, never part of a glob (V6).
"""

from collections.abc import Iterator
from typing import Any

from iam2rego.rego.matching import fixed_text, fold, glob, stays_inside
from iam2rego.rego.pieces import Hole, One, Piece, Pieces, Run


def substitution(pieces: Pieces, *, folded: bool) -> tuple[str, list[Any]]:
    """Return the form of a pattern and its parts, in JSON; of a ``folded`` one the text is in lower case (C12)."""
    if folded:
        return "folded", _parts(pieces)
    if not any(isinstance(piece, Run | One) for piece in pieces):
        return "equal", _parts(pieces)
    if _ends_in_its_only_wildcard(pieces):
        return "starts", _parts(pieces[:-1])
    return "cut", list(_cut(pieces))


def _ends_in_its_only_wildcard(pieces: Pieces) -> bool:
    wildcards = [piece for piece in pieces if isinstance(piece, Run | One)]
    return wildcards == [Run(crosses=True)] and pieces[-1] == wildcards[0]


def _parts(pieces: Pieces) -> list[str | dict[str, Any]]:
    """Return texts and variables; wildcards stand at the end, or among globs."""
    return [_variable(piece) if isinstance(piece, Hole) else fixed_text((piece,)) for piece in pieces]


def _variable(hole: Hole) -> dict[str, Any]:
    default = {} if hole.default is None else {"otherwise": hole.default}
    return {"key": fold(hole.key), **default, **({"bounded": True} if hole.bounded else {})}


def _cut(pieces: Pieces) -> Iterator[Any]:
    """Yield globs and the variables between them in turn, a glob first and last."""
    between: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Hole):
            yield _glob(between)
            yield _variable(piece)
            between = []
        else:
            between.append(piece)
    yield _glob(between)


def _glob(pieces: list[Piece]) -> tuple[str, str]:
    inside_fields = stays_inside(pieces)
    return ("arn_like" if inside_fields else "like"), glob(pieces, inside_fields)
