"""Conditions on multi-factor authentication, and what a policy denies without it."""

from typing import Final

from iam2rego.ir.condition import Condition, Operator
from iam2rego.ir.policy import Effect, Statement
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.reach import Reach, reach
from iam2rego.lint.subject import Subject

PRESENT: Final = "aws:multifactorauthpresent"
"""Whether the caller used MFA: requests with long-term keys do not have it, and those of sessions do, with either value."""

AGE: Final = "aws:multifactorauthage"
"""How many seconds ago the caller used MFA: only requests after MFA have it."""

_YOUNGER: Final = frozenset({Operator.NUMERIC_LESS_THAN, Operator.NUMERIC_LESS_THAN_EQUALS})
_OLDER: Final = frozenset({Operator.NUMERIC_GREATER_THAN, Operator.NUMERIC_GREATER_THAN_EQUALS})


def is_test(condition: Condition, value: str) -> bool:
    """Say whether a condition tests that the caller used MFA, or not: `value` is ``true`` or ``false``."""
    written = {each.text.lower() for each in condition.values}
    return fold_key(condition.key) == PRESENT and condition.operator is Operator.BOOL and written == {value}


def needs_mfa(statement: Statement) -> bool:
    """Say whether a statement applies only to callers who used MFA."""
    return any(_is_true_with_mfa_only(each) for each in statement.conditions)


def _is_true_with_mfa_only(condition: Condition) -> bool:
    if fold_key(condition.key) == AGE:
        is_there = condition.operator is Operator.NULL and {each.text.lower() for each in condition.values} == {"false"}
        return is_there or (condition.operator in _YOUNGER and not condition.if_exists)
    return is_test(condition, "true") and not condition.if_exists


def denied_without_mfa(subject: Subject) -> tuple[Reach, ...]:
    """Return what the policy denies to all callers who did not use MFA."""
    denies = (each.read for each in subject.statements if each.read.effect is Effect.DENY)
    return tuple(reach(each) for each in denies if len(each.conditions) == 1 and _is_true_without_mfa(each.conditions[0]))


def _is_true_without_mfa(condition: Condition) -> bool:
    if fold_key(condition.key) == AGE:
        is_missing = condition.operator is Operator.NULL and {each.text.lower() for each in condition.values} == {"true"}
        return is_missing or (condition.operator in _OLDER and condition.if_exists)
    return is_test(condition, "false") and condition.if_exists
