"""IAM203: a wildcard in the service of an action (A5)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ActionPattern
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM203",
    name="wildcard-in-service",
    level=Level.WARNING,
    summary="The service of an action contains `*` or `?` (A5).",
    why="The entry then matches actions of services that do not exist yet.",
    remedy="Name each service.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s*:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
    aws=("WILDCARD_IN_SERVICE_NAME",),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Check the text before the colon of each action."""
    for statement in subject.statements:
        for entry in statement.read.actions.entries:
            service, colon, _ = entry.text.partition(":")
            if isinstance(entry, ActionPattern) and colon and {"*", "?"} & set(service):
                message = f"the service of {quote(entry.text)} contains a wildcard"
                yield Occurrence(entry.span, message, "name each service, so that it matches no others")
