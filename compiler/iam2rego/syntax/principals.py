"""``Principal`` and ``NotPrincipal`` where a policy type knows neither (G9, L8)."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.syntax.members import known_members
from iam2rego.syntax.report import Report
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString, Member, kind

_KINDS: Final = ("AWS", "Service", "Federated", "CanonicalUser")


def refuse_principal(member: Member, report: Report) -> None:
    """Report the element; it is ignored in lenient mode, but must have the form of a principal all the same (G15)."""
    message = f"an identity-based policy has no `{member.name}`"
    report.tolerate(Code.MISPLACED_MEMBER, member.name_span, message, "remove it: such a policy speaks of whom it is attached to")
    match member.value:
        case JsonString():
            pass
        case JsonObject() as kinds:
            for each in known_members(kinds, f"`{member.name}`", _KINDS, report).values():
                _check_entries(each, report)
        case other:
            _wrong_type(f"`{member.name}` must be a string or an object", other, report)


def _check_entries(member: Member, report: Report) -> None:
    entries = member.value.items if isinstance(member.value, JsonArray) else (member.value,)
    for entry in entries:
        if not isinstance(entry, JsonString):
            _wrong_type(f"each entry of `{member.name}` must be a string", entry, report)


def _wrong_type(demand: str, node: JsonNode, report: Report) -> None:
    report.error(Code.WRONG_TYPE, node.span, f"{demand}, not {kind(node)}")
