"""IAM204: an action that matches no request (A6)."""

import re
from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ActionPattern
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM204",
    name="unreachable-action",
    level=Level.WARNING,
    summary="An action has white space or no name, so no request has it (A6).",
    why="White space is not trimmed: the entry matches nothing.",
    remedy="Correct the action.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:", "Resource": "arn:aws:s3:::b/*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}}',
)

_SPACE: Final = re.compile(r"\s")


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the name of each action."""
    for statement in subject.statements:
        for entry in statement.read.actions.entries:
            if isinstance(entry, ActionPattern):
                yield from _of_entry(entry)


def _of_entry(entry: ActionPattern) -> Iterator[Occurrence]:
    if entry.text.endswith(":"):
        hint = f"did you mean {quote(entry.text + '*')}?"
        yield Occurrence(entry.span, f"{quote(entry.text)} names no action, so it matches nothing", hint)
    if _SPACE.search(entry.text):
        message = f"{quote(entry.text)} contains white space, so it matches nothing"
        yield Occurrence(entry.span, message, "no action has white space in its name")
