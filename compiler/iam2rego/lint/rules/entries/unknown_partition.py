"""IAM219: an ARN of a partition that AWS does not have."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.regions import PARTITIONS
from iam2rego.diagnostics import Level
from iam2rego.lint.arns import Field, literal_fields
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import did_you_mean, quote

FINDING: Final = Finding(
    code="IAM219",
    name="unknown-partition",
    level=Level.WARNING,
    summary="The partition of an ARN is not one of AWS's.",
    why="No resource has such an ARN, so the entry matches nothing.",
    remedy="Write `aws`, or the partition of your Regions, such as `aws-cn` or `aws-us-gov`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", '
        '"Resource": "arn:awss:s3:::amzn-s3-demo-bucket/*"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", '
        '"Resource": "arn:aws-cn:s3:::amzn-s3-demo-bucket/*"}}'
    ),
    aws=("INVALID_PARTITION",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the partitions that resources name."""
    for arn, partition in literal_fields(subject, Field.PARTITION):
        if partition not in PARTITIONS:
            message = f"AWS has no partition {quote(partition)}, so {quote(arn.text)} matches nothing"
            yield Occurrence(arn.span, message, did_you_mean(partition, sorted(PARTITIONS)))
