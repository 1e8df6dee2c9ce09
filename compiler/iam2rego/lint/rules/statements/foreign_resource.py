"""IAM516: an ARN of another service in the policy of a resource."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.arns import Field, arns_of, literal
from iam2rego.lint.attached import services_by_kind
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM516",
    name="foreign-resource",
    level=Level.WARNING,
    summary="The policy of a resource names a resource of another service.",
    why="The entry never matches the resource that has it. Found where `--policy-type` or `--resource-type` says what the resource is.",
    remedy="Write the ARN of the resource that has the policy.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", '
        '"Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"}}'
    ),
    kind=Kind.BUCKET,
    aws=("UNSUPPORTED_RESOURCE_ARN_IN_POLICY",),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the service of each ARN with that of the kind of resource."""
    wanted = services_by_kind(subject)
    for entry in arns_of(subject) if wanted else ():
        service = literal(entry, Field.SERVICE)
        if service and service not in wanted:
            named = " or ".join(map(quote, sorted(wanted)))
            yield Occurrence(entry.span, f"{quote(entry.text)} is an ARN of {quote(service)}, but a resource of {named} has this policy")
