"""IAM515: an action of another service in the policy of a resource."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ActionPattern
from iam2rego.ir.policy import Kind
from iam2rego.lint.attached import services_of
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM515",
    name="foreign-action",
    level=Level.WARNING,
    summary="The policy of a resource names an action of another service.",
    why=(
        "No request has this action on the resource. `--policy-type` or `--resource-type` says what the resource is "
        "or, if that says nothing, the ARNs in the policy do when all have one service."
    ),
    remedy="Remove the action, or write it into the policy of the other resource.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:Decrypt", '
        '"Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"}}'
    ),
    kind=Kind.RESOURCE,
    aws=("UNSUPPORTED_ACTION_IN_POLICY",),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the service of each action with that of the resource."""
    known = subject.catalogue
    wanted = services_of(subject)
    entries = (entry for statement in subject.statements for entry in statement.read.actions.entries)
    for entry in entries if wanted else ():
        if isinstance(entry, ActionPattern) and _is_foreign(entry.text.lower().partition(":")[0], wanted, known):
            named = " or ".join(map(quote, sorted(wanted)))
            yield Occurrence(entry.span, f"{quote(entry.text)} is not an action on a resource of {named}, which has this policy")


def _is_foreign(service: str, wanted: frozenset[str], known: Catalogue) -> bool:
    """Return whether a service has no resources with such ARNs; one that the catalogue lacks is left to IAM502."""
    if service not in known.services or service in wanted:
        return False
    return wanted.isdisjoint(each.service for each in known.formats_of(service))
