"""IAM513: an ARN with a Region where the service has none, or without one where it has one."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.known_arns import known_arns, misplaced
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM513",
    name="misplaced-arn-region",
    level=Level.WARNING,
    summary="An ARN has a Region although such resources have none in their ARNs, or lacks one.",
    why=("The entry matches nothing. Found only where this is true of every type of resource that the last field can mean."),
    remedy="Remove the Region, or write one or `*`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:GetUser", '
        '"Resource": "arn:aws:iam:us-east-1:111122223333:user/ann"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:GetUser", '
        '"Resource": "arn:aws:iam::111122223333:user/ann"}}'
    ),
    aws=("ARN_REGION_NOT_ALLOWED", "MISSING_ARN_REGION"),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the Region of each ARN with those that the resources of its service have."""
    for arn in known_arns(subject):
        yield from misplaced(arn, "Region", arn.region, {each.region for each in arn.formats})
