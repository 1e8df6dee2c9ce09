"""IAM214: a ``Principal`` that names nobody (G15)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.tree import JsonObject

FINDING: Final = Finding(
    code="IAM214",
    name="empty-principal",
    level=Level.WARNING,
    summary="`{}` names nobody (G15).",
    why="With `Principal` the statement never applies, and with `NotPrincipal` it applies to everybody.",
    remedy="Name somebody, or remove the statement.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {}, "Action": "s3:GetObject", "Resource": "*"}}',
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, '
        '"Action": "s3:GetObject", "Resource": "*"}}'
    ),
    kind=Kind.RESOURCE,
    aws=("EMPTY_OBJECT_PRINCIPAL",),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at policies that name principals."""
    for statement in subject.statements:
        member = statement.member("Principal", "NotPrincipal")
        if statement.read.principals and member and isinstance(member.value, JsonObject) and not member.value.members:
            message = f"an empty `{member.name}` names nobody"
            yield Occurrence(member.value.span, message, "name somebody, or remove the statement")
