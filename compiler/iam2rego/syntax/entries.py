"""Reads members that take one string or a list of strings (G10)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from iam2rego.diagnostics import Code
from iam2rego.syntax.members import expect
from iam2rego.syntax.report import Report
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.tree import JsonArray, JsonString, Member, kind

_Entry = TypeVar("_Entry")

_EMPTY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Action": "EMPTY_ARRAY_ACTION",
        "NotAction": "EMPTY_ARRAY_ACTION",
        "Resource": "EMPTY_ARRAY_RESOURCE",
        "NotResource": "EMPTY_ARRAY_RESOURCE",
    }
)
"""The issue codes for empty lists; the other members are kinds of principals."""


def read_entries(member: Member, read: Callable[[JsonString, Scope], _Entry | None], scope: Scope) -> tuple[_Entry, ...]:
    """Return the results of ``read`` for every string of ``member``; report other values and an empty list (G10, L5)."""
    strings = _strings(member, scope.report)
    entries = (read(string, scope) for string in strings)
    return tuple(entry for entry in entries if entry is not None)


def _strings(member: Member, report: Report) -> list[JsonString]:
    match member.value:
        case JsonString() as single:
            return [single]
        case JsonArray(items=()):
            message, aws = f"`{member.name}` is an empty list", _EMPTY.get(member.name, "EMPTY_ARRAY_PRINCIPAL")
            report.tolerate(Code.EMPTY_LIST, member.value.span, message, "name at least one entry", aws)
            return []
        case JsonArray(items=items):
            each = [expect(item, JsonString, f"each entry of `{member.name}`", report) for item in items]
            return [string for string in each if string is not None]
        case other:
            message = f"`{member.name}` must be a string or an array of strings, not {kind(other)}"
            report.error(Code.WRONG_TYPE, other.span, message)
            return []
