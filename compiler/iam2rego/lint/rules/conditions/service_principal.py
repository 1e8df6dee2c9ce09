"""IAM318: a malformed name of a service."""

import re
from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Condition
from iam2rego.lint.conditions import as_compared, plain_texts
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

_KEYS: Final = re.compile("iam:passedtoservice|iam:awsservicename|aws:principalservicename(?:slist)?|aws:calledvia.*")
_DOMAIN: Final = r"\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)"
_SERVICE: Final = re.compile(rf"[a-z0-9-]+(?:\.[a-z0-9-]+)*{_DOMAIN}")
_WITH_REGION: Final = re.compile(rf"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+(?:-[a-z]+)+-[0-9]+{_DOMAIN}")
_EXAMPLE: Final = "such a name has the form `ec2.amazonaws.com`, in lower case"
_EXAMPLE_WITH_REGION: Final = "such a name has the form `s3.us-east-1.amazonaws.com`, with a Region and in lower case"

FINDING: Final = Finding(
    code="IAM318",
    name="service-principal",
    level=Level.WARNING,
    summary="A value cannot be the name of a service, which the key holds.",
    why="The key never has such a value, so the comparison is always false, and a negated one always true.",
    remedy="Write the name of the service, such as `ec2.amazonaws.com`; for `kms:ViaService`, `s3.us-east-1.amazonaws.com`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", '
        '"Resource": "arn:aws:iam::111122223333:role/app", "Condition": {"StringEquals": {"iam:PassedToService": "ec2"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", '
        '"Resource": "arn:aws:iam::111122223333:role/app", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}}'
    ),
    aws=("INVALID_SERVICE_PRINCIPAL_FORMAT",),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the values of the keys with the form of such names."""
    for test in subject.tests:
        key = fold_key(test.condition.key)
        if key == "kms:viaservice":
            yield from _of_values(test.condition, _WITH_REGION, _EXAMPLE_WITH_REGION)
        elif _KEYS.fullmatch(key):
            yield from _of_values(test.condition, _SERVICE, _EXAMPLE)


def _of_values(condition: Condition, form: re.Pattern[str], hint: str) -> Iterator[Occurrence]:
    for value in plain_texts(condition):
        if not form.fullmatch(as_compared(condition, value.text)):
            yield Occurrence(value.span, f"{quote(value.text)} is never a value of {quote(condition.key)}", hint)
