"""IAM903: an identity policy allows changing who has access to every resource."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.access import AccessLevel
from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.grants import summed, unrestricted_at
from iam2rego.lint.narrower import narrower
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM903",
    name="resource-exposure",
    level=Level.SECURITY,
    summary="An identity policy allows changing the permissions of every resource of a kind, without condition.",
    why=(
        "The holder can open resources to other accounts or to everybody. Found for actions of the level *Permissions "
        "management* that work on resources."
    ),
    remedy="Name the resources, or test a key that limits them.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:PutBucketPolicy", "Resource": "*"}}',
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:PutBucketPolicy", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket"}}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html",
    score=7.0,
    default=False,
    practice="Grant least privilege",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each entry for actions that manage permissions."""
    for grant, actions in unrestricted_at(subject, AccessLevel.PERMISSIONS):
        message = f"{summed(grant, actions)} may change the permissions of every resource of its kind"
        yield Occurrence(grant.span, message, narrower(actions, subject.catalogue))
