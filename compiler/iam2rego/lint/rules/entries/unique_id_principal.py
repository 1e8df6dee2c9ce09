"""IAM221: a principal by the unique id of a user or role (P8)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.ir.principal import UniqueIdPrincipal
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM221",
    name="unique-id-principal",
    level=Level.WARNING,
    summary="A principal is the unique id of a user or role (P8).",
    why=(
        "AWS writes such an id in place of the ARN when the user or role is deleted. A new one of the same name has another id, so the "
        "entry matches nobody."
    ),
    remedy="Write the ARN of a user or role that exists, or remove the entry.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "AROADBQP57FF2AEXAMPLE"}, '
        '"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/r"}, '
        '"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
    ),
    kind=Kind.RESOURCE,
    aws=("INVALID_ROLE_REFERENCE", "INVALID_USER_REFERENCE"),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
)

_OF_ROLES: Final = "AROA"


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the entries of principals."""
    for statement in subject.statements:
        for entry in statement.read.principals.entries if statement.read.principals else ():
            if isinstance(entry, UniqueIdPrincipal):
                yield _of_entry(entry)


def _of_entry(entry: UniqueIdPrincipal) -> Occurrence:
    kind = "role" if entry.unique_id.startswith(_OF_ROLES) else "user"
    message = f"{quote(entry.unique_id)} is the unique id of a {kind}, which AWS writes when the {kind} is deleted"
    return Occurrence(entry.span, message, f"write the ARN of a {kind} that exists", f"INVALID_{kind.upper()}_REFERENCE")
