"""The tree of a JSON text: every value with its place, and all members in order, including duplicates."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from iam2rego.source import Span


@dataclass(frozen=True, slots=True)
class JsonString:
    """A string, decoded; its span includes the quotes."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class JsonNumber:
    """A number as spelled."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class JsonBoolean:
    """``true`` or ``false``."""

    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class JsonNull:
    """``null``."""

    span: Span


@dataclass(frozen=True, slots=True)
class JsonArray:
    """An array, from ``[`` to just after ``]``."""

    items: "tuple[JsonNode, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an object; the span of its name includes the quotes."""

    name: str
    name_span: Span
    value: "JsonNode"


@dataclass(frozen=True, slots=True)
class JsonObject:
    """An object, from ``{`` to just after ``}``."""

    members: tuple[Member, ...]
    span: Span


JsonNode: TypeAlias = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull


def kind(node: JsonNode) -> str:
    """Return the type of ``node`` for a message, with its article."""
    match node:
        case JsonObject():
            return "an object"
        case JsonArray():
            return "an array"
        case JsonString():
            return "a string"
        case JsonNumber():
            return "a number"
        case JsonBoolean():
            return "a boolean"
        case JsonNull():
            return "`null`"
        case _:
            assert_never(node)


def objects(node: JsonNode) -> Iterator[JsonObject]:
    """Yield every object in ``node``, including ``node`` itself."""
    waiting = [node]
    while waiting:
        match waiting.pop():
            case JsonObject() as found:
                yield found
                waiting.extend(member.value for member in found.members)
            case JsonArray(items=items):
                waiting.extend(items)
            case _:
                pass


def strings(node: JsonNode) -> Iterator[tuple[str, Span]]:
    """Yield every string and member name in ``node`` with its place."""
    waiting = [node]
    while waiting:
        match waiting.pop():
            case JsonString(value=value, span=span):
                yield value, span
            case JsonObject(members=members):
                yield from ((member.name, member.name_span) for member in members)
                waiting.extend(member.value for member in members)
            case JsonArray(items=items):
                waiting.extend(items)
            case _:
                pass
