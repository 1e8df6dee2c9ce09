"""Determines whether two conditions on one key exclude each other."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from iam2rego.ir.condition import Condition, Operator, TextValue
from iam2rego.lint.conditions import plain_texts
from iam2rego.lint.inclusion import Symbols, covers, spell

_TEXTS: Final = frozenset(each for each in Operator if each.startswith("String"))
_NEGATED: Final = "Not"
_IGNORES_CASE: Final = "IgnoreCase"


def exclude_each_other(one: Condition, other: Condition) -> bool:
    """Say whether no value of the key, and not its lack either, makes both true; False also if this cannot tell."""
    if not (_needs_key(one) or _needs_key(other)):
        return False
    if Operator.NULL in (one.operator, other.operator):
        return _wants_no_key(one) or _wants_no_key(other)
    return _by_values(one, other) or _by_values(other, one) or _by_bounds(one, other)


def _needs_key(condition: Condition) -> bool:
    """Say whether a condition is false if the key is missing."""
    return condition.operator is not Operator.NULL and _NEGATED not in condition.operator and not condition.if_exists


def _wants_no_key(condition: Condition) -> bool:
    return condition.operator is Operator.NULL and {each.text.lower() for each in condition.values} == {"true"}


def _by_values(one: Condition, other: Condition) -> bool:
    """Try each value that makes the first condition true, if there are only some."""
    if one.operator is Operator.BOOL and other.operator is Operator.BOOL:
        return {each.text.lower() for each in one.values}.isdisjoint(each.text.lower() for each in other.values)
    texts = [each.text for each in plain_texts(one)]
    if one.operator is not Operator.STRING_EQUALS or other.operator not in _TEXTS or len(texts) < len(one.values):
        return False
    patterns = [each.segments for each in other.values if isinstance(each, TextValue)]
    if any("${" in each.text for each in other.values):
        return False
    folded = _IGNORES_CASE in other.operator
    spelled = [_fold(spell(each)) if folded else spell(each) for each in patterns]
    return not any(_holds(spelled, _fold(tuple(each)) if folded else tuple(each), negated=_NEGATED in other.operator) for each in texts)


def _fold(symbols: Symbols) -> Symbols:
    return tuple(each.lower() if isinstance(each, str) else each for each in symbols)


def _holds(patterns: list[Symbols], text: Symbols, *, negated: bool) -> bool:
    return any(covers(each, text) for each in patterns) is not negated


@dataclass(frozen=True, slots=True)
class _Range:
    """The numbers that a condition lets pass; each end is open or belongs to it."""

    low: Decimal = Decimal("-Infinity")
    high: Decimal = Decimal("Infinity")
    is_open: bool = False


def _by_bounds(one: Condition, other: Condition) -> bool:
    ranges = [_range(one), _range(other)]
    if not ranges[0] or not ranges[1] or one.operator[:4] != other.operator[:4]:
        return False
    low, high = max(each.low for each in ranges if each), min(each.high for each in ranges if each)
    return low > high or (low == high and any(each.is_open and low in (each.low, each.high) for each in ranges if each))


def _range(condition: Condition) -> _Range | None:
    """Return what a Numeric or Date condition lets pass: of several bounds, the loosest counts."""
    read = _READ.get(condition.operator[:4])
    numbers = [number for each in condition.values if read and (number := read(each.text)) is not None]
    if not read or not numbers or len(numbers) < len(condition.values):
        return None
    is_open = not condition.operator.endswith("Equals")
    if "LessThan" in condition.operator:
        return _Range(high=max(numbers), is_open=is_open)
    if "GreaterThan" in condition.operator:
        return _Range(low=min(numbers), is_open=is_open)
    return None if _NEGATED in condition.operator else _Range(min(numbers), max(numbers))


def _number(text: str) -> Decimal | None:
    with suppress(InvalidOperation):
        return Decimal(text)
    return None


def seconds(text: str) -> Decimal | None:
    """Return a date as seconds since 1970; None if it is of an unusual form."""
    if text.isdigit():
        return Decimal(text)
    with suppress(ValueError):
        date = datetime.fromisoformat(text)
        return Decimal((date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp())
    return None


_READ: Final[Mapping[str, Callable[[str], Decimal | None]]] = {"Nume": _number, "Date": seconds}
"""How values are read, by the first letters of the operator."""
