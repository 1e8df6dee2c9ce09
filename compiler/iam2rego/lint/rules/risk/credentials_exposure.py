"""IAM904: an identity policy allows getting credentials of everybody."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.risks import CREDENTIALS
from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.grants import first_of, unrestricted
from iam2rego.lint.narrower import narrower_of
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM904",
    name="credentials-exposure",
    level=Level.SECURITY,
    summary=("An identity policy allows on every resource, without condition, an action whose answer holds a password, a key or a token."),
    why=(
        "Credentials outlive the request and work from anywhere. The list of actions is in `catalogue/risks.py`. Some of them "
        "work on no resource, such as `ecr:GetAuthorizationToken`: there, only a condition limits who gets a token."
    ),
    remedy="Name the resources, or test where the request comes from or whether the caller used MFA.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecr:DescribeRepositories", "Resource": "*"}}',
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    score=8.0,
    default=False,
    practice="Grant least privilege",
)

_CONDITION: Final = "test where the request comes from, for example with `aws:SourceVpce`"


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each entry for actions that answer with credentials."""
    for grant in unrestricted(subject):
        named = [action for action in sorted(CREDENTIALS) if grant.allows(action.lower())]
        if named:
            message = f"the answer of {first_of(named)} holds credentials, for every resource and without condition"
            yield Occurrence(grant.span, message, narrower_of(named[0], subject.catalogue) or _CONDITION)
