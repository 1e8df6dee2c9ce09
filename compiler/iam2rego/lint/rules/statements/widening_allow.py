"""IAM503: an ``Allow`` with ``NotAction`` or ``NotResource``, which also allows everything new or forgotten (R10)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ArnPattern, ResourceEntry, Variable
from iam2rego.ir.policy import Effect
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject, Written

FINDING: Final = Finding(
    code="IAM503",
    name="widening-allow",
    level=Level.WARNING,
    summary="An `Allow` with `NotAction` or `NotResource` allows everything except a list, including what does not exist yet (R10).",
    remedy="List what is allowed, or deny the list and allow the rest.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::b/*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::b/*"}}',
)

_NOT_ACTION: Final = "this `Allow` has `NotAction`: it allows every action that it does not name, including those of new services"
_NOT_RESOURCE: Final = "this `Allow` has `NotResource`: it allows its actions on every resource that it does not name"
_VARIABLE: Final = "; it does not apply to a request without values for its variables"


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for ``Allow`` statements with ``NotAction`` or ``NotResource``."""
    for statement in subject.statements:
        if statement.read.effect is Effect.ALLOW:
            yield from _of_allow(statement)


def _of_allow(statement: Written) -> Iterator[Occurrence]:
    actions, resources = statement.read.actions, statement.read.resources
    if actions.negated:
        hint = "name what is allowed in `Action`, or deny the exceptions in a separate statement"
        yield Occurrence(actions.span or statement.read.span, _NOT_ACTION, hint)
    if resources.negated:
        message = _NOT_RESOURCE + (_VARIABLE if any(map(_needs_a_value, resources.entries)) else "")
        hint = "name what is allowed in `Resource`, or deny the exceptions in a separate statement"
        yield Occurrence(resources.span or statement.read.span, message, hint)


def _needs_a_value(entry: ResourceEntry) -> bool:
    segments = [segment for field in entry.fields for segment in field] if isinstance(entry, ArnPattern) else []
    return any(isinstance(segment, Variable) and segment.default is None for segment in segments)
