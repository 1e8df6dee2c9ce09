"""IAM320: a Region that does not exist."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.regions import REGIONS
from iam2rego.diagnostics import Level
from iam2rego.lint.conditions import as_compared, plain_texts, tests_of
from iam2rego.lint.edits import respelled_close
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, unsafe
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote, suggestion

FINDING: Final = Finding(
    code="IAM320",
    name="unknown-region",
    level=Level.WARNING,
    summary="A value of `aws:RequestedRegion` is not a Region.",
    why="No request has such a Region. A Region that AWS opened lately may be unknown here.",
    remedy="Write the code of a Region, such as `us-east-1`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringEquals": {"aws:RequestedRegion": ["us-east-1", "us-east-11"]}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringEquals": {"aws:RequestedRegion": ["us-east-1", "us-east-2"]}}}}'
    ),
    aws=("INVALID_REGION",),
    fix=Safety.UNSAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for each value among the Regions of all partitions."""
    for test in tests_of(subject, "aws:requestedregion"):
        for value in plain_texts(test.condition):
            text = as_compared(test.condition, value.text)
            if text not in REGIONS:
                fix = unsafe("write the Region that is similar", respelled_close, subject, value.span, value.text, text, REGIONS)
                yield Occurrence(value.span, f"{quote(value.text)} is not a Region", suggestion(text, sorted(REGIONS)), fix=fix)
