"""IAM523: a condition on the tags of the resource, for an action whose requests never have them (C25)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.lint.unsupported_keys import is_resource_tag, never_had

FINDING: Final = Finding(
    code="IAM523",
    name="tag-missing-for-action",
    level=Level.WARNING,
    summary="A condition tests tags of the resource, which requests for an action of the statement never have (C25).",
    why=(
        "For this action the condition is never true, so an `Allow` never allows it and a `Deny` never denies it. With a negated operator "
        "or `ForAllValues:` the condition is always true. Found for actions without wildcards; `Null` and "
        "`IfExists` are not checked. It is a notice where an `Allow` still allows the other actions that it names."
    ),
    remedy="Put the action in a statement of its own, without the tags.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": ["iam:DeleteGroup", "ec2:TerminateInstances"], '
        '"Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/status": "Confidential"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "ec2:TerminateInstances", '
        '"Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/status": "Confidential"}}}}'
    ),
    aws=("ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"),
    reference="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the tags of resources."""
    for each in never_had(subject, lambda condition, _: is_resource_tag(condition)):
        aws = f"{each.effect.upper()}_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"
        yield Occurrence(each.test.key.name_span, each.message, each.hint, aws, Level.NOTICE if each.allows_the_rest else None)
