"""Reads ``Principal`` and ``NotPrincipal`` of statements (G8, G9, G15, G16, G21, L1, L2, L4, L8)."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.ir.policy import Effect, Kind
from iam2rego.ir.principal import AnyPrincipal, PrincipalEntry, Principals
from iam2rego.source import Span
from iam2rego.syntax.entries import read_entries
from iam2rego.syntax.forms import PrincipalPart
from iam2rego.syntax.members import known_members
from iam2rego.syntax.principal_entries import KINDS, read_entry
from iam2rego.syntax.report import Report, quote
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString, Member, kind

_NAMES: Final = ("Principal", "NotPrincipal")
_ATTACHED: Final = (
    "such a policy applies to the principals that it is attached to; "
    "if it is of another type, give the type with `--policy-type`, and every statement its `Principal`"
)
_NOT_EVERYBODY: Final = "RCP_SYNTAX_ERROR_PRINCIPAL"
_EVERYBODY: Final = 'write `"Principal": "*"`, and narrow it under `Condition`'


def read_principals(members: Mapping[str, Member], effect: Effect | None, span: Span, scope: Scope) -> Principals | None:
    """Return the principals of the statement at ``span``; None where the form of the document decides them."""
    present = [members[name] for name in _NAMES if name in members]
    match scope.form.principals:
        case PrincipalPart.NONE:
            aws = "SCP_SYNTAX_ERROR_PRINCIPAL" if scope.form.kind is Kind.SERVICE_CONTROL else "UNSUPPORTED_PRINCIPAL"
            for member in present:
                _refuse(member, scope.other_type() or _ATTACHED, aws, scope)
            return None
        case PrincipalPart.EVERYBODY:
            _check_everybody(present, span, scope)
            return None
        case PrincipalPart.NAMED:
            found = [_read(member, effect, scope) for member in present]
            return found[0] if found else _of_nobody_named(span, scope)


def _refuse(member: Member, hint: str, aws: str, scope: Scope) -> None:
    """Report a member that is not allowed here. Lenient mode ignores it, but it must have the form of a principal (G15, L8)."""
    message = f"{scope.form.noun} cannot have `{member.name}`"
    scope.report.tolerate(Code.MISPLACED_MEMBER, member.name_span, message, hint, aws)
    _check_form(member, scope.report)


def _check_everybody(present: list[Member], span: Span, scope: Scope) -> None:
    """Report any principal but ``*``; in lenient mode, a resource control policy still applies to everybody (L1, L8)."""
    if not present:
        _report_missing(span, scope)
    for member in present:
        if member.name == "NotPrincipal":
            _refuse(member, scope.other_type() or _EVERYBODY, _NOT_EVERYBODY, scope)
        elif not (isinstance(member.value, JsonString) and member.value.value == "*"):
            message = f'the `Principal` of {scope.form.noun} must be `"*"`'
            scope.report.tolerate(Code.INVALID_PRINCIPAL, member.value.span, message, scope.other_type() or _EVERYBODY, _NOT_EVERYBODY)
            _check_form(member, scope.report)


def _of_nobody_named(span: Span, scope: Scope) -> Principals | None:
    """Return the principals, in lenient mode, of a statement that names none (L1)."""
    _report_missing(span, scope)
    return Principals(entries=(), span=span) if scope.form.nobody_by_default else None


def _report_missing(span: Span, scope: Scope) -> None:
    lacks = "neither `Principal` nor `NotPrincipal`" if scope.form.not_principal else "no `Principal`"
    hint = scope.other_type() or f"{scope.form.noun} must name its principals"
    scope.report.tolerate(Code.MISSING_PRINCIPAL, span, f"the statement has {lacks}", hint)


def _read(member: Member, effect: Effect | None, scope: Scope) -> Principals:
    negated = member.name == "NotPrincipal"
    if negated:
        _check_negated(member, effect, scope)
    return Principals(negated=negated, entries=_entries(member, scope), span=member.name_span.to(member.value.span))


def _check_negated(member: Member, effect: Effect | None, scope: Scope) -> None:
    """Report ``NotPrincipal`` where it is not allowed: in some documents, and together with ``Allow`` (G16)."""
    if not scope.form.not_principal:
        message = f"{scope.form.noun} cannot have `NotPrincipal`"
        hint = scope.other_type() or "name the principals, or test `aws:PrincipalArn`"
        scope.report.tolerate(Code.MISPLACED_MEMBER, member.name_span, message, hint, "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL")
    elif effect is Effect.ALLOW:
        message = "`NotPrincipal` with `Allow` would allow everybody else, including strangers"
        scope.report.tolerate(Code.ALLOW_NOT_PRINCIPAL, member.name_span, message, "list the allowed principals under `Principal`")


def _entries(member: Member, scope: Scope) -> tuple[PrincipalEntry, ...]:
    """Return the entries of ``"*"`` or of a map from kinds to entries; another string is an ``AWS`` entry in lenient mode (L4)."""
    match member.value:
        case JsonString(value="*", span=span):
            return (AnyPrincipal(span=span),)
        case JsonString(value=value, span=span) as string:
            message = f"the string {quote(value)} is not a valid `{member.name}`"
            hint = f'only `"*"` can be a plain string; did you mean `{{"AWS": "{value}"}}`?'
            scope.report.tolerate(Code.INVALID_PRINCIPAL, span, message, hint, "INVALID_PRINCIPAL_FORMAT")
            entry = read_entry(string, scope, "AWS")
            return () if entry is None else (entry,)
        case JsonObject() as kinds:
            return tuple(_of_kinds(kinds, member.name, scope))
        case other:
            _wrong_type(f"`{member.name}` must be a string or an object", other, scope.report)
            return ()


def _of_kinds(kinds: JsonObject, name: str, scope: Scope) -> Iterator[PrincipalEntry]:
    for each in _known_kinds(kinds, name, scope.report):
        entries: tuple[PrincipalEntry, ...] = read_entries(each, partial(read_entry, kind=each.name), scope)
        yield from entries


def _known_kinds(kinds: JsonObject, name: str, report: Report) -> Iterable[Member]:
    return known_members(kinds, f"`{name}`", KINDS, report, "INVALID_PRINCIPAL_KEY").values()


def _check_form(member: Member, report: Report) -> None:
    """Report a value that is not a principal: the wrong type, an unknown kind, or an entry that is not a string (G15)."""
    match member.value:
        case JsonString():
            pass
        case JsonObject() as kinds:
            for each in _known_kinds(kinds, member.name, report):
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
