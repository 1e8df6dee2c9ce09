"""IAM329: a test of MFA that requests without MFA pass (C3, C11)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Condition, Operator
from iam2rego.ir.policy import Effect
from iam2rego.lint.edits import under
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, unsafe
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.mfa import AGE, PRESENT, is_test
from iam2rego.lint.subject import Subject, Written

FINDING: Final = Finding(
    code="IAM329",
    name="mfa-bypassed",
    level=Level.SECURITY,
    summary="A condition on `aws:MultiFactorAuthPresent` lets requests without MFA pass.",
    why=(
        "Requests with long-term access keys do not have the key; those of sessions have it with `true` or `false`. So a `Deny` "
        "with `Bool` and `false` does not hit access keys, an `Allow` with `BoolIfExists` and `true` lets them in, and `Null` "
        "lets in each session."
    ),
    remedy="Use `Bool` with `true` in an `Allow`, and `BoolIfExists` with `false` in a `Deny`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "iam:*", "Resource": "*", "Condition": {"Bool": '
        '{"aws:MultiFactorAuthPresent": "false"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "iam:*", "Resource": "*", "Condition": '
        '{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
    score=7.0,
    practice="Enable MFA for sensitive operations",
    fix=Safety.UNSAFE,
)

_IN_DENY: Final = 'write `"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}`'
_IN_ALLOW: Final = 'write `"Bool": {"aws:MultiFactorAuthPresent": "true"}`'


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the conditions of each statement; two `Deny` for missing and for false keys complete each other."""
    denied = [test.condition for statement in subject.statements if statement.read.effect is Effect.DENY for test in statement.tests]
    is_complete = any(_is_strictly_false(each) for each in denied) and any(_is_null(each, "true") for each in denied)
    for statement in subject.statements:
        is_deny = statement.read.effect is Effect.DENY
        if not (is_deny and is_complete):
            yield from _of_deny(subject, statement) if is_deny else _of_allow(subject, statement)


def _of_deny(subject: Subject, statement: Written) -> Iterator[Occurrence]:
    for test in statement.tests:
        if _is_strictly_false(test.condition):
            message = "this denies nothing to long-term access keys, whose requests lack the key"
            fix = unsafe("use `BoolIfExists`", under, subject.source, statement, test, "BoolIfExists")
            yield Occurrence(test.operator.name_span, message, _IN_DENY, fix=fix)
        elif _is_null(test.condition, "true") and not _is_tested(statement):
            yield Occurrence(test.operator.name_span, "this denies nothing to sessions without MFA, which have the key, too", _IN_DENY)


def _of_allow(subject: Subject, statement: Written) -> Iterator[Occurrence]:
    for test in statement.tests:
        if is_test(test.condition, "true") and test.condition.if_exists:
            message = "this allows requests with long-term access keys, which lack the key"
            fix = unsafe("use `Bool`", under, subject.source, statement, test, "Bool")
            yield Occurrence(test.operator.name_span, message, _IN_ALLOW, fix=fix)
        elif _is_null(test.condition, "false") and not _is_tested(statement):
            yield Occurrence(test.operator.name_span, "this allows sessions without MFA, which have the key, too", _IN_ALLOW)


def _is_strictly_false(condition: Condition) -> bool:
    return is_test(condition, "false") and not condition.if_exists


def _is_null(condition: Condition, value: str) -> bool:
    is_null = condition.operator is Operator.NULL and fold_key(condition.key) == PRESENT
    return is_null and {each.text.lower() for each in condition.values} == {value}


def _is_tested(statement: Written) -> bool:
    """Say whether another condition of the statement looks at the value, or at the age."""
    others = (each for each in statement.read.conditions if each.operator is not Operator.NULL)
    return any(fold_key(each.key) in (PRESENT, AGE) for each in others)
