"""The condition part of a statement (docs/semantics.md, "Conditions").

A condition takes time proportional to the length of the request's values times the number of pieces of the policy's values;
under `EQUALITIES`, proportional to the length of both together.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from iam2rego.ir.condition import Condition, ConditionValue, Operator, Qualifier, TextValue
from iam2rego.native.case import fold
from iam2rego.native.operators import COMPARISONS, EQUALITIES, NEGATED
from iam2rego.native.readers import read_bool
from iam2rego.native.request import Context, ContextValue
from iam2rego.native.variables import UnresolvableError, text_of

_Test: TypeAlias = Callable[[str], bool]
"""Says whether one request value satisfies a condition."""

_MULTIVALUED: Final = frozenset(
    map(
        fold,
        (
            "aws:CalledVia",
            "aws:PrincipalOrgPaths",
            "aws:PrincipalServiceNamesList",
            "aws:ResourceOrgPaths",
            "aws:SourceOrgPaths",
            "aws:TagKeys",
            "aws:VpceOrgPaths",
        ),
    )
)
"""The global keys that hold lists (C26)."""


def condition_holds(condition: Condition, context: Context) -> bool:
    """Say whether one (operator, key) pair is true; its key is looked up without regard to case (C2)."""
    actual = context.get(fold(condition.key))
    if condition.operator is Operator.NULL:
        return _null_holds(condition, missing=_is_missing(condition.key, actual))
    match condition.qualifier:
        case Qualifier.FOR_ALL_VALUES:
            # Missing: true (C8), with IfExists too (C10); so is a null dataset, which holds nothing but empty strings (C5).
            return not any(_members(actual)) or all(map(_test(condition, context), _members(actual)))
        case Qualifier.FOR_ANY_VALUE:
            # Missing: false, under negated operators and with IfExists too (C9, C10).
            return any(map(_test(condition, context), _members(actual)))
        case None:
            return _plain_holds(condition, actual, context)


def _null_holds(condition: Condition, *, missing: bool) -> bool:
    if condition.qualifier is not None:
        return condition.qualifier is Qualifier.FOR_ALL_VALUES
    return any(read_bool(value.text) is missing for value in condition.values)


def _is_missing(key: str, actual: ContextValue | None) -> bool:
    """Say whether the key is missing for ``Null``: it is absent, or holds a null dataset (C5)."""
    if isinstance(actual, str) and fold(key) not in _MULTIVALUED:
        return False  # a tag without a value, say
    return not any(_members(actual))


def _members(actual: ContextValue | None) -> tuple[str, ...]:
    """Return the request's values as a set operator sees them: a scalar is a set of one (C7)."""
    match actual:
        case None:
            return ()
        case str():
            return (actual,)
        case _:
            return actual


def _plain_holds(condition: Condition, actual: ContextValue | None, context: Context) -> bool:
    match actual:
        case None:
            return condition.if_exists or condition.operator in NEGATED  # C4
        case str():
            return _test(condition, context)(actual)
        case _:
            return False  # C6


def _test(condition: Condition, context: Context) -> _Test:
    """Return the test of one request value against all of the policy's values (C3)."""
    if condition.operator in EQUALITIES:
        return _equality_test(condition, context)
    return lambda actual: _satisfies(condition, actual, context)


def _equality_test(condition: Condition, context: Context) -> _Test:
    """Return a test that looks the request value up in a set of the policy's values, of which there may be many (C12)."""
    form, negated = EQUALITIES[condition.operator], condition.operator in NEGATED
    wanted = {form(text) for value in condition.values if (text := _text(value, context)) is not None}
    return lambda actual: (form(actual) in wanted) is not negated


def _text(value: ConditionValue, context: Context) -> str | None:
    """Return the text of a policy value; None if a variable in it has no value, so that it equals nothing (V7)."""
    assert isinstance(value, TextValue), "the front end gives String operators texts"
    try:
        return text_of(value.segments, context)
    except UnresolvableError:
        return None


def _satisfies(condition: Condition, actual: str, context: Context) -> bool:
    """Say whether one request value satisfies the operator against the policy's values (C3)."""
    answers = (_compare(condition.operator, actual, value, context) for value in condition.values)
    if condition.operator in NEGATED:
        # A comparison that is impossible (None) does not count as "not equal" (C15); without policy values nothing matches (C27).
        return all(answer is False for answer in answers)
    return any(answers)


def _compare(operator: Operator, actual: str, value: ConditionValue, context: Context) -> bool | None:
    try:
        return COMPARISONS[operator](actual, value, context)
    except UnresolvableError:
        return False  # V7
