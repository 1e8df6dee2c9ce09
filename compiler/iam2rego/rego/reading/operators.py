"""The test of one text by each condition operator (C12 to C22)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from iam2rego.ir.condition import Operator
from iam2rego.rego.reading import constants
from iam2rego.rego.reading.constants import Instant, Number
from iam2rego.rego.reading.folding import fold
from iam2rego.rego.reading.patterns import constant_test, fixed_text, folded_test, pattern_test
from iam2rego.rego.reading.pieces import Pieces
from iam2rego.rego.reading.texts import ConstantTest, OneOf, Ordering, PatternTest, Sign, Within

Values: TypeAlias = Sequence[Pieces]
"""Simple values of a condition, which may still be of another type than the operator's; at least one can be read."""


class Reader(StrEnum):
    """How a text of the request is read before it is compared; a text of another type cannot be read (C15)."""

    TEXT = "text"
    FOLDED = "folded"
    DECIMAL = "decimal"
    DATE = "date"
    BOOLEAN = "boolean"
    BINARY = "binary"
    ADDRESS = "address"
    ARN = "arn"


@dataclass(frozen=True, slots=True)
class Operation:
    """How an operator tests one text.

    Attributes:
        constant: returns the test for any of some simple values.
        reader: how the request's text is read.
        readable: returns None for a policy value that is not of the operator's type (C15, L6).
        negated: whether the operator is the negation of the test (C3).
        pattern: returns the test for one value of any form.
    """

    constant: Callable[[Values], ConstantTest]
    reader: Reader
    readable: Callable[[str], object] = str
    negated: bool = False
    pattern: Callable[[Pieces], PatternTest] = pattern_test


def _equal_folded(values: Values) -> ConstantTest:
    return OneOf(tuple(dict.fromkeys(fold(fixed_text(each)) for each in values)))


def _equal_numbers(values: Values) -> ConstantTest:
    return OneOf(tuple(map(Number, dict.fromkeys(_decimals(values)))))


def _equal_dates(values: Values) -> ConstantTest:
    return OneOf(tuple(dict.fromkeys(_instants(values))))


def _equal_booleans(values: Values) -> ConstantTest:
    return OneOf(_read(constants.boolean, values))


def _equal_bytes(values: Values) -> ConstantTest:
    return OneOf(_read(constants.binary, values))


def _within(values: Values) -> ConstantTest:
    return Within(_read(constants.address_range, values))


def _read(read: Callable[[str], str | None], values: Values) -> tuple[str, ...]:
    """Return the readable ``values``, without duplicates."""
    return tuple(dict.fromkeys(text for each in values if (text := read(fixed_text(each))) is not None))


def _decimals(values: Values) -> list[str]:
    return [text for each in values if (text := constants.decimal(fixed_text(each))) is not None]


def _instants(values: Values) -> list[Instant]:
    return [instant for each in values if (instant := constants.date(fixed_text(each))) is not None]


def _number_ordering(sign: Sign, *, largest: bool) -> Operation:
    """Compare by an ordering; the values are alternatives, so only the widest matters (C16)."""
    choose = max if largest else min
    return replace(_NUMBER, constant=lambda values: Ordering(sign, Number(choose(_decimals(values), key=constants.order))))


def _date_ordering(sign: Sign, *, largest: bool) -> Operation:
    choose: Callable[[list[Instant]], Instant] = max if largest else min
    return replace(_DATE, constant=lambda values: Ordering(sign, choose(_instants(values))))


def _not(operation: Operation) -> Operation:
    return replace(operation, negated=True)


_EXACT: Final = Operation(constant_test, Reader.TEXT)
_FOLDED: Final = Operation(_equal_folded, Reader.FOLDED, pattern=folded_test)
_NUMBER: Final = Operation(_equal_numbers, Reader.DECIMAL, constants.decimal)
_DATE: Final = Operation(_equal_dates, Reader.DATE, constants.date)
_ADDRESS: Final = Operation(_within, Reader.ADDRESS, constants.address_range)
_ARN: Final = Operation(constant_test, Reader.ARN)

OPERATIONS: Final[Mapping[Operator, Operation]] = MappingProxyType(
    {
        Operator.STRING_EQUALS: _EXACT,
        Operator.STRING_NOT_EQUALS: _not(_EXACT),
        Operator.STRING_EQUALS_IGNORE_CASE: _FOLDED,
        Operator.STRING_NOT_EQUALS_IGNORE_CASE: _not(_FOLDED),
        Operator.STRING_LIKE: _EXACT,
        Operator.STRING_NOT_LIKE: _not(_EXACT),
        Operator.NUMERIC_EQUALS: _NUMBER,
        Operator.NUMERIC_NOT_EQUALS: _not(_NUMBER),
        Operator.NUMERIC_LESS_THAN: _number_ordering(Sign.LESS, largest=True),
        Operator.NUMERIC_LESS_THAN_EQUALS: _number_ordering(Sign.LESS_EQUALS, largest=True),
        Operator.NUMERIC_GREATER_THAN: _number_ordering(Sign.GREATER, largest=False),
        Operator.NUMERIC_GREATER_THAN_EQUALS: _number_ordering(Sign.GREATER_EQUALS, largest=False),
        Operator.DATE_EQUALS: _DATE,
        Operator.DATE_NOT_EQUALS: _not(_DATE),
        Operator.DATE_LESS_THAN: _date_ordering(Sign.LESS, largest=True),
        Operator.DATE_LESS_THAN_EQUALS: _date_ordering(Sign.LESS_EQUALS, largest=True),
        Operator.DATE_GREATER_THAN: _date_ordering(Sign.GREATER, largest=False),
        Operator.DATE_GREATER_THAN_EQUALS: _date_ordering(Sign.GREATER_EQUALS, largest=False),
        Operator.BOOL: Operation(_equal_booleans, Reader.BOOLEAN, constants.boolean),
        Operator.BINARY_EQUALS: Operation(_equal_bytes, Reader.BINARY, constants.binary),
        Operator.IP_ADDRESS: _ADDRESS,
        Operator.NOT_IP_ADDRESS: _not(_ADDRESS),
        Operator.ARN_EQUALS: _ARN,
        Operator.ARN_NOT_EQUALS: _not(_ARN),
        Operator.ARN_LIKE: _ARN,
        Operator.ARN_NOT_LIKE: _not(_ARN),
    }
)
"""Every operator except Null, which tests presence and compares nothing (C11)."""
