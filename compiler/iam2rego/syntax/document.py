"""Reads policy documents (G2 to G6)."""

from functools import cache, partial
from typing import Final, Literal

from iam2rego.diagnostics import Code
from iam2rego.ir.policy import Document, Statement
from iam2rego.syntax.forms import Form, PrincipalPart
from iam2rego.syntax.likeness import other_type
from iam2rego.syntax.members import expect, known_members
from iam2rego.syntax.placeholders import Parameters
from iam2rego.syntax.report import Report, did_you_mean, quote
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.statement import read_statement
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString, Member, kind

_NAMES: Final = ("Version", "Id", "Statement")
_VERSIONS: Final = ("2012-10-17", "2008-10-17")


def read_document(node: JsonNode, report: Report, parameters: Parameters, form: Form) -> Document | None:
    """Return the document, or None after an error that makes it unusable."""
    document = expect(node, JsonObject, "a policy", report)
    if document is None:
        return None
    members = known_members(document, "a policy", _NAMES, report)
    version = _version(members["Version"], report) if "Version" in members else None
    _check_version(document, members.get("Version"), version, form, report)
    scope = Scope(report, parameters, form, version == "2012-10-17", cache(partial(other_type, document, form)))
    if "Id" in members:
        _check_id(members["Id"], scope)
    return Document(version=version, statements=_statements(document, members.get("Statement"), scope), span=document.span)


def _version(member: Member, report: Report) -> Literal["2008-10-17", "2012-10-17"] | None:
    """Return the ``Version`` (G3)."""
    version = expect(member.value, JsonString, "`Version`", report)
    match version:
        case JsonString(value="2012-10-17"):
            return "2012-10-17"
        case JsonString(value="2008-10-17"):
            return "2008-10-17"
        case JsonString(value=value, span=span):
            message = f"{quote(value)} is not a version of the policy language"
            report.error(Code.INVALID_VERSION, span, message, did_you_mean(value, _VERSIONS))
            return None
        case None:
            return None


def _check_version(document: JsonObject, member: Member | None, version: str | None, form: Form, report: Report) -> None:
    """Report an old or missing version where the form of the document requires the newer one (G3)."""
    if not form.needs_version or version == "2012-10-17":
        return
    message, hint = f"{form.noun} must have the `Version` `2012-10-17`", 'add `"Version": "2012-10-17"`'
    if member is None:
        report.error(Code.MISSING_MEMBER, document.span, message, hint, "MISSING_VERSION")
    elif version:
        report.error(Code.INVALID_VERSION, member.value.span, message)


def _check_id(member: Member, scope: Scope) -> None:
    """Report an ``Id`` where the form does not allow one (G4)."""
    if not scope.form.has_id:
        message = f"{scope.form.noun} cannot have `Id`"
        hint = scope.other_type() or "remove it: only resource-based policies have one"
        scope.report.tolerate(Code.MISPLACED_MEMBER, member.name_span, message, hint)
    expect(member.value, JsonString, "`Id`", scope.report)


def _statements(document: JsonObject, member: Member | None, scope: Scope) -> tuple[Statement, ...]:
    """Return the statements of one object or a list of them (G5)."""
    if member is None:
        message = "the policy is missing the required member `Statement`"
        hint = "add a `Statement` with at least one statement"
        scope.report.error(Code.MISSING_MEMBER, document.span, message, hint, "MISSING_STATEMENT")
        return ()
    nodes = _statement_nodes(member, scope.report)
    if scope.form.iam or scope.form.principals is PrincipalPart.NAMED:
        _check_unique_sids(nodes, scope)
    statements = (read_statement(node, scope) for node in nodes)
    return tuple(statement for statement in statements if statement is not None)


def _statement_nodes(member: Member, report: Report) -> list[JsonObject]:
    match member.value:
        case JsonObject() as single:
            return [single]
        case JsonArray(items=(), span=span):
            report.tolerate(Code.EMPTY_LIST, span, "`Statement` is an empty list", "add a statement")
            return []
        case JsonArray(items=items):
            nodes = [expect(item, JsonObject, "a statement", report) for item in items]
            return [node for node in nodes if node is not None]
        case other:
            report.error(Code.WRONG_TYPE, other.span, f"`Statement` must be an object or an array of objects, not {kind(other)}")
            return []


def _check_unique_sids(nodes: list[JsonObject], scope: Scope) -> None:
    """Report a ``Sid`` that an earlier statement already uses; empty ones may repeat (G6). Only IAM refuses it."""
    report, aws = (scope.report.tolerate, "UNIQUE_SIDS_REQUIRED") if scope.form.iam else (scope.report.warn, "UNIQUE_SIDS_RECOMMENDED")
    seen: dict[str, int] = {}
    for member in (member for node in nodes for member in node.members if member.name == "Sid"):
        if not isinstance(member.value, JsonString) or not member.value.value:
            continue
        sid, span = member.value.value, member.value.span
        if sid in seen:
            report(Code.DUPLICATE_SID, span, f"the statement at line {seen[sid]} already has the `Sid` {quote(sid)}", aws=aws)
        seen.setdefault(sid, span.line)
