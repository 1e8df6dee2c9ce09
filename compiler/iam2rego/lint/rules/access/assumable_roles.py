"""IAM837: an identity policy allows assuming every role (E3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ResourceEntry
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.grants import Grant, grants
from iam2rego.lint.roles import reaches_every_role
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM837",
    name="assumable-roles",
    level=Level.SECURITY,
    summary="An identity policy allows `sts:AssumeRole` on every role, without condition.",
    why=(
        "Every role that trusts the account, an administrator among them, can then be assumed, and so can each role of another "
        "account that trusts this one. Found for `*` and for every role of an account. "
        "Not for an `Allow` of everything, which is IAM840, and not for `NotAction`, which is IAM503."
    ),
    remedy="Name the roles in `Resource`.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}}',
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": '
        '"arn:aws:iam::123456789012:role/audit"}}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html",
    score=8.0,
)


_EVERYTHING: Final = ("*", "*:*")


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each entry that allows the action."""
    for grant in grants(subject):
        is_named = grant.entry and grant.entry.text not in _EVERYTHING
        if is_named and not grant.statement.read.conditions and grant.allows("sts:assumerole") and (entry := _every_role(grant)):
            hint = "name the roles, such as `arn:aws:iam::<Account>:role/<RoleNameWithPath>`"
            yield Occurrence(grant.span, f"{grant.text} allows assuming every role in {quote(entry.text)}", hint)


def _every_role(grant: Grant) -> ResourceEntry | None:
    resources = grant.statement.read.resources
    return None if resources.negated else next((each for each in resources.entries if reaches_every_role(each)), None)
