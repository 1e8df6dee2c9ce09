"""IAM323: a comparison with `*` that is never true."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.conditions import Truth, spell_operator, truth_of_any
from iam2rego.lint.edits import without_statement
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, unsafe
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM323",
    name="never-true",
    level=Level.WARNING,
    summary="A negated condition with the value `*` is never true, so the statement never applies.",
    why="The pattern `*` matches every value, so no value is different from it. The statement allows or denies nothing.",
    remedy="Replace `*` by a narrower pattern, or remove the statement.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", '
        '"Condition": {"ForAnyValue:StringNotLike": {"aws:TagKeys": "*"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", '
        '"Condition": {"ForAnyValue:StringNotLike": {"aws:TagKeys": "cost-*"}}}}'
    ),
    aws=("REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION",),
    fix=Safety.UNSAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for comparisons with any value that are never true."""
    for statement in subject.statements:
        for test in statement.tests:
            if truth_of_any(test.condition) is Truth.NEVER:
                message = f"{spell_operator(test.condition)} of {quote(test.condition.key)} with `*` is never true"
                fix = unsafe("remove the statement", without_statement, subject, statement)
                yield Occurrence(test.key.value.span, message, "narrow the pattern, or remove the statement", fix=fix)
