"""IAM810: a condition tests what callers say about themselves (C3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.conditions import tests_of
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM810",
    name="untrustworthy-key",
    level=Level.WARNING,
    summary="A condition tests `aws:UserAgent` or `aws:Referer`, which are headers that callers write as they like.",
    why="Whoever knows or guesses the value gets past the condition.",
    remedy="Test who the caller is or where the request comes from, for example with `aws:PrincipalOrgID` or `aws:SourceVpce`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:UserAgent": "my-app"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}}'
    ),
    kind=Kind.RESOURCE,
    aws=("UNTRUSTWORTHY_CONDITION_KEY",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for the global keys that hold headers of the request; AWS publishes no list of the keys that its check looks for."""
    for test in tests_of(subject, "aws:useragent", "aws:referer"):
        message = f"callers choose the value of {quote(test.condition.key)} themselves"
        yield Occurrence(test.key.name_span, message, "test who the caller is or where the request comes from")
