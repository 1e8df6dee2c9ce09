"""Checks members of objects: reports duplicates, unknown names and wrong types."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.source import Source
from iam2rego.syntax.report import Report, did_you_mean, quote
from iam2rego.syntax.tree import JsonNode, JsonObject, JsonString, Member, kind, objects

_Expected = TypeVar("_Expected", JsonObject, JsonString)


def duplicate_members(node: JsonNode, source: Source) -> Iterator[Diagnostic]:
    """Yield an error for every member that repeats the name of an earlier one in the same object, at any depth (G14)."""
    for found in objects(node):
        first: dict[str, Member] = {}
        for member in found.members:
            if (earlier := first.setdefault(member.name, member)) is not member:
                place = f"line {earlier.name_span.line}, column {earlier.name_span.column}"
                message = f"duplicate member {quote(member.name)}; the first is at {place}"
                yield Diagnostic(Code.DUPLICATE_MEMBER, message, source, member.name_span, "keep one of the two")


def known_members(
    node: JsonObject, what: str, names: Sequence[str], report: Report, aws: str = "INVALID_POLICY_ELEMENT"
) -> dict[str, Member]:
    """Return the members of ``node`` by name, the first of each; report those that are not in ``names`` (G2)."""
    found: dict[str, Member] = {}
    for member in node.members:
        if member.name in names:
            found.setdefault(member.name, member)
        else:
            message = f"unknown member {quote(member.name)} in {what}"
            report.error(Code.UNKNOWN_MEMBER, member.name_span, message, did_you_mean(member.name, names), aws)
    return found


def expect(node: JsonNode, type_: type[_Expected], what: str, report: Report) -> _Expected | None:
    """Return ``node`` if it has the type; otherwise report its actual type."""
    if isinstance(node, type_):
        return node
    wanted = "an object" if type_ is JsonObject else "a string"
    report.error(Code.WRONG_TYPE, node.span, f"{what} must be {wanted}, not {kind(node)}")
    return None
