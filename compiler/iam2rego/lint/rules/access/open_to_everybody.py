"""IAM830: a resource policy allows everybody (P2)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import OF_RESOURCES, Effect, Kind, Statement
from iam2rego.ir.principal import AnyPrincipal
from iam2rego.lint.callers import about_callers
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.reach import reach
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM830",
    name="open-to-everybody",
    level=Level.SECURITY,
    summary=("A resource policy allows everybody, of any account and without an account, and no condition says who or from where (P2)."),
    why=(
        '`*` and `{"AWS": "*"}` are everybody on the internet. Conditions on the caller (`aws:PrincipalOrgID`), the network '
        "(`aws:SourceVpce`, `aws:SourceIp`) or the source (`aws:SourceArn`) limit them, and so does a `Deny` of the same policy "
        "with such a condition. Conditions on the request, such as `aws:SecureTransport`, do not."
    ),
    remedy="Name the principals, or add a condition on the caller, the network or the source.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket/*"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket/*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}}'
    ),
    kind=Kind.RESOURCE,
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    score=9.0,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the policies of resources; IAM215 looks at those of roles."""
    if subject.policy.kind in OF_RESOURCES:
        denies = [each.read for each in subject.statements if each.read.effect is Effect.DENY and about_callers(each.read)]
        for statement in subject.statements:
            member = statement.member("Principal")
            if member and _allows_everybody(statement.read) and not any(_limits(each, statement.read) for each in denies):
                hint = "name the principals, or test `aws:PrincipalOrgID`, `aws:SourceVpce` or `aws:SourceArn`"
                yield Occurrence(member.value.span, "everybody on the internet is allowed here", hint)


def _allows_everybody(statement: Statement) -> bool:
    principals = statement.principals
    everybody = principals and not principals.negated and any(isinstance(each, AnyPrincipal) for each in principals.entries)
    return statement.effect is Effect.ALLOW and bool(everybody) and not about_callers(statement)


def _limits(deny: Statement, allow: Statement) -> bool:
    """Say whether a ``Deny`` with a condition on the caller is about all that an ``Allow`` allows."""
    this, other = reach(deny), reach(allow)
    return this.actions.reaches(other.actions) and this.resources.reaches(other.resources)
