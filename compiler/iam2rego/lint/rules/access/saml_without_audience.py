"""IAM834: a trust policy allows SAML assertions for any audience (P7)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Effect, Kind
from iam2rego.ir.principal import FederatedPrincipal
from iam2rego.lint.conditions import tested_keys
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.reach import names_action
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM834",
    name="saml-without-audience",
    level=Level.SECURITY,
    summary="A trust policy allows a SAML provider, and tests neither the audience nor the issuer.",
    why="An assertion that the provider made for another application is then enough to assume the role.",
    remedy="Test `SAML:aud`, which is `https://signin.aws.amazon.com/saml` for AWS.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Federated": '
        '"arn:aws:iam::111122223333:saml-provider/ADFS"}, "Action": "sts:AssumeRoleWithSAML"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Federated": '
        '"arn:aws:iam::111122223333:saml-provider/ADFS"}, "Action": "sts:AssumeRoleWithSAML", "Condition": {"StringEquals": '
        '{"SAML:aud": "https://signin.aws.amazon.com/saml"}}}}'
    ),
    kind=Kind.TRUST,
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html",
    score=6.0,
)

_OF_ASSERTIONS: Final = frozenset({"saml:aud", "saml:iss"})
_PROVIDER: Final = ":saml-provider/"


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the SAML providers that a trust policy allows."""
    for statement in (each.read for each in subject.statements) if subject.policy.kind is Kind.TRUST else ():
        principals = statement.principals
        signs_in = statement.effect is Effect.ALLOW and names_action(statement.actions, "sts:AssumeRoleWithSAML")
        is_open = signs_in and not tested_keys(statement) & _OF_ASSERTIONS
        for entry in principals.entries if principals and is_open and not principals.negated else ():
            if isinstance(entry, FederatedPrincipal) and _PROVIDER in entry.provider:
                message = f"assertions of {quote(entry.provider)} for any audience are enough to assume this role"
                yield Occurrence(entry.span, message, 'add `"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}`')
