"""IAM226: a resource control policy denies an action of a service that such policies do not govern (E12)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.resource_control import AS_OF, GOVERNED
from iam2rego.diagnostics import Code, Diagnostic, Severity
from iam2rego.ir.pattern import ActionEntry, ActionPattern
from iam2rego.ir.policy import Effect, Policy, PolicyType
from iam2rego.source import Source

_HINT: Final = "here it is denied all the same; deny it in a service control policy or in the resource's own policy, to have AWS deny it"


def ungoverned_actions(policy: Policy, source: Source) -> Iterator[Diagnostic]:
    """Look for actions whose service is spelled out and not on AWS's list."""
    if policy.type is not PolicyType.RESOURCE_CONTROL:
        return
    for statement in policy.document.statements:
        if statement.effect is Effect.DENY and not statement.actions.negated:
            for entry in statement.actions.entries:
                if service := _ungoverned(entry):
                    message = (
                        f"resource control policies do not govern `{service}`, by AWS's list of {AS_OF}: AWS will not deny `{entry.text}`"
                    )
                    yield Diagnostic(Code.UNGOVERNED_ACTION, message, source, entry.span, _HINT, Severity.WARNING)


def _ungoverned(entry: ActionEntry) -> str:
    """Return the service of an entry that matches nothing which is governed; empty for all others."""
    service, colon, _ = entry.text.lower().partition(":")
    judged = isinstance(entry, ActionPattern) and colon and not {"*", "?"} & set(service)
    return service if judged and service not in GOVERNED else ""
