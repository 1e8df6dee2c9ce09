"""IAM840: an identity policy allows everything (E3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.grants import unrestricted
from iam2rego.lint.inclusion import covers, spell_action
from iam2rego.lint.reach import ANYTHING
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM840",
    name="administrator",
    level=Level.SECURITY,
    summary="An identity policy allows every action on every resource, without condition.",
    why="Whoever has it is an administrator of the account. A mistake or a leaked key costs everything.",
    remedy="Name the actions that the task needs. For administrators, AWS has the managed policy `AdministratorAccess`.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}',
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    score=9.0,
    practice="Grant least privilege",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for `*` and its like."""
    for grant in unrestricted(subject):
        if grant.entry and "*" in grant.entry.text and not grant.denied and covers(spell_action(grant.entry.segments), ANYTHING):
            yield Occurrence(grant.span, f"{grant.text} on `*` allows everything", "name the actions that the task needs")
