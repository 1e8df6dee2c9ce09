"""IAM306: a malformed condition key, which no request has (C25)."""

import re
from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.source import Span
from iam2rego.syntax.report import quote

_TAG_WITHOUT_NAME: Final = re.compile(r"[^:]+:(?:principal|request|resource)tag/?")

FINDING: Final = Finding(
    code="IAM306",
    name="key-form",
    level=Level.WARNING,
    summary="A condition key has no prefix, or is a tag key without the name of a tag (C25).",
    why="A condition key has the form `service:Name`. No request has any other key, so the condition tests a key that is always missing.",
    remedy="Write the whole key, such as `aws:username` or `aws:ResourceTag/Owner`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringEquals": {"username": "ann"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringEquals": {"aws:username": "ann"}}}}'
    ),
    aws=("INVALID_CONDITION_KEY_FORMAT", "MISSING_TAG_KEY_IN_CONDITION"),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Check the form of every key."""
    for test in subject.tests:
        yield from _of_key(test.condition.key, test.key.name_span)


def _of_key(key: str, span: Span) -> Iterator[Occurrence]:
    if ":" not in key:
        hint = "a condition key has the form `service:Name`, such as `aws:username`"
        yield Occurrence(span, f"the condition key {quote(key)} has no service prefix", hint, "INVALID_CONDITION_KEY_FORMAT")
    elif _TAG_WITHOUT_NAME.fullmatch(fold_key(key)):
        hint = f"write {quote(key.rstrip('/') + '/<name of the tag>')}"
        yield Occurrence(span, f"the condition key {quote(key)} names no tag", hint, "MISSING_TAG_KEY_IN_CONDITION")
