"""IAM906: an identity policy allows a sensitive action without MFA (C3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.access import Access, AccessLevel
from iam2rego.catalogue.risks import CREDENTIALS
from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.grants import Grant, grants, matching, summed
from iam2rego.lint.mfa import denied_without_mfa, needs_mfa
from iam2rego.lint.reach import Part, Reach
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM906",
    name="sensitive-without-mfa",
    level=Level.WARNING,
    summary="An identity policy allows a sensitive action to callers who did not use MFA.",
    why=(
        "A leaked access key alone is then enough for it. Found for actions that manage permissions, answer with credentials, "
        "delete, stop or terminate; on any resource. A condition on `aws:MultiFactorAuthPresent` or `aws:MultiFactorAuthAge` is "
        "enough, and so is a `Deny` without MFA in the same policy. Services and their roles never use MFA: for their policies, "
        "ignore this finding."
    ),
    remedy="Test `aws:MultiFactorAuthPresent`, or deny sensitive actions where it is not `true`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:TerminateInstances", "Resource": '
        '"arn:aws:ec2:us-east-1:111122223333:instance/i-*"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:TerminateInstances", "Resource": '
        '"arn:aws:ec2:us-east-1:111122223333:instance/i-*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
    default=False,
    practice="Enable MFA for sensitive operations",
)

_HINT: Final = 'add the condition `"Bool": {"aws:MultiFactorAuthPresent": "true"}`'
_HARMFUL: Final = ("Delete", "Stop", "Terminate")
"""What the names of actions begin with that AWS's page on MFA protects in its examples."""


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each entry for sensitive actions."""
    if not (known := subject.catalogue):
        return
    open_to_all = (grant for grant in grants(subject) if not needs_mfa(grant.statement.read))
    denied = denied_without_mfa(subject)
    for grant, actions in matching(open_to_all, known, _is_sensitive):
        left = [each for each in actions if not _is_denied(grant, each, denied)]
        if left:
            yield Occurrence(grant.span, f"{summed(grant, left)} is sensitive, and allowed without MFA", _HINT)


def _is_sensitive(action: Access) -> bool:
    name = action.name.partition(":")[2]
    return action.level is AccessLevel.PERMISSIONS or action.name in CREDENTIALS or name.startswith(_HARMFUL)


def _is_denied(grant: Grant, action: Access, denied: tuple[Reach, ...]) -> bool:
    resources, named = grant.statement.reach.resources, Part(False, (action.name.lower(),))
    return any(
        each.actions.reaches(named) and each.resources.reaches(resources) and not each.resources.excludes_by_value for each in denied
    )
