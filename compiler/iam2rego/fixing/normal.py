"""A normal form of conditions, so that two that are written differently can be seen to mean the same for every request."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from ipaddress import ip_network
from types import MappingProxyType
from typing import Final

from iam2rego.catalogue.global_keys import HOLDS, Holds
from iam2rego.ir.condition import Condition, ConditionValue, LiteralValue, Operator, Qualifier
from iam2rego.ir.pattern import AnyRun
from iam2rego.ir.policy import Statement
from iam2rego.lint.inclusion import fold_key
from iam2rego.syntax.literals import is_address, is_number

_LOOSEST: Final[Mapping[Operator, Callable[[Iterable[Decimal]], Decimal]]] = MappingProxyType(
    {
        Operator.NUMERIC_LESS_THAN: max,
        Operator.NUMERIC_LESS_THAN_EQUALS: max,
        Operator.NUMERIC_GREATER_THAN: min,
        Operator.NUMERIC_GREATER_THAN_EQUALS: min,
    }
)
_ADDRESSES: Final = (Operator.IP_ADDRESS, Operator.NOT_IP_ADDRESS)


def normal(statement: Statement) -> Statement:
    """Return the statement with its conditions in normal form, without those that are always true."""
    return statement.model_copy(update={"conditions": tuple(_normal(statement.conditions))})


def _normal(conditions: Iterable[Condition]) -> Iterator[Condition]:
    for each in conditions:
        if each.operator in (Operator.STRING_LIKE, Operator.STRING_NOT_LIKE) and any(map(_is_any, each.values)):
            yield from _of_any(each)
        elif loosest := _LOOSEST.get(each.operator):
            yield each.model_copy(update={"values": _bound(each.values, loosest)})
        elif each.operator in _ADDRESSES:
            yield each.model_copy(update={"values": tuple(map(_masked, each.values))})
        else:
            yield each


def _is_any(value: ConditionValue) -> bool:
    segments = value.segments if value.kind == "text" else ()
    return bool(segments) and all(isinstance(each, AnyRun) for each in segments)


def _of_any(condition: Condition) -> Iterator[Condition]:
    """Yield what a comparison with `*` tests of every request, also of one that gives a list or an empty string for the key.

    Most comparisons are nothing simpler. Without a set operator they are false for a list (C6). `ForAnyValue:` finds a value in a list
    of empty strings, which is a missing key for `Null` (C5). An empty string is one for `Null` only if the key is multivalued (C26).
    """
    is_multivalued = HOLDS.get(fold_key(condition.key)) is Holds.LIST
    if condition.qualifier is not Qualifier.FOR_ALL_VALUES:
        yield condition
    elif condition.operator is Operator.STRING_NOT_LIKE:
        yield _missing(condition.key) if is_multivalued else condition


def _missing(key: str) -> Condition:
    return Condition(operator=Operator.NULL, key=key, values=(LiteralValue(text="true"),))


def _bound(values: tuple[ConditionValue, ...], loosest: Callable[[Iterable[Decimal]], Decimal]) -> tuple[ConditionValue, ...]:
    """Return the loosest bound, the only one that counts; all values, if one is not a number."""
    if not values or not all(is_number(value.text) for value in values):
        return values
    return (LiteralValue(text=f"{loosest(Decimal(value.text) for value in values):f}"),)


def _masked(value: ConditionValue) -> ConditionValue:
    return LiteralValue(text=str(ip_network(value.text, strict=False))) if is_address(value.text) else value
