"""Reads statements: which members they have, and the values of the simple ones (G2, G6 to G9, G19, R14, L3)."""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from iam2rego.diagnostics import Code
from iam2rego.ir.pattern import AnyResource
from iam2rego.ir.policy import Actions, Effect, Resources, Statement
from iam2rego.source import Span
from iam2rego.syntax.actions import read_actions
from iam2rego.syntax.conditions import read_conditions
from iam2rego.syntax.forms import PrincipalPart, ResourcePart
from iam2rego.syntax.members import expect, known_members
from iam2rego.syntax.principals import read_principals
from iam2rego.syntax.report import Report, did_you_mean, quote
from iam2rego.syntax.resources import read_resources
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.tree import JsonObject, JsonString, Member

_NAMES: Final = ("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition")
_SID: Final = re.compile(r"[A-Za-z0-9]*")

_Read = TypeVar("_Read")
_Members = Mapping[str, Member]


def read_statement(node: JsonObject, scope: Scope) -> Statement | None:
    """Return the statement, or None after an error that makes it unusable."""
    members = known_members(node, "a statement", _NAMES, scope.report)
    sid = _sid(members, scope)
    effect = _effect(members, node.span, scope.report)
    _refuse_both(members, "Principal", "NotPrincipal", scope.report)
    principals = read_principals(members, effect, node.span, scope)
    actions = _actions(members, node.span, scope)
    resources = _resources(members, node.span, scope)
    conditions = read_conditions(members["Condition"], scope) if "Condition" in members else ()
    if effect is None or actions is None:
        return None
    statement = Statement(
        sid=sid, effect=effect, principals=principals, actions=actions, resources=resources, conditions=conditions, span=node.span
    )
    if scope.form.principals is PrincipalPart.EVERYBODY:
        _check_resource_control(statement, members, scope)
    return statement


def _sid(members: _Members, scope: Scope) -> str:
    """Return the ``Sid`` (G6), or an empty string."""
    member = members.get("Sid")
    sid = expect(member.value, JsonString, "`Sid`", scope.report) if member else None
    if sid is None:
        return ""
    if scope.form.iam and not _SID.fullmatch(sid.value):
        scope.report.tolerate(Code.INVALID_SID, sid.span, f"the `Sid` {quote(sid.value)} may contain only letters and digits")
    return sid.value


def _effect(members: _Members, span: Span, report: Report) -> Effect | None:
    """Return the ``Effect`` (G7)."""
    member = members.get("Effect")
    if member is None:
        message, hint = "the statement is missing the required member `Effect`", "add `Allow` or `Deny`"
        report.error(Code.MISSING_MEMBER, span, message, hint, "MISSING_EFFECT")
        return None
    effect = expect(member.value, JsonString, "`Effect`", report)
    if effect is None:
        return None
    if effect.value not in tuple(Effect):
        report.error(Code.INVALID_EFFECT, effect.span, f"{quote(effect.value)} is not an effect", did_you_mean(effect.value, tuple(Effect)))
        return None
    return Effect(effect.value)


def _actions(members: _Members, span: Span, scope: Scope) -> Actions | None:
    """Return the action part, which every statement has (G8)."""
    if not scope.form.not_action and "NotAction" in members:
        message = f"{scope.form.noun} cannot have `NotAction`"
        hint = scope.other_type() or "name the actions with `Action`"
        scope.report.tolerate(Code.MISPLACED_MEMBER, members["NotAction"].name_span, message, hint, "RCP_SYNTAX_ERROR_NOTACTION")
    actions = _either(members, "Action", "NotAction", read_actions, scope)
    if actions is None:
        message = "the statement has neither `Action` nor `NotAction`" if scope.form.not_action else "the statement has no `Action`"
        hint = "add an `Action` or a `NotAction`" if scope.form.not_action else "add an `Action`"
        scope.report.error(Code.MISSING_MEMBER, span, message, hint, "MISSING_ACTION")
    return actions


def _resources(members: _Members, span: Span, scope: Scope) -> Resources:
    """Return the resource part; it matches everything where resources are forbidden or optional and missing (R14, L3)."""
    resources = _either(members, "Resource", "NotResource", read_resources, scope)
    match scope.form.resources:
        case ResourcePart.FORBIDDEN:
            _refuse_resources(members, scope)
            return _any_resource(span)
        case ResourcePart.OPTIONAL:
            return resources or _any_resource(span)
        case ResourcePart.REQUIRED:
            return resources or _no_resources(span, scope)


def _refuse_resources(members: _Members, scope: Scope) -> None:
    for name in ("Resource", "NotResource"):
        if name in members:
            message = f"{scope.form.noun} cannot have `{name}`"
            hint = scope.other_type() or "remove it: such a policy applies to the role that it belongs to"
            aws = "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE"
            scope.report.tolerate(Code.MISPLACED_MEMBER, members[name].name_span, message, hint, aws)


def _any_resource(span: Span) -> Resources:
    return Resources(entries=(AnyResource(text="*", span=span),), span=span)


def _either(members: _Members, name: str, negated: str, read: Callable[[Member, Scope], _Read], scope: Scope) -> _Read | None:
    """Read the one of two members that is present (G8). If both are, check both and return the first."""
    _refuse_both(members, name, negated, scope.report)
    found = [read(members[each], scope) for each in (name, negated) if each in members]
    return found[0] if found else None


def _refuse_both(members: _Members, name: str, negated: str, report: Report) -> None:
    if name in members and negated in members:
        message = f"the statement has both `{name}` and `{negated}`"
        report.error(Code.CONFLICTING_MEMBERS, members[negated].name_span, message, "keep one of the two")


def _no_resources(span: Span, scope: Scope) -> Resources:
    """Report missing resources; in lenient mode, return a part that matches nothing (L9)."""
    hint = scope.other_type() or 'add a `Resource`, such as `"*"`'
    scope.report.tolerate(Code.MISSING_RESOURCE, span, "the statement has neither `Resource` nor `NotResource`", hint)
    return Resources(entries=(), span=span)


def _check_resource_control(statement: Statement, members: _Members, scope: Scope) -> None:
    """Check that a customer's policy only denies, and not the action ``*``; AWS's own policy allows ``*`` on ``*`` (G19)."""
    any_action = not statement.actions.negated and any(entry.text == "*" for entry in statement.actions.entries)
    if statement.effect is Effect.DENY:
        if any_action:
            message, hint = "a customer's resource control policy may not have the action `*`", "name the services, as in `s3:*`"
            scope.report.tolerate(Code.ANY_ACTION_IN_RESOURCE_CONTROL, members["Action"].value.span, message, hint)
    elif not (_names_only_star(statement.actions) and _names_only_star(statement.resources) and not statement.conditions):
        message = "a resource control policy may only deny"
        hint = scope.other_type() or "the only exception is AWS's own policy, which allows `*` on `*` without a `Condition`"
        scope.report.tolerate(Code.ALLOW_IN_RESOURCE_CONTROL, members["Effect"].value.span, message, hint)


def _names_only_star(part: Actions | Resources) -> bool:
    return not part.negated and [entry.text for entry in part.entries] == ["*"]
