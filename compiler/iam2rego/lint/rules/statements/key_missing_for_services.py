"""IAM527: a condition on a key that requests of services do not have (P7)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.global_keys import OF_CALLERS
from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind, Statement
from iam2rego.ir.principal import ServicePrincipal
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM527",
    name="key-missing-for-services",
    level=Level.WARNING,
    summary="The statement names only services, and a condition tests a key that their requests do not have.",
    why=(
        "A service that calls for itself belongs to no account and no organization. `aws:PrincipalArn`, `aws:PrincipalAccount`, "
        "`aws:PrincipalOrgID` and `aws:PrincipalOrgPaths` are missing, so the condition has the same result for every request."
    ),
    remedy="Test `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths` instead.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}, '
        '"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}, '
        '"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}}}'
    ),
    kind=Kind.RESOURCE,
    aws=("UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at statements about services only."""
    for statement in subject.statements:
        for test in statement.tests if _is_about_services(statement.read) else ():
            if fold_key(test.condition.key) in OF_CALLERS:
                message = f"requests of services do not have the key {quote(test.condition.key)}, and this statement names only services"
                yield Occurrence(test.key.name_span, message, "test `aws:SourceArn`, `aws:SourceAccount` or `aws:SourceOrgID`")


def _is_about_services(statement: Statement) -> bool:
    principals = statement.principals
    if principals is None or principals.negated or not principals.entries:
        return False
    return all(isinstance(each, ServicePrincipal) for each in principals.entries)
