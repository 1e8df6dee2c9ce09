"""IAM116: a policy in the language of 2008 (G3)."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.edits import versioned
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Edit, Safety
from iam2rego.lint.subject import Subject
from iam2rego.syntax.tree import JsonString

_OLD: Final = "2008-10-17"

FINDING: Final = Finding(
    code="IAM116",
    name="old-version",
    level=Level.NOTICE,
    summary="The `Version` is that of 2008, in which variables are text (G3).",
    why="AWS still writes it into default policies of resources, and a variable that somebody adds later would match nothing.",
    remedy='Write `"Version": "2012-10-17"`. If the policy holds `${`, that then opens a variable.',
    bad='{"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html",
    fix=Safety.SAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the member."""
    member = subject.member("Version")
    if member and isinstance(member.value, JsonString) and member.value.value == _OLD:
        fix = partial(versioned, subject, "raise the `Version`", Edit(member.value.span, '"2012-10-17"'))
        message = "the `Version` is of 2008, so variables are text"
        yield Occurrence(member.value.span, message, 'write `"2012-10-17"`', fix=fix)
