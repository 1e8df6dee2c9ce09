"""IAM327: an ARN under a String operator with wildcards (C13, C22)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from iam2rego.catalogue.service_keys import type_of
from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Operator
from iam2rego.lint.edits import spell, under
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, unsafe
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

_OF_ARNS: Final[Mapping[Operator, Operator]] = MappingProxyType(
    {Operator.STRING_LIKE: Operator.ARN_LIKE, Operator.STRING_NOT_LIKE: Operator.ARN_NOT_LIKE}
)

FINDING: Final = Finding(
    code="IAM327",
    name="text-wildcard-in-arn",
    level=Level.SECURITY,
    score=4.0,
    summary="An ARN is compared by `StringLike` or `StringNotLike`, whose wildcards match colons too.",
    why=(
        "Under `StringLike` a `*` may match several fields of an ARN: `arn:aws:sns:*:111122223333:*` also matches an ARN of another "
        "account whose last field contains `:111122223333:`. Under `ArnLike` a wildcard does not leave its field (C22)."
    ),
    remedy="Use `ArnLike` or `ArnNotLike`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:*"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:*"}}}}'
    ),
    aws=("STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",),
    fix=Safety.UNSAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for keys that hold ARNs."""
    for statement in subject.statements:
        for test in statement.tests:
            condition = test.condition
            better = _OF_ARNS.get(condition.operator)
            if better and type_of(fold_key(condition.key), subject.catalogue) == "ARN":
                message = f"{quote(condition.key)} is an ARN, and the wildcards of `{condition.operator}` match its colons too"
                fix = unsafe(f"use `{better}`", under, subject.source, statement, test, spell(condition, better))
                yield Occurrence(test.key.name_span, message, f"use `{better}`", fix=fix)
