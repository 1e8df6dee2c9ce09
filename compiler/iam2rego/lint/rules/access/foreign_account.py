"""IAM832: a trust policy allows another account without more (P3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Effect, Kind
from iam2rego.ir.principal import AccountPrincipal, ArnPrincipal, PrincipalEntry
from iam2rego.lint.conditions import tested_keys
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.mfa import AGE, PRESENT
from iam2rego.lint.reach import names_action
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM832",
    name="foreign-account",
    level=Level.SECURITY,
    summary="A trust policy allows an account to assume the role, and asks for no external id, MFA or organization.",
    why=(
        "A company that works for many customers can be made to use the role of one customer for another: the confused deputy. "
        "`sts:ExternalId` prevents it. Within an organization, `aws:PrincipalOrgID` says that only its accounts are meant."
    ),
    remedy="Test `sts:ExternalId`, `aws:PrincipalOrgID` or `aws:MultiFactorAuthPresent`.",
    bad=('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole"}}'),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": '
        '"sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "k7"}}}}'
    ),
    kind=Kind.TRUST,
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    score=5.0,
    default=False,
)

_PROOFS: Final = frozenset({"sts:externalid", "aws:principalorgid", "aws:principalorgpaths", PRESENT, AGE})


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the accounts and their users and roles that a trust policy allows, except the user's own accounts."""
    for statement in subject.statements if subject.policy.kind is Kind.TRUST else ():
        principals, read = statement.read.principals, statement.read
        is_meant = read.effect is Effect.ALLOW and names_action(read.actions, "sts:AssumeRole") and not tested_keys(read) & _PROOFS
        for entry in principals.entries if principals and is_meant and not principals.negated else ():
            account = _account(entry)
            if account and account not in subject.accounts:
                message = f"account {quote(account)} may assume this role without external id, MFA or organization"
                yield Occurrence(entry.span, message, "test `sts:ExternalId`, `aws:PrincipalOrgID` or `aws:MultiFactorAuthPresent`")


def _account(entry: PrincipalEntry) -> str:
    """Return the account of an entry; empty if it has none."""
    match entry:
        case AccountPrincipal():
            return entry.account
        case ArnPrincipal():
            return entry.arn.split(":")[4]
        case _:
            return ""
