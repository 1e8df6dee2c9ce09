"""IAM304: a condition that tests nothing (G12)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.edits import without_member, without_operator
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, safe
from iam2rego.lint.subject import Subject
from iam2rego.syntax.operators import read_operator
from iam2rego.syntax.tree import JsonObject

FINDING: Final = Finding(
    code="IAM304",
    name="empty-condition",
    level=Level.WARNING,
    summary="A `Condition` without operators, or an operator without keys, is always true (G12).",
    remedy="Remove it, or add a test.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {}}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}',
    aws=("EMPTY_OBJECT_CONDITION",),
    fix=Safety.SAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Check each condition and each operator; an unknown operator without keys has its own code."""
    for statement in subject.statements:
        block = statement.member("Condition")
        if block and not statement.operators:
            fix = safe("remove the `Condition`", without_member, statement.node, "Condition")
            yield Occurrence(block.value.span, "an empty `Condition` is always true", "remove it", fix=fix)
        for member in statement.operators:
            if read_operator(member.name) and isinstance(member.value, JsonObject) and not member.value.members:
                fix = safe("remove the operator", without_operator, statement, member)
                yield Occurrence(member.value.span, f"`{member.name}` without keys is always true", "remove it", fix=fix)
