"""JSON values that keep the spelling of their numbers, for requests (rules N2 and N3).

Policies are read by `iam2rego.syntax`, which keeps places. Requests need no places, but must reach both engines as written: ``1e2``
stays ``1e2``.
"""

import json
from dataclasses import dataclass
from typing import Final, TypeAlias

_DEEPEST: Final = 200


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number as spelled."""

    text: str


JsonValue: TypeAlias = "bool | str | Number | list[JsonValue] | dict[str, JsonValue] | None"


class JsonTextError(ValueError):
    """The text is not one JSON value, has duplicate members or is nested too deeply; the message says where."""


def loads(text: str, *, last_counts: bool = False) -> JsonValue:
    """Read one JSON text (RFC 8259); raise `JsonTextError` for anything else.

    Duplicate members of an object are an error, unless ``last_counts``: then the last one counts.
    """
    members = dict if last_counts else _unique
    try:
        value: JsonValue = json.loads(text, parse_int=Number, parse_float=Number, parse_constant=_refuse, object_pairs_hook=members)
    except RecursionError:
        raise JsonTextError("the text is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise JsonTextError(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    if _depth_exceeds(value, _DEEPEST):
        raise JsonTextError(f"the text is nested more than {_DEEPEST} levels deep")
    return value


def dumps(value: JsonValue) -> str:
    """Return ``value`` as one line of ASCII JSON text; lone surrogates become escapes, numbers keep their spelling."""
    match value:
        case Number(text=text):
            return text
        case list():
            return "[" + ", ".join(dumps(each) for each in value) + "]"
        case dict():
            return "{" + ", ".join(f"{json.dumps(name)}: {dumps(each)}" for name, each in value.items()) + "}"
        case _:
            return json.dumps(value)


def _refuse(constant: str) -> JsonValue:
    raise JsonTextError(f"`{constant}` is not JSON")


def _unique(members: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    value: dict[str, JsonValue] = {}
    for name, each in members:
        if name in value:
            raise JsonTextError(f"duplicate member `{name}`")
        value[name] = each
    return value


def _depth_exceeds(value: JsonValue, limit: int) -> bool:
    """Return whether objects and arrays nest deeper than ``limit``; level by level, without recursion."""
    level = [value]
    for _ in range(limit + 1):
        containers = [each for each in level if isinstance(each, list | dict)]
        if not containers:
            return False
        level = [inner for outer in containers for inner in (outer.values() if isinstance(outer, dict) else outer)]
    return True
