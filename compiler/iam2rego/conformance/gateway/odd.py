"""Odd parts of documents, most of them malformed."""

from collections.abc import Iterator
from typing import Final

from iam2rego.jsontext import JsonValue, Number

ACCOUNT: Final = "123456789012"


def nested(depth: int) -> JsonValue:
    """Return ``depth`` arrays and objects inside each other, alternating."""
    value: JsonValue = "x"
    for level in range(depth):
        value = [value] if level % 2 else {"x": value}
    return value


ODD: Final[tuple[JsonValue, ...]] = (None, True, Number("1"), "x", "", [], ["x"], {}, {"x": "y"}, nested(180))
"""Replacements for a document or a member; the last is nearly as deep as `jsontext` reads in an answer of OPA."""


def malformed(document: JsonValue) -> Iterator[JsonValue]:
    """Yield a document with each of its members, at every depth, left out or replaced."""
    if isinstance(document, dict):
        for name, value in document.items():
            yield without(document, name)
            yield from ({**document, name: odd} for odd in ODD)
            yield from ({**document, name: inner} for inner in malformed(value))


def without(value: JsonValue, name: str) -> dict[str, JsonValue]:
    """Return an object without one of its members."""
    return {each: held for each, held in as_object(value).items() if each != name}


def as_object(value: JsonValue) -> dict[str, JsonValue]:
    """Return a JSON value that is known to be an object, with that type."""
    assert isinstance(value, dict), "this module made an object"
    return value
