"""IAM316: a date in seconds (C18)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

_LATEST: Final = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())

FINDING: Final = Finding(
    code="IAM316",
    name="epoch-date",
    level=Level.WARNING,
    summary="A date is written as a number of seconds (C18).",
    why="A date of digits only counts seconds since 1970. `2026` is a time in 1970, too. AWS advises against it.",
    remedy="Write the date as `2026-01-31T00:00:00Z`. The values of `aws:EpochTime` may be numbers.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"DateGreaterThan": {"aws:CurrentTime": "1735689600"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"DateGreaterThan": {"aws:CurrentTime": "2025-01-01T00:00:00Z"}}}}'
    ),
    aws=("INVALID_DATE_VALUE",),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for dates of digits only."""
    for test in subject.tests:
        if test.condition.operator.startswith("Date") and fold_key(test.condition.key) != "aws:epochtime":
            for value in test.condition.values:
                if value.text.isascii() and value.text.isdigit():
                    message = f"the date {quote(value.text)} is a number of seconds since 1970"
                    yield Occurrence(value.span, message, _hint(int(value.text)))


def _hint(seconds: int) -> str:
    if seconds > _LATEST:
        return "write a date, such as `2026-01-31T00:00:00Z`"
    return f"write {quote(datetime.fromtimestamp(seconds, UTC).strftime('%Y-%m-%dT%H:%M:%SZ'))}"
