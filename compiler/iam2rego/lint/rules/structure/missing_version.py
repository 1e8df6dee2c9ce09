"""IAM114: a policy without ``Version`` (G3, G20)."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.edits import versioned
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Edit, Fix, Safety
from iam2rego.lint.subject import Subject
from iam2rego.source import Span

FINDING: Final = Finding(
    code="IAM114",
    name="missing-version",
    level=Level.WARNING,
    summary="The policy has no `Version`, so it has the meaning of 2008, in which variables are text (G3).",
    why="AWS recommends a `Version` in every policy, although some of its own examples lack it (G20).",
    remedy='Add `"Version": "2012-10-17"`. If the policy holds `${`, that then opens a variable.',
    bad='{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
    aws=("MISSING_VERSION",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html",
    fix=Safety.SAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for the member; an unknown version is an error."""
    if subject.member("Version") is None:
        message = "the policy has no `Version`, and without one variables are text"
        yield Occurrence(subject.node.span, message, 'add `"Version": "2012-10-17"`', fix=partial(_fix, subject))


def _fix(subject: Subject) -> Fix | None:
    """Put the member before the others."""
    if not subject.node.members:
        return None
    first, start = subject.node.members[0].name_span, subject.node.span
    gap = subject.source.cut(Span(start.line, start.column + 1, first.line, first.column)) or " "
    edit = Edit(Span(first.line, first.column, first.line, first.column), f'"Version": "2012-10-17",{gap}')
    return versioned(subject, "add the `Version`", edit)
