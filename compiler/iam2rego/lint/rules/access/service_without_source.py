"""IAM803: a resource policy lets a service act for anybody (P7)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.lint.trusted_services import unrestricted_services
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM803",
    name="service-without-source",
    level=Level.WARNING,
    summary="A resource policy allows a service without saying for whom the service may act (P7).",
    why=(
        "Somebody of another account can make the service use your resource: the service is a confused deputy. Found if no condition tests "
        "`aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths`. Trust policies are not checked."
    ),
    remedy="Test `aws:SourceArn` or `aws:SourceAccount`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, '
        '"Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122223333:q"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, '
        '"Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122223333:q", '
        '"Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"}}}}'
    ),
    kind=Kind.RESOURCE,
    aws=("RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for services that an ``Allow`` names; `IAM804` tells of those that the referer restricts."""
    for service in unrestricted_services(subject, by_referer=False):
        message = f"{quote(service.service)} may act here for anybody, of any account"
        yield Occurrence(service.span, message, "test `aws:SourceArn` or `aws:SourceAccount`")
