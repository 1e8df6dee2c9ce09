"""IAM524: a condition on the tags of the resource beside `NotAction` (C25)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Effect
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.lint.unsupported_keys import is_resource_tag, spell_result, wants_the_key
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM524",
    name="tag-with-not-action",
    level=Level.WARNING,
    summary="A statement with `NotAction` tests tags of the resource, which requests for many actions never have (C25).",
    why=(
        "For actions on resources without tags the condition is never true, so a `Deny` does not deny them and an `Allow` does not allow "
        "them. With a negated operator it is always true. A notice for `Allow`. `Null` and `IfExists` are not checked."
    ),
    remedy="List the actions whose resources have tags in `Action`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "NotAction": "ec2:Describe*", '
        '"Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/status": "Confidential"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "ec2:TerminateInstances", '
        '"Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/status": "Confidential"}}}}'
    ),
    aws=("ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the statements with ``NotAction``."""
    for statement in subject.statements:
        effect = statement.read.effect
        for test in statement.tests if statement.read.actions.negated else ():
            if is_resource_tag(test.condition) and wants_the_key(test.condition):
                result = spell_result(test.condition)
                message = f"many actions lack the key {quote(test.condition.key)}, so for them the condition is {result}"
                aws = f"{effect.upper()}_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"
                level = Level.NOTICE if effect is Effect.ALLOW else None
                yield Occurrence(test.key.name_span, message, "list the actions whose resources have tags in `Action`", aws, level)
