"""IAM522: a condition key without the one action whose requests have it."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.reach import names_action
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM522",
    name="missing-action-for-key",
    level=Level.WARNING,
    summary="A condition tests a key of `iam:PassRole` or `iam:CreateServiceLinkedRole`, and the statement lacks that action.",
    why=(
        "Only requests for `iam:PassRole` have `iam:PassedToService` and `iam:AssociatedResourceArn`, and only those for "
        "`iam:CreateServiceLinkedRole` have `iam:AWSServiceName`. For every other action the key is missing."
    ),
    remedy="Add the action, or remove the condition.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:GetRole", '
        '"Resource": "arn:aws:iam::111122223333:role/app", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", '
        '"Resource": "arn:aws:iam::111122223333:role/app", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}}'
    ),
    aws=("MISSING_ACTION_FOR_CONDITION_KEY",),
    reference="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html",
)

_ACTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "iam:passedtoservice": "iam:PassRole",
        "iam:associatedresourcearn": "iam:PassRole",
        "iam:awsservicename": "iam:CreateServiceLinkedRole",
    }
)
"""The action of each key, by the folded key (C2)."""


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the keys that have one action."""
    for statement in subject.statements:
        for test in statement.tests:
            action = _ACTIONS.get(fold_key(test.condition.key))
            if action and not names_action(statement.read.actions, action):
                message = f"only requests for `{action}` have the key {quote(test.condition.key)}, and this statement lacks that action"
                yield Occurrence(test.key.name_span, message, f"add `{action}`, or remove the condition")
