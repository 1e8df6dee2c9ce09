"""IAM317: a malformed id of a VPC or of an endpoint."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.conditions import plain_texts, tests_of
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

_FORMS: Final[Mapping[str, tuple[re.Pattern[str], str, str]]] = MappingProxyType(
    {
        "aws:sourcevpc": (re.compile("vpc-(?:[A-Za-z0-9]{8}|[A-Za-z0-9]{17})"), "a VPC", "INVALID_VPC_FORMAT"),
        "aws:sourcevpce": (re.compile("vpce-(?:[A-Za-z0-9]{8}|[A-Za-z0-9]{17})"), "a VPC endpoint", "INVALID_VPCE_FORMAT"),
    }
)
"""The form of the ids of each key, what they are of, and AWS's issue code."""

FINDING: Final = Finding(
    code="IAM317",
    name="network-id",
    level=Level.WARNING,
    summary="A value of `aws:SourceVpc` or `aws:SourceVpce` cannot be the id of a VPC or of a VPC endpoint.",
    why="The key never has such a value, so the comparison is always false, and a negated one always true.",
    remedy="Write the id: `vpc-` or `vpce-` and 8 or 17 letters and digits.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringEquals": {"aws:SourceVpce": "vpc-11223344"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringEquals": {"aws:SourceVpce": "vpce-11223344"}}}}'
    ),
    aws=("INVALID_VPC_FORMAT", "INVALID_VPCE_FORMAT"),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the values of both keys with the form of the ids."""
    for test in tests_of(subject, *_FORMS):
        form, what, aws = _FORMS[fold_key(test.condition.key)]
        for value in plain_texts(test.condition):
            if not form.fullmatch(value.text):
                hint = f"such an id has the form `{form.pattern.partition('-')[0]}-` and 8 or 17 letters and digits"
                yield Occurrence(value.span, f"{quote(value.text)} is not the id of {what}", hint, aws)
