"""IAM907: an identity policy allows actions on `*` that always work on a resource."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.access import Access
from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import AnyResource
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.grants import matching, unrestricted
from iam2rego.lint.narrower import narrower
from iam2rego.lint.subject import Subject, Written
from iam2rego.source import Span
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM907",
    name="narrower-resource",
    level=Level.NOTICE,
    summary="An identity policy allows on `*`, without condition, actions that work on resources that it could name.",
    why=(
        "AWS advises to grant only the permissions that a task needs. Found for actions whose requests always name a resource. "
        "Actions that work on no resource need `*`, and belong in a statement of their own."
    ),
    remedy="Name the resources, and move the actions without resources to a statement of their own.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:ListTables", "Resource": "*"}}',
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    default=False,
    practice="Grant least privilege",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each statement with `*`."""
    if not (known := subject.catalogue):
        return
    found: dict[int, tuple[Written, list[Access]]] = {}
    for grant, actions in matching(unrestricted(subject), known, lambda action: action.needs_resource):
        found.setdefault(grant.statement.index, (grant.statement, []))[1].extend(actions)
    for statement, actions in found.values():
        message = f"`*` can be narrower: {_named(actions)} on resources that `Resource` can name"
        yield Occurrence(_star(statement), message, narrower(actions, known))


def _named(actions: list[Access]) -> str:
    first, others = quote(actions[0].name), len(actions) - 1
    return (
        f"{first} and {others} more actions work"
        if others > 1
        else f"{first} and {quote(actions[1].name)} work"
        if others
        else f"{first} works"
    )


def _star(statement: Written) -> Span | None:
    return next(each.span for each in statement.read.resources.entries if isinstance(each, AnyResource))
