"""IAM801: an identity policy allows passing every role (E3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.roles import RoleAction, issues, widely_allowed
from iam2rego.lint.subject import Subject

_ACTION: Final = RoleAction(name="iam:PassRole", key="iam:PassedToService", issue="PASS_ROLE")

FINDING: Final = Finding(
    code="IAM801",
    name="passable-roles",
    level=Level.WARNING,
    summary="An identity policy allows `iam:PassRole` on every role, or on every role except a list.",
    why=(
        "Whoever may pass a role to a service has the rights of that role, even of an administrator. Found for `*`, for every role of "
        "an account and for `NotResource`. Names that begin alike, as in `role/app-*`, are not found. `iam:PassedToService` in the "
        "`Condition` is enough for `Resource`, and so is a `Deny` of the same policy that takes all of it back."
    ),
    remedy="Name the roles in `Resource`, or test `iam:PassedToService`.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}',
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", '
        '"Resource": "arn:aws:iam::111122223333:role/app"}}'
    ),
    aws=issues(_ACTION),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at identity policies."""
    yield from widely_allowed(subject, _ACTION)
