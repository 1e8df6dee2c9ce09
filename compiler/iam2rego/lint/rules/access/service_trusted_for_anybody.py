"""IAM833: a trust policy lets a service act for anybody (P7)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.confused_deputies import DEPUTIES
from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Effect, Kind
from iam2rego.ir.principal import ServicePrincipal
from iam2rego.lint.conditions import tested_keys
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.lint.trusted_services import SOURCES
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM833",
    name="service-trusted-for-anybody",
    level=Level.SECURITY,
    summary="A trust policy allows a service that acts for many customers to assume the role, without saying for whom.",
    why=(
        "Somebody of another account who may pass no role can still make the service use yours, if the service does not check "
        "it. AWS advises to test `aws:SourceAccount` or `aws:SourceArn` for the services that send them; the list is in "
        "`catalogue/confused_deputies.py`. IAM803 finds the same in other resource policies."
    ),
    remedy="Test `aws:SourceAccount` or `aws:SourceArn`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"}, '
        '"Action": "sts:AssumeRole"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"}, '
        '"Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}}'
    ),
    kind=Kind.TRUST,
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    score=5.0,
    default=False,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the services that a trust policy allows."""
    for statement in (each.read for each in subject.statements) if subject.policy.kind is Kind.TRUST else ():
        principals = statement.principals
        is_open = statement.effect is Effect.ALLOW and not tested_keys(statement) & SOURCES
        for entry in principals.entries if principals and is_open and not principals.negated else ():
            if isinstance(entry, ServicePrincipal) and entry.service.lower() in DEPUTIES:
                message = f"{quote(entry.service)} may assume this role for anybody, of any account"
                yield Occurrence(entry.span, message, "test `aws:SourceAccount` or `aws:SourceArn`")
