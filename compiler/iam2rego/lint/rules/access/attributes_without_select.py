"""IAM815: a condition on attributes of DynamoDB that a request for all attributes passes (C8)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Condition, Operator
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM815",
    name="attributes-without-select",
    level=Level.SECURITY,
    score=5.0,
    summary="A condition tests `dynamodb:Attributes`, and no condition demands that the request selects attributes (C8).",
    why=(
        "A request that asks for whole items names no attributes. `ForAllValues:` is then true, and the caller gets every attribute. "
        "Only `dynamodb:Select` tells such requests from others."
    ),
    remedy="Add `StringEquals` with `dynamodb:Select` and `SPECIFIC_ATTRIBUTES`, with `IfExists` if the statement has actions that write.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:GetItem", '
        '"Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/t", '
        '"Condition": {"ForAnyValue:StringEquals": {"dynamodb:Attributes": ["id", "name"]}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:GetItem", '
        '"Resource": "arn:aws:dynamodb:us-east-1:111122223333:table/t", '
        '"Condition": {"ForAnyValue:StringEquals": {"dynamodb:Attributes": ["id", "name"]}, '
        '"StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}}}}'
    ),
    aws=("DYNAMODB_ATTRIBUTES_WITHOUT_SELECT",),
    reference="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html",
)

_ATTRIBUTES: Final = "dynamodb:attributes"
_SELECT: Final = "dynamodb:select"
_SPECIFIC: Final = "SPECIFIC_ATTRIBUTES"
_EQUALS: Final = {Operator.STRING_EQUALS, Operator.STRING_EQUALS_IGNORE_CASE, Operator.STRING_LIKE}
_HINT: Final = f"add `StringEquals` with `dynamodb:Select` and `{_SPECIFIC}`"


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at conditions on attributes."""
    for statement in subject.statements:
        for test in () if any(map(_selects, statement.read.conditions)) else statement.tests:
            if fold_key(test.condition.key) == _ATTRIBUTES:
                yield Occurrence(test.key.name_span, "a request for whole items names no attributes, so this does not restrict it", _HINT)


def _selects(condition: Condition) -> bool:
    values = {value.text for value in condition.values}
    return fold_key(condition.key) == _SELECT and condition.operator in _EQUALS and values == {_SPECIFIC}
