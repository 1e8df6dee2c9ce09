"""IAM805: a trust policy allows everybody whom an OpenID Connect provider knows (P7)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.federation import trusts
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM805",
    name="provider-without-condition",
    level=Level.WARNING,
    summary="A trust policy allows an OpenID Connect provider, and no condition tests a claim of its tokens (P7).",
    why="Everybody whom the provider knows may assume the role, from any application.",
    remedy="Test the audience, `HOST:aud`, and the subject, `HOST:sub`, with the host of the provider.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", '
        '"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/accounts.example.com"}, '
        '"Action": "sts:AssumeRoleWithWebIdentity"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", '
        '"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/accounts.example.com"}, '
        '"Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"accounts.example.com:aud": "app"}}}}'
    ),
    kind=Kind.TRUST,
    aws=("MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for providers whose host begins no key of the ``Condition``."""
    for trust in trusts(subject):
        if not trust.tests():
            message = f"everybody whom {quote(trust.entry.provider)} knows may assume this role"
            yield Occurrence(trust.entry.span, message, f"test {quote(trust.host + ':aud')} and {quote(trust.host + ':sub')}")
