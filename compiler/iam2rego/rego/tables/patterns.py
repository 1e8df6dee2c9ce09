"""Turns patterns that cannot be globs into JSON for `lib/packed/substitution.rego`: a form and its operand.

A text without variables is a string, one with variables is a list of strings and variables. A chunk with a `?` is an object with the
texts around it. A variable's value is compared, never part of a glob (V6).
"""

from collections.abc import Iterable
from typing import Any, assert_never

from iam2rego.rego.reading.pieces import Fixed, Hole
from iam2rego.rego.reading.texts import (
    Chunk,
    Chunks,
    Contains,
    EndsWith,
    Equal,
    EqualFolded,
    Fields,
    Ordered,
    PatternTest,
    Resource,
    StartsWith,
    Words,
)


def pattern_form(test: PatternTest) -> tuple[Any, ...]:
    """Return the form of a pattern and its operand."""
    match test:
        case Equal(words=words):
            return "equal", text_of(words)
        case EqualFolded(words=words):
            return "folded", text_of(words)
        case StartsWith(words=words):
            return "starts", text_of(words)
        case EndsWith(words=words):
            return "ends", text_of(words)
        case Contains(words=words):
            return "holds", text_of(words)
        case Ordered(chunks=chunks):
            return "ordered", _chunks(chunks)
        case Fields(fields=fields):
            return "fields", _fields(fields)
        case Resource(fields=fields, crossing=crossing):
            return "resource", _fields(fields), crossing
        case _:
            assert_never(test)


def text_of(words: Words) -> Any:
    """Return a text as a string, or as a list of its parts."""
    if all(isinstance(word, Fixed) for word in words):
        return "".join(word.text for word in words if isinstance(word, Fixed))
    return [_variable(word) if isinstance(word, Hole) else word.text for word in words]


def _fields(fields: Iterable[Chunks]) -> list[list[Any]]:
    return list(map(_chunks, fields))


def _chunks(chunks: Chunks) -> list[Any]:
    return list(map(_chunk, chunks))


def _chunk(chunk: Chunk) -> Any:
    texts = list(map(text_of, chunk))
    return texts[0] if len(texts) == 1 else {"texts": texts}


def _variable(hole: Hole) -> dict[str, Any]:
    default = {} if hole.default is None else {"otherwise": hole.default}
    return {"key": hole.key, **default, **({"bounded": True} if hole.bounded else {})}
