"""IAM219: an ARN of a partition that AWS does not have."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.regions import PARTITIONS
from iam2rego.diagnostics import Level
from iam2rego.lint.arns import Field, arns_of, literal
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
    for arn in arns_of(subject):
        partition = literal(arn, Field.PARTITION)
        if partition is not None and partition not in PARTITIONS:
            problem = f"AWS has no partition {quote(partition)}" if partition else "an ARN has no empty partition"
            yield Occurrence(arn.span, f"{problem}, so {quote(arn.text)} matches nothing", did_you_mean(partition, sorted(PARTITIONS)))
