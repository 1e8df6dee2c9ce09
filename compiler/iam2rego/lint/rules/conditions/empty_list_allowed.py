"""IAM331: an `Allow` with `ForAllValues` that an empty list meets (C8)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.service_keys import holds_list
from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Condition, Operator, Qualifier
from iam2rego.ir.policy import Effect
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM331",
    name="empty-list-allowed",
    level=Level.SECURITY,
    summary="An `Allow` tests a list with `ForAllValues:`, which is true if the list is missing or empty.",
    why=(
        "A request without tags meets each condition on `aws:TagKeys` with `ForAllValues:`. Found if no `Null` of the same key "
        "says that the key must be there."
    ),
    remedy="Add `Null` of the key with `false`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": '
        '{"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": '
        '{"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}, "Null": {"aws:TagKeys": "false"}}}}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    score=5.0,
    default=False,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for keys that hold lists: global ones, and those of services that the catalogue has."""
    for statement in subject.statements:
        if statement.read.effect is Effect.ALLOW:
            present = {fold_key(each.key) for each in statement.read.conditions if _demands(each)}
            for test in statement.tests:
                key = fold_key(test.condition.key)
                is_all = test.condition.qualifier is Qualifier.FOR_ALL_VALUES
                if is_all and key not in present and holds_list(key, subject.catalogue):
                    message = f"this is true for every request without {quote(test.condition.key)}"
                    hint = f'add `"Null": {{"{test.condition.key}": "false"}}`'
                    yield Occurrence(test.operator.name_span, message, hint)


def _demands(condition: Condition) -> bool:
    return condition.operator is Operator.NULL and {each.text.lower() for each in condition.values} == {"false"}
