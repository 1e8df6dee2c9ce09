"""IAM512: an ARN whose last field no resource of the service has."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from iam2rego.catalogue.services import Catalogue
from iam2rego.catalogue.unlisted import ENDED
from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.known_arns import KnownArn, known_arns
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM512",
    name="unknown-arn-resource",
    level=Level.WARNING,
    summary="No resource of the service has an ARN with such a last field.",
    why=(
        "The entry matches nothing, unless the resource is newer than the list that the message names. "
        "Wildcards, variables and placeholders may be anything."
    ),
    remedy="Correct the type of the resource, or the character after it: some services write `type/name`, others `type:name`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:GetUser", '
        '"Resource": "arn:aws:iam::111122223333:usr/ann"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:GetUser", '
        '"Resource": "arn:aws:iam::111122223333:user/ann"}}'
    ),
    aws=("INVALID_ARN_RESOURCE",),
    reference="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for the last field of each ARN among the resources of its service."""
    known = subject.catalogue
    for arn in known_arns(subject):
        if not arn.formats and arn.service not in ENDED:
            message = f"no resource of {quote(arn.service)} has an ARN like {quote(arn.entry.text)}"
            yield Occurrence(arn.entry.span, message, f"{_hint(arn, known)} ({known.source})")


def _hint(arn: KnownArn, known: Catalogue) -> str:
    name = arn.entry.text.split(":", 5)[-1]
    close = get_close_matches(name, sorted({each.name for each in known.formats_in(arn.service)}), n=1)
    return f"the closest that {quote(arn.service)} has is {quote(close[0])}" if close else "there is no similar resource"
