"""IAM514: an ARN with an account where the service has none, or without one where it has one."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.known_arns import KnownArn, glob, known_arns, misplaced
from iam2rego.lint.overlap import overlap
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM514",
    name="misplaced-arn-account",
    level=Level.WARNING,
    summary="An ARN has an account although such resources have none in their ARNs, or lacks one.",
    why=(
        "The entry matches nothing. Found only where this is true of every type of resource that "
        "the last field can mean. Documents and parameters of AWS in `ssm`, and its views in `resource-explorer-2`, have no account."
    ),
    remedy="Remove the account, or write one or `*`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", '
        '"Resource": "arn:aws:s3::111122223333:amzn-s3-demo-bucket"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", '
        '"Resource": "arn:aws:s3:::amzn-s3-demo-bucket"}}'
    ),
    aws=("ARN_ACCOUNT_NOT_ALLOWED", "MISSING_ARN_ACCOUNT"),
)

_OF_AWS: Final = {"ssm": ("document/*", "parameter/aws/*", "automation-definition/*"), "resource-explorer-2": ("view/*",)}
"""Resources that AWS owns, and that have no account in their ARNs, by service."""


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the account of each ARN with those that the resources of its service have."""
    for arn in known_arns(subject):
        yield from misplaced(arn, "account", arn.account, {each.account for each in arn.formats}, may_lack=_may_be_of_aws(arn))


def _may_be_of_aws(arn: KnownArn) -> bool:
    return any(overlap(glob(each), arn.name) for each in _OF_AWS.get(arn.service, ()))
