"""IAM831: a `Deny` with `NotPrincipal` (P9)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Effect, Kind
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM831",
    name="deny-not-principal",
    level=Level.NOTICE,
    summary="A `Deny` has `NotPrincipal`, which also denies the sessions of a role that is named alone.",
    why=(
        "For an assumed role, AWS compares both the session and the role, and both must be named: a role whose session is "
        "missing in the list is locked out. AWS advises to use `aws:PrincipalArn` instead, which is the ARN of the role in each "
        "of its sessions."
    ),
    remedy="Deny `*`, and exclude principals with `ArnNotEquals` of `aws:PrincipalArn`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "NotPrincipal": {"AWS": '
        '"arn:aws:iam::111122223333:role/r"}, "Action": "s3:*", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket/*", "Condition": {"ArnNotEquals": {"aws:PrincipalArn": '
        '"arn:aws:iam::111122223333:role/r"}}}}'
    ),
    kind=Kind.RESOURCE,
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for ``NotPrincipal`` in each ``Deny``."""
    for statement in subject.statements:
        member = statement.member("NotPrincipal")
        if member and statement.read.effect is Effect.DENY:
            message = "`NotPrincipal` denies a role unless its session is named, too"
            yield Occurrence(member.name_span, message, 'deny `"*"`, and exclude principals with `ArnNotEquals` of `aws:PrincipalArn`')
