"""The condition part of a statement (sections 5.1 and 5.2 of the rules)."""

from iam2rego.ir.condition import Condition, ConditionValue, Operator, Qualifier
from iam2rego.native.case import fold
from iam2rego.native.operators import COMPARISONS, NEGATED
from iam2rego.native.readers import read_bool
from iam2rego.native.request import Context
from iam2rego.native.variables import UnresolvableError


def condition_holds(condition: Condition, context: Context) -> bool:
    """Say whether one (operator, key) pair is true; its key is looked up without regard to case (C2)."""
    actual = context.get(fold(condition.key))
    if condition.operator is Operator.NULL:
        return _null_holds(condition, missing=actual is None)
    match condition.qualifier:
        case Qualifier.FOR_ALL_VALUES:
            # Missing: true (C8), with IfExists too (C10).
            return all(_satisfies(condition, each, context) for each in _members(actual))
        case Qualifier.FOR_ANY_VALUE:
            # Missing: false, under negated operators and with IfExists too (C9, C10).
            return any(_satisfies(condition, each, context) for each in _members(actual))
        case None:
            return _plain_holds(condition, actual, context)


def _null_holds(condition: Condition, *, missing: bool) -> bool:
    if condition.qualifier is not None:
        return condition.qualifier is Qualifier.FOR_ALL_VALUES
    return any(read_bool(value.text) is missing for value in condition.values)


def _members(actual: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the request's values as a set operator sees them: a scalar is a set of one (C7)."""
    match actual:
        case None:
            return ()
        case str():
            return (actual,)
        case _:
            return actual


def _plain_holds(condition: Condition, actual: str | tuple[str, ...] | None, context: Context) -> bool:
    match actual:
        case None:
            return condition.if_exists or condition.operator in NEGATED  # C4
        case str():
            return _satisfies(condition, actual, context)
        case _:
            return False  # C6


def _satisfies(condition: Condition, actual: str, context: Context) -> bool:
    """Say whether one request value satisfies the operator against the policy's values (C3)."""
    answers = [_compare(condition.operator, actual, value, context) for value in condition.values]
    if condition.operator in NEGATED:
        # A comparison that could not be made (None) is not "not equal" (C15); without values there is none to make (C27).
        return all(answer is False for answer in answers)
    return any(answers)


def _compare(operator: Operator, actual: str, value: ConditionValue, context: Context) -> bool | None:
    try:
        return COMPARISONS[operator](actual, value, context)
    except UnresolvableError:
        return False  # V7
