"""IAM215: a role that everybody may assume (G21)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Effect, Kind, Statement
from iam2rego.ir.principal import AnyPrincipal
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM215",
    name="everybody-trusted",
    level=Level.WARNING,
    summary="A trust policy allows everybody, of any account, to assume the role (G21).",
    remedy="Name the principals that may assume the role, or make sure that the `Condition` restricts them.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}',
    good=('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}}'),
    kind=Kind.TRUST,
    aws=("ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL",),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the principals of trust policies."""
    if subject.policy.kind is not Kind.TRUST:
        return
    for statement in subject.statements:
        member = statement.member("Principal")
        if member and _allows_everybody(statement.read):
            message, hint = "everybody, from any account, may assume this role", "name the allowed principals, or check the `Condition`"
            yield Occurrence(member.value.span, message, hint)


def _allows_everybody(statement: Statement) -> bool:
    principals = statement.principals
    everybody = principals and not principals.negated and any(isinstance(each, AnyPrincipal) for each in principals.entries)
    return statement.effect is Effect.ALLOW and bool(everybody)
