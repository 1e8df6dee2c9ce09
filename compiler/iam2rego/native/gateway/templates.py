"""Fills templates with values: None if one is absent, `UNCLEAR` if one is not text or cannot be known for sure."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from iam2rego.ir.gateway import ContextEntry, Template, Value
from iam2rego.ir.pattern import Text
from iam2rego.jsontext import JsonValue

UNCLEAR: Final[JsonValue] = {}
"""The mark of a value that cannot be known; no request may hold it (N3)."""

_OUTSIDE_NAMES: Final = frozenset(":*?$/\\")
"""The characters that a value may not put into a field of an ARN."""

Values = Callable[[Value], JsonValue]


def filled(template: Template, value_of: Values) -> JsonValue:
    """Return a template filled in; a template of a single value gives that value unchanged."""
    parts = [part.text if isinstance(part, Text) else value_of(part) for part in template]
    if len(parts) == 1:
        return parts[0]
    if isinstance(template[0], Text) and template[0].text.startswith("arn:"):
        parts = [each if isinstance(part, Text) else name(each) for part, each in zip(template, parts, strict=True)]
    if all(isinstance(each, str) for each in parts):
        return "".join(map(str, parts))
    return None if None in parts else UNCLEAR


def name(value: JsonValue) -> JsonValue:
    """Return a value for a field of an ARN; `UNCLEAR` if it would leave or widen the field."""
    if value is None:
        return None
    return value if isinstance(value, str) and value and not _OUTSIDE_NAMES & set(value) else UNCLEAR


def context_of(entries: Iterable[ContextEntry], value_of: Values) -> Iterator[tuple[str, JsonValue]]:
    """Yield the context keys whose values are present."""
    for entry in entries:
        value = filled(entry.value, value_of)
        if value is not None:
            yield entry.key, value


def clock(now: int) -> str:
    """Return a time in nanoseconds since 1970 in the form of context keys."""
    return datetime.fromtimestamp(now // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
