"""IAM218: an ARN whose account is not the id of an account."""

import re
from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.arn_owners import OTHER_OWNERS, OWNER
from iam2rego.diagnostics import Level
from iam2rego.lint.arns import Field, literal, literal_fields
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM218",
    name="invalid-arn-account",
    level=Level.WARNING,
    summary="The account of an ARN is not an account id, which has twelve digits.",
    why=(
        "No resource has such an ARN, so the entry matches nothing. An empty account, `aws`, and the few words that services write there "
        "are not judged. In the text of a documentation page, a placeholder such as `account-id` has this finding, too."
    ),
    remedy="Write the twelve digits of the account id, or `*`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", '
        '"Resource": "arn:aws:sqs:us-east-1:12345:orders"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", '
        '"Resource": "arn:aws:sqs:us-east-1:123456789012:orders"}}'
    ),
    aws=("INVALID_ARN_ACCOUNT",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
)

_ACCOUNT: Final = re.compile("[0-9]{12}")


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the accounts that resources name."""
    for arn, account in literal_fields(subject, Field.ACCOUNT):
        owners = {OWNER, OTHER_OWNERS.get((literal(arn, Field.SERVICE) or "").lower())}
        if account not in owners and not _ACCOUNT.fullmatch(account):
            message = f"{quote(account)} in {quote(arn.text)} is not an account id, so the entry matches nothing"
            yield Occurrence(arn.span, message, "an account id has twelve digits; `*` matches every account")
