"""IAM203: a wildcard in the service of an action or an ARN (A5)."""

import re
from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ActionEntry, ActionPattern, AnyOne, AnyRun, ArnPattern, ResourceEntry
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM203",
    name="wildcard-in-service",
    level=Level.WARNING,
    summary="The service of an action contains `*` or `?` (A5), or that of an ARN does so beside other characters.",
    why="The entry then matches actions or resources of services that do not exist yet.",
    remedy="Name each service.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s*:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
    aws=("WILDCARD_IN_SERVICE_NAME",),
)

_WILD_SERVICE: Final = re.compile(r"[^:*?]*[*?][^:]*:")
_SERVICE: Final = 2
"""The field of an ARN that names the service."""


def check(subject: Subject) -> Iterator[Occurrence]:
    """Check each action and resource."""
    for statement in subject.statements:
        for entry in (*statement.read.actions.entries, *statement.read.resources.entries):
            if _matches_many(entry):
                message = f"the service of {quote(entry.text)} contains a wildcard"
                yield Occurrence(entry.span, message, "name each service, so that it matches no others")


def _matches_many(entry: ActionEntry | ResourceEntry) -> bool:
    match entry:
        case ActionPattern():
            return _WILD_SERVICE.match(entry.text) is not None
        case ArnPattern() if len(entry.fields) > _SERVICE:
            wild = {isinstance(segment, AnyRun | AnyOne) for segment in entry.fields[_SERVICE]}
            return wild == {True, False}
        case _:
            return False
