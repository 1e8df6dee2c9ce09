"""IAM328: a String operator compares an ARN (C14)."""

from collections.abc import Iterator, Mapping
from typing import Final

from iam2rego.catalogue.service_keys import type_of
from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Operator
from iam2rego.lint.conditions import spell_operator
from iam2rego.lint.edits import spell, under
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, unsafe
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM328",
    name="text-operator-for-arn",
    level=Level.WARNING,
    summary="`StringEquals` or `StringNotEquals` compares a key that holds an ARN.",
    why=(
        "It works as long as the value has no wildcards. The Arn operators compare field by field and read wildcards, so that a "
        "later `*` means what it seems to."
    ),
    remedy="Use `ArnEquals` or `ArnNotEquals`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*", "Condition": '
        '{"StringEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*", "Condition": '
        '{"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"}}}}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    default=False,
    fix=Safety.UNSAFE,
)

_ARN_OPERATORS: Final[Mapping[Operator, Operator]] = {
    Operator.STRING_EQUALS: Operator.ARN_EQUALS,
    Operator.STRING_EQUALS_IGNORE_CASE: Operator.ARN_EQUALS,
    Operator.STRING_NOT_EQUALS: Operator.ARN_NOT_EQUALS,
    Operator.STRING_NOT_EQUALS_IGNORE_CASE: Operator.ARN_NOT_EQUALS,
}


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for String operators with global keys that hold ARNs, and those of services that the catalogue has."""
    for statement in subject.statements:
        for test in statement.tests:
            wanted = _ARN_OPERATORS.get(test.condition.operator)
            if wanted and type_of(fold_key(test.condition.key), subject.catalogue) == "ARN":
                message = f"{spell_operator(test.condition)} compares the ARN in {quote(test.condition.key)} as text"
                fix = unsafe(f"use `{wanted}`", under, subject.source, statement, test, spell(test.condition, wanted))
                yield Occurrence(test.operator.name_span, message, f"use `{wanted}`", fix=fix)
