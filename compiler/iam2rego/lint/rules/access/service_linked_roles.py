"""IAM802: an identity policy allows creating the service-linked role of every service (E3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.roles import RoleAction, issues, widely_allowed
from iam2rego.lint.subject import Subject

_ACTION: Final = RoleAction(name="iam:CreateServiceLinkedRole", key="iam:AWSServiceName", issue="CREATE_SLR")

FINDING: Final = Finding(
    code="IAM802",
    name="service-linked-roles",
    level=Level.WARNING,
    summary="An identity policy allows `iam:CreateServiceLinkedRole` on every role, or on every role except a list.",
    why=(
        "A service-linked role gives its service rights in the account. Found for `*`, for every role of an account and for `NotResource`. "
        "`iam:AWSServiceName` in the `Condition` is enough for `Resource`, and so is a `Deny` of the same policy that takes all of it back."
    ),
    remedy="Name the roles in `Resource`, or test `iam:AWSServiceName`.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*"}}',
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", '
        '"Resource": "arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"}}'
    ),
    aws=issues(_ACTION),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at identity policies."""
    yield from widely_allowed(subject, _ACTION)
