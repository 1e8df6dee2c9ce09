"""IAM503: an Allow names what it does not allow, and so allows whatever is new or was not thought of (R10)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, Severity
from iam2rego.ir.pattern import ArnPattern, ResourceEntry, Variable
from iam2rego.ir.policy import Effect, Policy
from iam2rego.source import Source

_NOT_ACTION: Final = "this `Allow` has `NotAction`: it allows every action that it does not name, those of new services too"
_NOT_RESOURCE: Final = "this `Allow` has `NotResource`: it allows its actions on every resource that it does not name"
_VARIABLE: Final = "; in a request without a value for its variables it does not apply"


def widening_allows(policy: Policy, source: Source) -> Iterator[Diagnostic]:
    """Look for Allow statements with ``NotAction`` or ``NotResource``."""
    for statement in policy.document.statements:
        actions, resources = statement.actions, statement.resources
        if statement.effect is Effect.ALLOW and actions.negated:
            hint = "name what is allowed in `Action`, or deny the exceptions in a statement of their own"
            yield Diagnostic(Code.WIDENING_ALLOW, _NOT_ACTION, source, actions.span or statement.span, hint, Severity.WARNING)
        if statement.effect is Effect.ALLOW and resources.negated:
            hint = "name what is allowed in `Resource`, or deny the exceptions in a statement of their own"
            message = _NOT_RESOURCE + (_VARIABLE if any(map(_needs_a_value, resources.entries)) else "")
            yield Diagnostic(Code.WIDENING_ALLOW, message, source, resources.span or statement.span, hint, Severity.WARNING)


def _needs_a_value(entry: ResourceEntry) -> bool:
    segments = [segment for field in entry.fields for segment in field] if isinstance(entry, ArnPattern) else []
    return any(isinstance(segment, Variable) and segment.default is None for segment in segments)
