"""IAM312: `Bool` with both values."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Operator
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM312",
    name="both-booleans",
    level=Level.WARNING,
    summary="`Bool` compares a key with both `true` and `false`.",
    why="The condition is true whenever the key is present, so it does not test the value.",
    remedy="Keep the value that you mean. To test only that the key is present, use `Null` with `false`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"Bool": {"aws:SecureTransport": ["true", "false"]}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"Bool": {"aws:SecureTransport": "true"}}}}'
    ),
    aws=("INVALID_CONDITION_MULTIPLE_BOOLEAN",),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for both values in one list."""
    for test in subject.tests:
        condition = test.condition
        if condition.operator is Operator.BOOL and {value.text.lower() for value in condition.values} >= {"true", "false"}:
            message = f"`Bool` compares {quote(condition.key)} with both `true` and `false`, so any value will do"
            yield Occurrence(test.key.value.span, message, "keep the value that you mean")
