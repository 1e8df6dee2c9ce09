"""IAM403: ``${`` in a policy whose version has no variables (V1)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import LiteralValue
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject, Written
from iam2rego.source import Span
from iam2rego.syntax.places import within

FINDING: Final = Finding(
    code="IAM403",
    name="inactive-variable",
    level=Level.WARNING,
    summary="`${` is ordinary text, because the policy does not have the `Version` `2012-10-17` (V1).",
    why="The entry or value matches only that text, which hardly any request has.",
    remedy='Write `"Version": "2012-10-17"`.',
    bad=(
        '{"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/${aws:username}"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/${aws:username}"}}'
    ),
    aws=("VARIABLE_UNSUPPORTED_IN_VERSION",),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Check resources, and the values of operators that expand variables."""
    if subject.policy.document.version == "2012-10-17":
        return
    for statement in subject.statements:
        for span in _expanding(statement):
            start = statement.strings.get(span, "").find("${")
            if start >= 0:
                place = within(subject.source, span, start, start + 2)
                message = "`${` is ordinary text here: variables need `Version` `2012-10-17`"
                yield Occurrence(place, message, 'did you forget `"Version": "2012-10-17"`?')


def _expanding(statement: Written) -> Iterator[Span]:
    values = (value for each in statement.read.conditions for value in each.values if not isinstance(value, LiteralValue))
    return (each.span for each in (*statement.read.resources.entries, *values) if each.span)
