"""IAM207: a variable before the last field of an ARN (R9)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.lint.variables import used_variables
from iam2rego.syntax.report import quote

_LAST: Final = 5

FINDING: Final = Finding(
    code="IAM207",
    name="variable-in-arn-field",
    level=Level.WARNING,
    summary="A variable is in one of the first five fields of an ARN; AWS documents variables in the last one only (R9).",
    why="The variable is expanded anyway, and AWS's own policies have such variables.",
    remedy="None, if it is intended.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:Decrypt", '
        '"Resource": "arn:aws:kms:*:${aws:PrincipalAccount}:key/*"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:Decrypt", '
        '"Resource": "arn:aws:kms:*:*:key/${aws:PrincipalTag/key}"}}'
    ),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for variables of resources."""
    for each in used_variables(subject):
        if each.of == "entry" and each.field < _LAST:
            message = f"the variable {quote(each.spelling)} is before the fifth colon of an ARN"
            yield Occurrence(each.span, message, "AWS documents variables only in the last field")
