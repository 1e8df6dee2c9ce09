"""IAM324: a comparison with `*` that only tests for the key."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Operator
from iam2rego.lint.conditions import Truth, spell_operator, truth_of_any
from iam2rego.lint.edits import under
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, safe
from iam2rego.lint.subject import Subject, Tested, Written
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM324",
    name="same-as-null",
    level=Level.NOTICE,
    summary="A condition with the value `*` only tests whether the key is present.",
    why="The pattern `*` matches every value, so the condition means the same as `Null`, which says so at first sight.",
    remedy=(
        "Use `Null`: with `false` if the key must be present, with `true` if it must be missing. Or replace `*` by a narrower pattern. "
        "For lists and empty strings, which AWS may never send, only `ForAllValues:StringNotLike` means the same as `Null`, so other fixes "
        "are unsafe."
    ),
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringLike": {"aws:PrincipalTag/team": "*"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringLike": {"aws:PrincipalTag/team": "r*"}}}}'
    ),
    aws=("EQUIVALENT_TO_NULL_FALSE", "EQUIVALENT_TO_NULL_TRUE"),
    fix=Safety.SAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for comparisons with any value that depend on the presence of the key."""
    for statement in subject.statements:
        for test in statement.tests:
            match truth_of_any(test.condition):
                case Truth.PRESENT:
                    yield _occurrence(subject, statement, test, "present", "false")
                case Truth.MISSING:
                    yield _occurrence(subject, statement, test, "missing", "true")


def _occurrence(subject: Subject, statement: Written, test: Tested, state: str, null: str) -> Occurrence:
    message = f"{spell_operator(test.condition)} with `*` only tests whether {quote(test.condition.key)} is {state}"
    fix = safe("use `Null`", under, subject.source, statement, test, Operator.NULL, null)
    return Occurrence(test.key.value.span, message, f"use `Null` with `{null}`", f"EQUIVALENT_TO_NULL_{null.upper()}", fix=fix)
