"""IAM511: an ARN with a Region that does not exist."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from iam2rego.catalogue.regions import REGIONS
from iam2rego.diagnostics import Level
from iam2rego.lint.arns import Field, literal_fields, with_field
from iam2rego.lint.edits import respelled_close
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, unsafe
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote, suggestion

FINDING: Final = Finding(
    code="IAM511",
    name="unknown-arn-region",
    level=Level.WARNING,
    summary="The region of an ARN is not a Region.",
    why=(
        "No resource has such an ARN. A Region that AWS opened lately may be unknown here. Whether the service is in the Region is not "
        "checked. The finding also marks text that is to be replaced, such as `region`."
    ),
    remedy="Write the code of a Region, such as `us-east-1`, or `*`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", '
        '"Resource": "arn:aws:sqs:us-est-1:111122223333:orders"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", '
        '"Resource": "arn:aws:sqs:us-east-1:111122223333:orders"}}'
    ),
    aws=("INVALID_ARN_REGION",),
    fix=Safety.UNSAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for each Region among those of all partitions."""
    for entry, region in literal_fields(subject, Field.REGION):
        if region not in REGIONS:
            around = partial(with_field, entry, Field.REGION, region)
            fix = unsafe("write the Region that is similar", respelled_close, subject, entry.span, entry.text, region, REGIONS, around)
            yield Occurrence(entry.span, f"{quote(region)} is not a Region", suggestion(region, sorted(REGIONS)), fix=fix)
