"""IAM804: a resource policy restricts a service by ``aws:Referer`` only (P7)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.lint.trusted_services import unrestricted_services
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM804",
    name="service-by-referer",
    level=Level.NOTICE,
    summary="A resource policy says by `aws:Referer` only for whom a service may act (P7).",
    why="Some services put an account id into this key, but it was made for the header of browsers. There are keys for the purpose.",
    remedy="Test `aws:SourceArn` or `aws:SourceAccount` instead.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ses.amazonaws.com"}, '
        '"Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:Referer": "111122223333"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ses.amazonaws.com"}, '
        '"Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}}'
    ),
    kind=Kind.RESOURCE,
    aws=("RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for services that only the referer restricts."""
    for service in unrestricted_services(subject, by_referer=True):
        message = f"only `aws:Referer` says for whom {quote(service.service)} may act here"
        yield Occurrence(service.span, message, "test `aws:SourceArn` or `aws:SourceAccount` instead")
