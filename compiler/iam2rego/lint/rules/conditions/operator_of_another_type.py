"""IAM326: an operator that does not read what the key holds (C15, C26)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from iam2rego.catalogue.service_keys import element_type_of
from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Operator
from iam2rego.lint.conditions import spell_operator
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM326",
    name="operator-of-another-type",
    level=Level.WARNING,
    summary="The operator is for values of another type than the key holds (C15, C26).",
    why=(
        "AWS promises nothing about such a comparison: it may be false where you expect it to be true. `StringEquals` compares the "
        "spelling of a number or an address instead of its value."
    ),
    remedy="Use an operator for the type of the key.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", '
        '"Condition": {"StringEquals": {"aws:MultiFactorAuthPresent": "true"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", '
        '"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}}'
    ),
    aws=("TYPE_MISMATCH",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
)

_READ_BY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ARN": ("Arn", "String"),
        "Bool": ("Bool",),
        "Date": ("Date", "Numeric"),
        "IPAddress": ("IpAddress",),
        "Numeric": ("Numeric",),
        "String": ("String", "Binary", "Arn"),
    }
)
"""The families of operators that read each type, as in their names; tags and the like are text, and may hold an ARN."""

_SPELLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ARN": "an ARN",
        "Bool": "`true` or `false`",
        "Date": "a date",
        "IPAddress": "an IP address",
        "Numeric": "a number",
        "String": "text",
    }
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the operator with the type of the key."""
    for test in subject.tests:
        condition = test.condition
        held = element_type_of(fold_key(condition.key), subject.catalogue)
        families = _READ_BY.get(held or "")
        if families and condition.operator is not Operator.NULL and not any(each in condition.operator for each in families):
            message = f"{spell_operator(condition)} is not for the key {quote(condition.key)}, which holds {_SPELLED[held or '']}"
            yield Occurrence(test.operator.name_span, message, f"use an operator that begins with `{families[0]}`")
