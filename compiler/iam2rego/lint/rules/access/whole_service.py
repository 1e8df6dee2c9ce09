"""IAM841: an identity policy allows every action of a service (E3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.access import AccessLevel
from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.grants import Grant, unrestricted
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM841",
    name="whole-service",
    level=Level.WARNING,
    summary="An identity policy allows every action of a service on every resource, without condition.",
    why=(
        "It allows what the service will be able to do next year, too. The hint names the levels of actions that the service "
        "has: mostly a task needs one of them."
    ),
    remedy="Name the actions that the task needs.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}}',
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    default=False,
    practice="Grant least privilege",
)

_ALL: Final = ":*"


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for entries such as `kms:*`."""
    for grant in unrestricted(subject):
        service = grant.entry.text.removesuffix(_ALL) if grant.entry and grant.entry.text.endswith(_ALL) else ""
        if service and "*" not in service and "?" not in service:
            yield Occurrence(grant.span, f"{grant.text} on `*` allows everything that the service can do", _hint(grant, subject.catalogue))


def _hint(grant: Grant, known: Catalogue) -> str:
    actions = list(grant.actions(known))
    counts = {level: sum(each.level is level for each in actions) for level in AccessLevel}
    levels = ", ".join(f"{count} {level.lower()}" for level, count in counts.items() if count)
    return f"name the actions that the task needs; by level, the service has {levels}" if levels else "name the actions that the task needs"
