"""IAM525: a key that describes the owner of a VPC endpoint, for services whose requests lack it (C25)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.endpoint_keys import WITH_KEY
from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Tested, Written
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM525",
    name="endpoint-key-beyond-services",
    level=Level.WARNING,
    summary="A statement tests the owner of the VPC endpoint for services whose requests lack that key (C25).",
    why=(
        "Only some services have `aws:VpceAccount`, `aws:VpceOrgID` and `aws:VpceOrgPaths`. Where the key is missing, a `Deny` with a "
        "negated operator or `IfExists` denies every request, also those through your own endpoints."
    ),
    remedy="List the actions of the services that have the key in `Action`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", '
        '"Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:VpceOrgID": "o-a1b2c3d4e5"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": ["s3:*", "kms:*"], '
        '"Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:VpceOrgID": "o-a1b2c3d4e5"}}}}'
    ),
    aws=("USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the services of the actions, once for each key."""
    for statement in subject.statements:
        first: dict[str, Tested] = {}
        for test in statement.tests:
            first.setdefault(fold_key(test.condition.key), test)
        for key, test in first.items():
            if key in WITH_KEY and (beyond := _beyond(statement, WITH_KEY[key])):
                message = f"only some services have the key {quote(test.condition.key)}, and {beyond}"
                yield Occurrence(test.key.name_span, message, "list the actions of these services only; the IAM User Guide names them")


def _beyond(statement: Written, services: frozenset[str]) -> str | None:
    """Say which entry means other services too."""
    if statement.read.actions.negated:
        return "`NotAction` means others too"
    entries = (each.text for each in statement.read.actions.entries)
    found = next((each for each in entries if each.lower().partition(":")[0] not in services), None)
    return f"{quote(found)} means others too" if found else None
