"""IAM322: a comparison with `*` that is always true."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.conditions import Truth, spell_operator, truth_of_any
from iam2rego.lint.edits import without_test
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, safe
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM322",
    name="needless-test",
    level=Level.NOTICE,
    summary="A condition with the value `*` is always true.",
    why=(
        "The pattern `*` matches every value. With `IfExists` or `ForAllValues:`, and for keys that every request has, requests without "
        "the key need not be kept out either."
    ),
    remedy=(
        "Remove the key, or replace `*` by a narrower pattern. The fix is proven with `ForAllValues:`. Otherwise a list of "
        "values, or for some keys a request without them, would make the condition false, although AWS never sends that."
    ),
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringLikeIfExists": {"aws:PrincipalTag/team": "*"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringLikeIfExists": {"aws:PrincipalTag/team": "r*"}}}}'
    ),
    aws=("REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION",),
    fix=Safety.SAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for comparisons with any value that are always true."""
    for statement in subject.statements:
        for test in statement.tests:
            if truth_of_any(test.condition) is Truth.ALWAYS:
                message = f"{spell_operator(test.condition)} of {quote(test.condition.key)} with `*` is always true"
                fix = safe("remove the key", without_test, statement, test)
                yield Occurrence(test.key.value.span, message, "remove the key, or narrow the pattern", fix=fix)
