"""IAM302: a condition operator in another spelling than AWS's (G13)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.edits import renamed_operator
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, safe
from iam2rego.lint.subject import Subject
from iam2rego.syntax.operators import read_operator

FINDING: Final = Finding(
    code="IAM302",
    name="operator-spelling",
    level=Level.WARNING,
    summary="A condition operator is understood, but is not in AWS's spelling (G13).",
    remedy="Use AWS's spelling.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"stringlike": {"aws:username": "a*"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringLike": {"aws:username": "a*"}}}}'
    ),
    fix=Safety.SAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare each operator with its name."""
    for statement in subject.statements:
        for member in statement.operators:
            name = read_operator(member.name)
            if name and name.canonical != member.name:
                fix = safe("write it as AWS does", renamed_operator, subject.source, statement, member, name.canonical)
                message, hint = f"`{member.name}` is read as `{name.canonical}`", f"write `{name.canonical}`"
                yield Occurrence(member.name_span, message, hint, fix=fix)
