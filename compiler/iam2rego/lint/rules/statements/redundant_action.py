"""IAM504: an action entry that another entry of the same list covers (A3, A4)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ActionPattern
from iam2rego.lint.edits import without_entry
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, safe
from iam2rego.lint.redundancy import redundant
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM504",
    name="redundant-action",
    level=Level.NOTICE,
    summary="Another entry of the same list matches every action that the entry matches (A3, A4).",
    why="The policy means the same without it. Actions are compared without their case.",
    remedy="Remove the entry or, if the other one is wider than intended, that one.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["iam:Get*", "iam:GetRole"], "Resource": "*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["iam:Get*", "iam:ListRoles"], "Resource": "*"}}',
    aws=("REDUNDANT_ACTION",),
    fix=Safety.SAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the entries of each list with one another."""
    for statement in subject.statements:
        entries = [each for each in statement.read.actions.entries if isinstance(each, ActionPattern)]
        written = statement.member("Action", "NotAction")
        for entry, other in redundant([*zip(entries, statement.reach.actions.patterns, strict=True)]):
            message = f"{quote(entry.text)} is redundant: {quote(other.text)} in the same list matches all of it"
            hint = "remove it or, if the other is wider than intended, the other"
            fix = safe("remove the entry", without_entry, written.value, entry.span) if written else None
            yield Occurrence(entry.span, message, hint, covered_by=(other.span,), fix=fix)
