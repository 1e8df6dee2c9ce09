"""IAM835: a resource policy denies everybody to change it (E3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import OF_RESOURCES, Effect, Kind, Statement
from iam2rego.ir.principal import AnyPrincipal
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.policy_changes import changes
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM835",
    name="locked-out",
    level=Level.WARNING,
    summary="A resource policy denies everybody, without condition, the action that changes it.",
    why=(
        "An explicit `Deny` wins over everything, so nobody of the account can correct the policy: only its root user can delete "
        "the policy of a bucket, and for other resources AWS Support must help."
    ),
    remedy="Exclude an administrator with a condition on `aws:PrincipalArn`, or name the actions to deny.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": '
        '["arn:aws:s3:::amzn-s3-demo-bucket", "arn:aws:s3:::amzn-s3-demo-bucket/*"]}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": '
        '["arn:aws:s3:::amzn-s3-demo-bucket", "arn:aws:s3:::amzn-s3-demo-bucket/*"], "Condition": {"Bool": '
        '{"aws:SecureTransport": "false"}}}}'
    ),
    kind=Kind.RESOURCE,
    reference="https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each ``Deny`` for everybody."""
    for statement in subject.statements if subject.policy.kind in OF_RESOURCES else ():
        changed = next(changes(statement.read), None) if _denies_everybody(statement.read) else None
        if changed:
            message = f"this denies everybody {quote(changed)}, so nobody can change the policy again"
            yield Occurrence(statement.read.span, message, "exclude an administrator with `ArnNotEquals` of `aws:PrincipalArn`")


def _denies_everybody(statement: Statement) -> bool:
    principals = statement.principals
    everybody = principals and not principals.negated and any(isinstance(each, AnyPrincipal) for each in principals.entries)
    return statement.effect is Effect.DENY and not statement.conditions and bool(everybody)
