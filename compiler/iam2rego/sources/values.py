"""Turns parsed JSON into plain values that keep the spelling of numbers."""

from typing import assert_never

from iam2rego.jsontext import JsonValue, Number
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNull, JsonNumber, JsonObject, JsonString


def value_of(node: JsonNode) -> JsonValue:
    """Return what ``node`` says, without places; no member may stand twice in it."""
    match node:
        case JsonObject(members=members):
            return {member.name: value_of(member.value) for member in members}
        case JsonArray(items=items):
            return [value_of(item) for item in items]
        case JsonNumber(text=text):
            return Number(text)
        case JsonString(value=value) | JsonBoolean(value=value):
            return value
        case JsonNull():
            return None
        case _:
            assert_never(node)
