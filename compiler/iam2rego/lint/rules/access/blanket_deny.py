"""IAM843: a control policy denies everybody everything (E9, E12)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ActionPattern, AnyResource
from iam2rego.ir.policy import Effect, Kind, Statement
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import covers, spell_action
from iam2rego.lint.reach import ANYTHING
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM843",
    name="blanket-deny",
    level=Level.WARNING,
    summary=("A resource control policy denies everybody a whole service, or a service control policy everything, without condition."),
    why=(
        "Nobody in the accounts below can work any more, not even to correct it. A service control policy that denies some "
        "services is in order."
    ),
    remedy="Add a condition that says which requests to deny.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}',
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", '
        '"Condition": {"Bool": {"aws:SecureTransport": "false"}}}}'
    ),
    kind=Kind.RESOURCE_CONTROL,
    reference="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html",
)

_ALL: Final = ":*"


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each ``Deny`` on `*` without condition."""
    kind = subject.policy.kind
    for statement in (each.read for each in subject.statements) if kind in (Kind.RESOURCE_CONTROL, Kind.SERVICE_CONTROL) else ():
        for entry in statement.actions.entries if _is_blanket(statement) else ():
            if isinstance(entry, ActionPattern) and _is_all(entry, of_service=kind is Kind.RESOURCE_CONTROL):
                message = f"this denies everybody {quote(entry.text)} on every resource"
                yield Occurrence(entry.span, message, "add a condition that says which requests to deny")


def _is_blanket(statement: Statement) -> bool:
    actions, resources = statement.actions, statement.resources
    is_named = not actions.negated and not resources.negated and any(isinstance(each, AnyResource) for each in resources.entries)
    return statement.effect is Effect.DENY and not statement.conditions and is_named


def _is_all(entry: ActionPattern, *, of_service: bool) -> bool:
    return (of_service and entry.text.endswith(_ALL)) or covers(spell_action(entry.segments), ANYTHING)
