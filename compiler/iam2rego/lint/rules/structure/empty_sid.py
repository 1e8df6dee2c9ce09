"""IAM110: an empty ``Sid`` (G6)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.edits import without_member
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, safe
from iam2rego.lint.subject import Subject
from iam2rego.syntax.tree import JsonString

FINDING: Final = Finding(
    code="IAM110",
    name="empty-sid",
    level=Level.WARNING,
    summary="A `Sid` is empty, which is the same as having none (G6).",
    why="In a trust policy it is a notice, because the console of IAM writes it there.",
    remedy="Name the statement, or leave `Sid` out.",
    bad='{"Version": "2012-10-17", "Statement": {"Sid": "", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
    aws=("EMPTY_SID_VALUE",),
    fix=Safety.SAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Check the ``Sid`` of every statement."""
    for statement in subject.statements:
        sid = statement.member("Sid")
        if sid and isinstance(sid.value, JsonString) and not sid.value.value:
            fix = safe("remove the `Sid`", without_member, statement.node, "Sid")
            level = Level.NOTICE if subject.policy.kind is Kind.TRUST else None
            yield Occurrence(sid.value.span, "the `Sid` is empty", "name the statement, or leave `Sid` out", level=level, fix=fix)
