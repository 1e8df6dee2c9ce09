"""The condition operators (C12 to C22): how each compares one request value with one policy value.

A comparison takes time proportional to the length of the request's value, times the number of pieces if the policy's is a pattern.
A negated operator compares like its positive twin; `conditions` negates the answer (C3).
"""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar

from iam2rego.ir.condition import ArnValue, ConditionValue, Operator, TextValue
from iam2rego.ir.pattern import Text
from iam2rego.native.case import fold
from iam2rego.native.readers import read_address, read_arn, read_bool, read_bytes, read_instant, read_network, read_number
from iam2rego.native.request import Context
from iam2rego.native.variables import pieces
from iam2rego.native.wildcards import matches

Comparison: TypeAlias = Callable[[str, ConditionValue, Context], bool | None]
"""Says whether a request value matches a policy value; None if either is not of the operator's type (C15).

Raises `UnresolvableError` when the policy value holds a variable that has no value (V7).
"""

_Actual = TypeVar("_Actual")
_Wanted = TypeVar("_Wanted")


def _like(text: str, value: ConditionValue, context: Context) -> bool:
    """Say whether the pattern matches all of the text (C13)."""
    assert isinstance(value, TextValue), "the front end gives String operators texts"
    return matches(pieces(value.segments, context), text)


def _arn(text: str, value: ConditionValue, context: Context) -> bool | None:
    """Compare ARNs field by field (C22)."""
    assert isinstance(value, ArnValue), "the front end gives Arn operators ARNs"
    actual = read_arn(text)
    if actual is None or len(value.fields) != len(actual) or value.fields[0] != (Text(text="arn"),):
        return None
    # V9 needs no rule here: fields 2 to 5 of the request's ARN hold no colon, so a variable's value with one cannot match there.
    return all(matches(pieces(wanted, context), field) for wanted, field in zip(value.fields, actual, strict=True))


def _typed(
    read_actual: Callable[[str], _Actual | None],
    read_wanted: Callable[[str], _Wanted | None],
    holds: Callable[[_Actual, _Wanted], bool],
) -> Comparison:
    """Compare values read as some type, the request's with the policy's (C17)."""

    def compare(text: str, value: ConditionValue, _: Context) -> bool | None:
        actual, wanted = read_actual(text), read_wanted(value.text)
        return None if actual is None or wanted is None else holds(actual, wanted)

    return compare


def _number(holds: Callable[[Decimal, Decimal], bool]) -> Comparison:
    return _typed(read_number, read_number, holds)


def _instant(holds: Callable[[int, int], bool]) -> Comparison:
    return _typed(read_instant, read_instant, holds)


def _address(text: str, value: ConditionValue, _: Context) -> bool | None:
    """Say whether the address is in the range; the version of both must be the same (C21)."""
    address, network = read_address(text), read_network(value.text)
    return None if address is None or network is None else address in network


COMPARISONS: Final[Mapping[Operator, Comparison]] = MappingProxyType(
    {
        Operator.STRING_LIKE: _like,
        Operator.STRING_NOT_LIKE: _like,
        Operator.NUMERIC_EQUALS: _number(operator.eq),
        Operator.NUMERIC_NOT_EQUALS: _number(operator.eq),
        Operator.NUMERIC_LESS_THAN: _number(operator.lt),
        Operator.NUMERIC_LESS_THAN_EQUALS: _number(operator.le),
        Operator.NUMERIC_GREATER_THAN: _number(operator.gt),
        Operator.NUMERIC_GREATER_THAN_EQUALS: _number(operator.ge),
        Operator.DATE_EQUALS: _instant(operator.eq),
        Operator.DATE_NOT_EQUALS: _instant(operator.eq),
        Operator.DATE_LESS_THAN: _instant(operator.lt),
        Operator.DATE_LESS_THAN_EQUALS: _instant(operator.le),
        Operator.DATE_GREATER_THAN: _instant(operator.gt),
        Operator.DATE_GREATER_THAN_EQUALS: _instant(operator.ge),
        Operator.BOOL: _typed(read_bool, read_bool, operator.eq),
        Operator.BINARY_EQUALS: _typed(read_bytes, read_bytes, operator.eq),
        Operator.IP_ADDRESS: _address,
        Operator.NOT_IP_ADDRESS: _address,
        Operator.ARN_EQUALS: _arn,
        Operator.ARN_NOT_EQUALS: _arn,
        Operator.ARN_LIKE: _arn,
        Operator.ARN_NOT_LIKE: _arn,
    }
)
"""Every operator except `EQUALITIES` and Null, which compares nothing (C11)."""

EQUALITIES: Final[Mapping[Operator, Callable[[str], str]]] = MappingProxyType(
    {
        Operator.STRING_EQUALS: str,
        Operator.STRING_NOT_EQUALS: str,
        Operator.STRING_EQUALS_IGNORE_CASE: fold,
        Operator.STRING_NOT_EQUALS_IGNORE_CASE: fold,
    }
)
"""The operators that compare texts for equality after this function (C12), so the policy's values can be looked up in a set."""

NEGATED: Final = frozenset(
    {
        Operator.STRING_NOT_EQUALS,
        Operator.STRING_NOT_EQUALS_IGNORE_CASE,
        Operator.STRING_NOT_LIKE,
        Operator.NUMERIC_NOT_EQUALS,
        Operator.DATE_NOT_EQUALS,
        Operator.NOT_IP_ADDRESS,
        Operator.ARN_NOT_EQUALS,
        Operator.ARN_NOT_LIKE,
    }
)
"""The operators that are true when no value compares (C3)."""
