"""IAM901: an identity policy lets its holder gain more rights (E3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.risks import PASS_ROLE, WAYS
from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.grants import Grant, unrestricted
from iam2rego.lint.narrower import narrower_of
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM901",
    name="privilege-escalation",
    level=Level.SECURITY,
    summary="An identity policy allows, on every resource and without condition, all actions of a published way to more rights.",
    why=(
        "Whoever can attach a policy to any role, or start code with any role, has in effect the rights of the strongest role of "
        "the account. Found if the policy allows all actions of one of the published ways. The list is in `catalogue/risks.py`, "
        "with its sources. Statements with a condition, and actions that a `Deny` takes back, do not count."
    ),
    remedy="Name the users, roles or policies in `Resource`. For `iam:PassRole`, also test `iam:PassedToService`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["iam:PassRole", "lambda:CreateFunction", '
        '"lambda:InvokeFunction"], "Resource": "*"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["lambda:CreateFunction", '
        '"lambda:InvokeFunction"], "Resource": "*"}}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    score=8.0,
    default=False,
    practice="Grant least privilege",
)

_BOUNDARY: Final = "; or test `iam:PermissionsBoundary`"


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for the ways, and report those that begin with the same entry together."""
    grants = list(unrestricted(subject))
    ways: dict[int, list[tuple[str, ...]]] = {}
    for way in WAYS if grants else ():
        by = [_first(grants, action.lower()) for action in way]
        if (begins := by[0]) is not None and None not in by:
            ways.setdefault(begins, []).append(way)
    for place, found in ways.items():
        yield Occurrence(grants[place].span, _message(grants[place], found), _hint(subject, found[0][0]))


def _first(grants: list[Grant], action: str) -> int | None:
    return next((place for place, grant in enumerate(grants) if grant.allows(action)), None)


def _message(grant: Grant, ways: list[tuple[str, ...]]) -> str:
    more = f", one of {len(ways)} that begin with {grant.text}" if len(ways) > 1 else ""
    verb = "gives" if len(ways[0]) == 1 else "together give"
    return f"{' and '.join(map(quote, ways[0]))} on every resource {verb} a way to more rights{more}"


def _hint(subject: Subject, action: str) -> str:
    if action == PASS_ROLE:
        return "name the roles: `arn:aws:iam::<Account>:role/<RoleNameWithPath>`; and test `iam:PassedToService`"
    return narrower_of(action, subject.catalogue) or "name the resources instead of `*`"
