"""What each condition operator tests of one text (C12 to C22).

An `Operation` says how the request's text is read, how that value is compared with the policy's constants, and whether the
operator is the negation of that comparison (C3).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeAlias

from iam2rego.ir.condition import Operator
from iam2rego.rego.modules import literals
from iam2rego.rego.modules.matching import constant_test, equals, fixed_text, fold, folded_test, one_of, ordered_test
from iam2rego.rego.modules.tree import Call, Infix, Number, Set, Term
from iam2rego.rego.reading.pieces import Pieces

Constants: TypeAlias = Sequence[Pieces]
Comparison: TypeAlias = Callable[[Constants, Term], Term]
"""Builds the term that is true when a subject, read by the operator's reader, satisfies one of the constants."""


@dataclass(frozen=True, slots=True)
class Operation:
    """How an operator tests one text; `readable` tells which constants are of its type (C15, L6).

    `compare` takes simple values (`matching.is_simple`), `compare_other` any other one.
    """

    compare: Comparison
    reader: str | None = None
    readable: Callable[[str], object] = str
    negated: bool = False
    compare_other: Callable[[Pieces, Term], Term] = ordered_test


def _equal_folded(constants: Constants, subject: Term) -> Term:
    return equals([fold(fixed_text(each)) for each in constants], subject)


def _numeric(operator: str, choose: Callable[[list[str]], str]) -> Comparison:
    """Compare by an ordering: of several values only the widest matters, as they are alternatives (C16)."""

    def compare(constants: Constants, subject: Term) -> Term:
        return Infix(subject, operator, Number(choose(_decimals(constants))))

    return compare


def _decimals(constants: Constants) -> list[str]:
    return [text for each in constants if (text := literals.decimal(fixed_text(each))) is not None]


def _equal_numbers(constants: Constants, subject: Term) -> Term:
    return one_of([Number(text) for text in dict.fromkeys(_decimals(constants))], subject)


def _dated(operator: str, choose: Callable[[list[tuple[int, int]]], tuple[int, int]]) -> Comparison:
    def compare(constants: Constants, subject: Term) -> Term:
        return Infix(subject, operator, literals.instant_term(choose(_instants(constants))))

    return compare


def _instants(constants: Constants) -> list[tuple[int, int]]:
    return [instant for each in constants if (instant := literals.date(fixed_text(each))) is not None]


def _equal_dates(constants: Constants, subject: Term) -> Term:
    return one_of([literals.instant_term(instant) for instant in dict.fromkeys(_instants(constants))], subject)


def _equal_read(read: Callable[[str], str | None]) -> Comparison:
    def compare(constants: Constants, subject: Term) -> Term:
        return equals([text for each in constants if (text := read(fixed_text(each))) is not None], subject)

    return compare


def _in_range(constants: Constants, subject: Term) -> Term:
    ranges = literals.string_terms([block for each in constants if (block := literals.address_range(fixed_text(each))) is not None])
    return Call("net.cidr_contains", (ranges[0], subject)) if len(ranges) == 1 else Call("read.within", (subject, Set(ranges)))


def _largest(numbers: list[str]) -> str:
    return max(numbers, key=literals.order)


def _smallest(numbers: list[str]) -> str:
    return min(numbers, key=literals.order)


_EXACT: Final = Operation(constant_test)
_FOLDED: Final = Operation(_equal_folded, reader="lower", compare_other=folded_test)
_NUMBER: Final = Operation(_equal_numbers, "read.decimal", literals.decimal)
_DATE: Final = Operation(_equal_dates, "read.date", literals.date)
_ADDRESS: Final = Operation(_in_range, "read.address", literals.address_range)
_ARN: Final = Operation(constant_test, "read.arn")


def _not(operation: Operation) -> Operation:
    return replace(operation, negated=True)


def _ordering(operator: str, *, largest: bool) -> tuple[Operation, Operation]:
    numbers = _numeric(operator, _largest if largest else _smallest)
    dates = _dated(operator, max if largest else min)
    return Operation(numbers, "read.decimal", literals.decimal), Operation(dates, "read.date", literals.date)


_LESS: Final = _ordering("<", largest=True)
_LESS_EQUALS: Final = _ordering("<=", largest=True)
_GREATER: Final = _ordering(">", largest=False)
_GREATER_EQUALS: Final = _ordering(">=", largest=False)

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
        Operator.NUMERIC_LESS_THAN: _LESS[0],
        Operator.NUMERIC_LESS_THAN_EQUALS: _LESS_EQUALS[0],
        Operator.NUMERIC_GREATER_THAN: _GREATER[0],
        Operator.NUMERIC_GREATER_THAN_EQUALS: _GREATER_EQUALS[0],
        Operator.DATE_EQUALS: _DATE,
        Operator.DATE_NOT_EQUALS: _not(_DATE),
        Operator.DATE_LESS_THAN: _LESS[1],
        Operator.DATE_LESS_THAN_EQUALS: _LESS_EQUALS[1],
        Operator.DATE_GREATER_THAN: _GREATER[1],
        Operator.DATE_GREATER_THAN_EQUALS: _GREATER_EQUALS[1],
        Operator.BOOL: Operation(_equal_read(literals.boolean), "read.boolean", literals.boolean),
        Operator.BINARY_EQUALS: Operation(_equal_read(literals.binary), "read.binary", literals.binary),
        Operator.IP_ADDRESS: _ADDRESS,
        Operator.NOT_IP_ADDRESS: _not(_ADDRESS),
        Operator.ARN_EQUALS: _ARN,
        Operator.ARN_NOT_EQUALS: _not(_ARN),
        Operator.ARN_LIKE: _ARN,
        Operator.ARN_NOT_LIKE: _not(_ARN),
    }
)
"""Every operator but Null, which asks for presence and compares nothing (C11)."""
