"""Turns parsed JSON into plain values that keep the spelling of numbers."""

from typing import assert_never

from iam2rego.jsontext import JsonValue, Number
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNull, JsonNumber, JsonObject, JsonString


def value_of(node: JsonNode) -> JsonValue:
    """Return the value of ``node``, without places; no object in it may repeat a member."""
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
