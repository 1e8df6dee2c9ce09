"""What decision documents say of statements, in few bytes (`written` of `lib/tables.rego`)."""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, TypeAlias

_Place: TypeAlias = tuple[int, int]
"""A line and a column."""


def packed(described: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a unit says of a policy and the ``sids`` and ``places`` of its statements.

    Each place, start and end of one statement after the other, is told by how far it is from the one before: lines down, and columns
    on, or the column where it is another line. So most numbers are small, and the same again and again. All are one text of JSON,
    since OPA takes several times the memory for what it has read.
    """
    statements = described["statements"]
    moves = list(_moves(statements))
    places = json.dumps([[lines for lines, _ in moves], [columns for _, columns in moves]], separators=(",", ":"))
    return {"policy": described["policy"], "sids": [each["sid"] for each in statements], "places": places}


def _moves(statements: list[Mapping[str, Any]]) -> Iterator[tuple[int, int]]:
    last: _Place = (0, 0)
    for line, column in chain.from_iterable(map(_places, statements)):
        yield line - last[0], column - (last[1] if line == last[0] else 0)
        last = line, column


def _places(statement: Mapping[str, Any]) -> Iterator[_Place]:
    yield from ((statement[each]["line"], statement[each]["column"]) for each in ("start", "end"))
