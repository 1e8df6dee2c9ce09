"""IAM905: an identity policy allows changing every resource of a kind."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.access import AccessLevel
from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.grants import summed, unrestricted_at
from iam2rego.lint.narrower import narrower
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM905",
    name="infrastructure-modification",
    level=Level.WARNING,
    summary="An identity policy allows changing every resource of a kind, without condition.",
    why=(
        "A mistake or a leaked key reaches everything in the account. Found for actions of the level *Write* that work on "
        "resources. `IAM903` finds those that manage permissions."
    ),
    remedy="Name the resources, or test a key that limits them.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:TerminateInstances", "Resource": "*"}}',
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:TerminateInstances", "Resource": '
        '"arn:aws:ec2:us-east-1:111122223333:instance/i-*"}}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html",
    default=False,
    practice="Grant least privilege",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each entry for actions that write."""
    for grant, actions in unrestricted_at(subject, AccessLevel.WRITE):
        message = f"{summed(grant, actions)} may change every resource of its kind, under no condition"
        yield Occurrence(grant.span, message, narrower(actions, subject.catalogue))
