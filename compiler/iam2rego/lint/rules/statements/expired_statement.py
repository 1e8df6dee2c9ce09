"""IAM508: a statement that applies only until a day that has passed (C18)."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Final

from iam2rego.clock import today
from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Condition, Operator
from iam2rego.lint.conditions import tests_of
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM508",
    name="expired-statement",
    level=Level.NOTICE,
    summary="The statement applies only to requests before a day that has passed.",
    why=(
        "So it no longer allows or denies anything. It is looked for only if it is selected, since what is found depends on the day. "
        "`SOURCE_DATE_EPOCH` takes the place of the clock."
    ),
    remedy="Remove the statement, or write another day.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket/*", "Condition": {"DateLessThan": {"aws:CurrentTime": "2020-01-01"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket/*", "Condition": {"DateLessThan": {"aws:CurrentTime": "2099-01-01"}}}}'
    ),
    default=False,
)

_UNTIL: Final = (Operator.DATE_LESS_THAN, Operator.DATE_LESS_THAN_EQUALS)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the last moment of each statement with the beginning of the day, in UTC."""
    start = Decimal(datetime.combine(today(), time.min, UTC).timestamp())
    for test in tests_of(subject, "aws:currenttime"):
        end = _end(test.condition)
        if end is not None and (end[0] < start or (end[0] == start and test.condition.operator is Operator.DATE_LESS_THAN)):
            message = f"the statement no longer applies: {quote(end[1])} has passed"
            yield Occurrence(test.key.value.span, message, "remove the statement, or write another day")


def _end(condition: Condition) -> tuple[Decimal, str] | None:
    """Return the latest of the moments before which a condition is true, and its text; None if one cannot be read."""
    if condition.operator not in _UNTIL or condition.qualifier:
        return None
    ends = [(moment, each.text) for each in condition.values if (moment := _seconds(each.text)) is not None]
    return max(ends) if ends and len(ends) == len(condition.values) else None


def _seconds(text: str) -> Decimal | None:
    """Return a date as seconds since 1970; None if it is of an unusual form."""
    if text.isdigit():
        return Decimal(text)
    with suppress(ValueError):
        date = datetime.fromisoformat(text)
        return Decimal((date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp())
    return None
