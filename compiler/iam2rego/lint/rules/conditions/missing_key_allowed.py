"""IAM330: an `Allow` whose conditions are true where their keys are missing (C11)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Condition
from iam2rego.ir.policy import Effect
from iam2rego.lint.conditions import spell_operator
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.reach import is_positive
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM330",
    name="missing-key-allowed",
    level=Level.SECURITY,
    summary="All conditions of an `Allow` are of the form `…IfExists`, and their keys may be missing.",
    why=(
        "With `IfExists` a condition is true if the request lacks the key. A request from outside any VPC has no "
        "`aws:SourceVpce`, and a caller without organization has no `aws:PrincipalOrgID`: they are all allowed. Found for keys "
        "of the network, the organization, the source and the age of MFA."
    ),
    remedy="Leave out `IfExists`, or add a condition that every request must meet.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket/*", "Condition": {"StringEqualsIfExists": {"aws:SourceVpce": "vpce-11223344"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket/*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-11223344"}}}}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    score=6.0,
    default=False,
)

_MAY_LACK: Final = frozenset(
    {
        "aws:multifactorauthage",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourcevpc",
        "aws:sourcevpcarn",
        "aws:sourcevpce",
        "aws:vpceaccount",
        "aws:vpceorgid",
        "aws:vpceorgpaths",
        "aws:vpcsourceip",
    }
)
"""The keys that restrict access and that some requests lack."""


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for statements without a condition that every request must meet."""
    for statement in subject.statements:
        read = statement.read
        if read.effect is Effect.ALLOW and read.conditions and all(map(_is_open, read.conditions)):
            test = statement.tests[0]
            message = f"{spell_operator(test.condition)} allows every request without {quote(test.condition.key)}"
            yield Occurrence(test.operator.name_span, message, "leave out `IfExists`")


def _is_open(condition: Condition) -> bool:
    return condition.if_exists and is_positive(condition.operator) and fold_key(condition.key) in _MAY_LACK
