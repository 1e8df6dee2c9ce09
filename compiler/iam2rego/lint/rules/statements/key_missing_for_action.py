"""IAM521: a condition on a key that an action of the statement lacks (C25)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.service_keys import service_of, type_of
from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Condition
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.lint.unsupported_keys import is_true_without, never_had

FINDING: Final = Finding(
    code="IAM521",
    name="key-missing-for-action",
    level=Level.WARNING,
    summary="A condition tests a key of a service, or tags of the request, which requests for an action of the statement never have (C25).",
    why=(
        "For this action the condition is never true, so an `Allow` never allows it and a `Deny` never denies it. With a negated operator "
        "or `ForAllValues:` the condition is always true. Found for actions without wildcards; other global "
        "keys, `Null`, `IfExists` and tests of tags that a request without tags passes are not checked. The tables of AWS have holes. "
        "It is a notice where an `Allow` still allows the other actions that it names."
    ),
    remedy="Put the action in a statement of its own, or use `IfExists`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": ["iam:PassRole", "iam:GetRole"], '
        '"Resource": "arn:aws:iam::111122223333:role/app", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "iam:PassRole", '
        '"Resource": "arn:aws:iam::111122223333:role/app", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}}'
    ),
    aws=("UNSUPPORTED_ACTION_FOR_CONDITION_KEY",),
    reference="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the keys of services, and the tags of requests."""
    for each in never_had(subject, _is_of_actions):
        yield Occurrence(each.test.key.name_span, each.message, each.hint, level=Level.NOTICE if each.allows_the_rest else None)


def _is_of_actions(condition: Condition, known: Catalogue) -> bool:
    """Say whether the catalogue tells which actions have the key: a key of a service, or a tag of the request.

    A test of tags that a request without tags passes is meant so: it limits tags where they are given.
    """
    folded = fold_key(condition.key)
    if folded == "aws:tagkeys" or folded.startswith("aws:requesttag/"):
        return not is_true_without(condition)
    return bool(service_of(folded, known) and type_of(folded, known))
