"""Action entries (docs/semantics.md, "Actions"; G17)."""

import re
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.ir.pattern import ActionEntry, ActionPattern, Unmatchable
from iam2rego.ir.policy import Actions
from iam2rego.syntax.entries import read_entries
from iam2rego.syntax.report import quote
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.segments import action_pattern
from iam2rego.syntax.tree import JsonString, Member

_CONCRETE: Final = re.compile(r"[A-Za-z0-9.-]+:[A-Za-z0-9._-]+")
"""Most entries: these need no further check."""

_FORM: Final = re.compile(r"\*|[A-Za-z0-9.*?-]+:[^:]*")


def read_actions(member: Member, scope: Scope) -> Actions:
    """Return the entries of ``Action`` or ``NotAction``."""
    entries: tuple[ActionEntry, ...] = read_entries(member, _entry, scope)
    return Actions(negated=member.name == "NotAction", entries=entries, span=member.name_span.to(member.value.span))


def _entry(string: JsonString, scope: Scope) -> ActionEntry:
    text, span = string.value, string.span
    if not (_CONCRETE.fullmatch(text) or _has_form(string, scope)):
        return Unmatchable(text=text, span=span)
    return ActionPattern(text=text, segments=action_pattern(text), span=span)


def _has_form(string: JsonString, scope: Scope) -> bool:
    """Report variables (A11) or, failing those, a malformed entry (G17); return whether the entry is well-formed."""
    well_formed = _FORM.fullmatch(string.value) is not None
    if scope.variables and (start := string.value.find("${")) >= 0:
        message = f"{quote(string.value)} contains `${{`, but actions cannot use variables"
        scope.report.tolerate(Code.VARIABLE_IN_ACTION, scope.inside(string, start, start + 2), message, "name the actions, or use `*`")
    elif not well_formed:
        scope.misfit(Code.INVALID_ACTION, string.span, f"{quote(string.value)} is not an action", _hint(string.value))
    return well_formed


def _hint(text: str) -> str:
    if text.count(":") > 1 and "," in text:
        return "commas do not separate actions: write an array of strings"
    if ":" not in text:
        return f"an action is `*` or `service:Name`: which service does {quote(text)} belong to?"
    return "an action is `*` or `service:Name` with one colon; a service is made of letters, digits, `-` and `.`"
