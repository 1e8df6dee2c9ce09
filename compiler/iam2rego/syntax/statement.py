"""Statements: which members they have, and what the simple ones hold (G2, G6 to G9)."""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from iam2rego.diagnostics import Code
from iam2rego.ir.policy import Effect, Resources, Statement
from iam2rego.source import Span
from iam2rego.syntax.actions import read_actions
from iam2rego.syntax.conditions import read_conditions
from iam2rego.syntax.members import expect, known_members
from iam2rego.syntax.principals import refuse_principal
from iam2rego.syntax.report import Report, did_you_mean, quote
from iam2rego.syntax.resources import read_resources
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.tree import JsonObject, JsonString, Member

_NAMES: Final = ("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition")
_SID: Final = re.compile(r"[A-Za-z0-9]*")

_Read = TypeVar("_Read")
_Members = Mapping[str, Member]


def read_statement(node: JsonObject, scope: Scope) -> Statement | None:
    """Return the statement; None after an error that leaves nothing to go on with."""
    members = known_members(node, "a statement", _NAMES, scope.report)
    sid = _sid(members, scope.report)
    effect = _effect(members, node.span, scope.report)
    _refuse_principals(members, scope.report)
    actions = _either(members, "Action", "NotAction", read_actions, scope)
    resources = _either(members, "Resource", "NotResource", read_resources, scope)
    conditions = read_conditions(members["Condition"], scope) if "Condition" in members else ()
    if actions is None:
        hint = "add an `Action` or a `NotAction`"
        scope.report.error(Code.MISSING_MEMBER, node.span, "the statement has neither `Action` nor `NotAction`", hint)
    if resources is None:
        resources = _no_resources(node.span, scope.report)
    if effect is None or actions is None:
        return None
    return Statement(sid=sid, effect=effect, actions=actions, resources=resources, conditions=conditions, span=node.span)


def _sid(members: _Members, report: Report) -> str:
    """Return the ``Sid`` (G6), empty if there is none."""
    member = members.get("Sid")
    sid = expect(member.value, JsonString, "`Sid`", report) if member else None
    if sid is None:
        return ""
    if not sid.value:
        report.warn(Code.EMPTY_SID, sid.span, "the `Sid` is empty", "name the statement, or leave `Sid` out")
    elif not _SID.fullmatch(sid.value):
        report.tolerate(Code.INVALID_SID, sid.span, f"the `Sid` {quote(sid.value)} has other characters than letters and digits")
    return sid.value


def _effect(members: _Members, span: Span, report: Report) -> Effect | None:
    """Return the ``Effect`` (G7)."""
    member = members.get("Effect")
    if member is None:
        report.error(Code.MISSING_MEMBER, span, "the statement has no `Effect`", "add `Allow` or `Deny`")
        return None
    effect = expect(member.value, JsonString, "`Effect`", report)
    if effect is None:
        return None
    if effect.value not in tuple(Effect):
        report.error(Code.INVALID_EFFECT, effect.span, f"{quote(effect.value)} is no effect", did_you_mean(effect.value, tuple(Effect)))
        return None
    return Effect(effect.value)


def _refuse_principals(members: _Members, report: Report) -> None:
    _refuse_both(members, "Principal", "NotPrincipal", report)
    for name in ("Principal", "NotPrincipal"):
        if name in members:
            refuse_principal(members[name], report)


def _either(members: _Members, name: str, negated: str, read: Callable[[Member, Scope], _Read], scope: Scope) -> _Read | None:
    """Read the one of two members that is there (G8); where both are, both are checked and the first counts."""
    _refuse_both(members, name, negated, scope.report)
    found = [read(members[each], scope) for each in (name, negated) if each in members]
    return found[0] if found else None


def _refuse_both(members: _Members, name: str, negated: str, report: Report) -> None:
    if name in members and negated in members:
        message = f"the statement has both `{name}` and `{negated}`"
        report.error(Code.CONFLICTING_MEMBERS, members[negated].name_span, message, "keep one of the two")


def _no_resources(span: Span, report: Report) -> Resources:
    """Return what matches nothing, as lenient mode wants it (L9)."""
    hint = 'add a `Resource`, such as `"*"`'
    report.tolerate(Code.MISSING_RESOURCE, span, "the statement has neither `Resource` nor `NotResource`", hint)
    return Resources(entries=(), span=span)
