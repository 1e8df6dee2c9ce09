"""IAM226: a resource control policy denies an action of a service that such policies do not govern (E12)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.resource_control import AS_OF, GOVERNED
from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ActionEntry, ActionPattern
from iam2rego.ir.policy import Effect, Kind, Statement
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM226",
    name="ungoverned-action",
    level=Level.WARNING,
    summary="A resource control policy denies an action of a service that such policies do not govern (E12).",
    why=(
        "Resource control policies govern the resources of some services only. The service of this action is not on AWS's list, whose date "
        "the message names, so AWS denies nothing. The engines deny it anyway, which is the safer choice because the list grows."
    ),
    remedy="Deny the action in a service control policy, or in the policy of the resource.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "ec2:*", "Resource": "*"}}',
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", '
        '"Condition": {"Bool": {"aws:SecureTransport": "false"}}}}'
    ),
    kind=Kind.RESOURCE_CONTROL,
    aws=("RCP_SYNTAX_ERROR_ACTION",),
    reference="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html",
)

_HINT: Final = "iam2rego denies it anyway; to make AWS deny it, use a service control policy or the resource's own policy"


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for actions of services that are written without wildcards and are not on AWS's list."""
    if subject.policy.kind is Kind.RESOURCE_CONTROL:
        for statement in subject.statements:
            yield from _of_statement(statement.read)


def _of_statement(statement: Statement) -> Iterator[Occurrence]:
    if statement.effect is Effect.ALLOW or statement.actions.negated:
        return
    for entry in statement.actions.entries:
        if service := _ungoverned(entry):
            message = f"resource control policies do not govern `{service}`, by AWS's list of {AS_OF}: AWS will not deny `{entry.text}`"
            yield Occurrence(entry.span, message, _HINT)


def _ungoverned(entry: ActionEntry) -> str:
    """Return the service of an entry that matches no governed action; empty for all others."""
    service, colon, _ = entry.text.lower().partition(":")
    judged = isinstance(entry, ActionPattern) and colon and not {"*", "?"} & set(service)
    return service if judged and service not in GOVERNED else ""
