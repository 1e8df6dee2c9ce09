"""IAM220: an ARN whose service has upper-case letters."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.arns import Field, literal_fields, with_field
from iam2rego.lint.edits import respelled
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, unsafe
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM220",
    name="service-case",
    level=Level.WARNING,
    summary="The service of an ARN has upper-case letters, and ARNs are compared with their case (R8).",
    why="Every service is in lower case in its ARNs, so the entry matches nothing.",
    remedy="Write the service in lower case.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", '
        '"Resource": "arn:aws:S3:::amzn-s3-demo-bucket/*"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"}}'
    ),
    aws=("INVALID_ARN_SERVICE_CASE",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
    fix=Safety.UNSAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the services that resources name."""
    for arn, service in literal_fields(subject, Field.SERVICE):
        lower = service.lower()
        if lower != service and subject.catalogue.is_service(lower):
            message = f"the service {quote(service)} in {quote(arn.text)} has upper-case letters, so the entry matches nothing"
            better = with_field(arn, Field.SERVICE, service, lower)
            fix = unsafe("write the service in lower case", respelled, subject, arn.span, arn.text, better)
            yield Occurrence(arn.span, message, f"write {quote(lower)}", fix=fix)
