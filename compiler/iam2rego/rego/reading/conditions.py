"""Reads what a condition tests: whether its key is present, or how many of its texts match (C1 to C11)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from iam2rego.ir.condition import ArnValue, Condition, ConditionValue, LiteralValue, Operator, Qualifier, TextValue
from iam2rego.ir.pattern import Text
from iam2rego.rego.reading.constants import boolean
from iam2rego.rego.reading.folding import fold
from iam2rego.rego.reading.operators import OPERATIONS, Operation, Reader
from iam2rego.rego.reading.patterns import is_simple, text_test
from iam2rego.rego.reading.pieces import Fixed, Pieces, of_arn, of_text
from iam2rego.rego.reading.texts import TextTest

_MULTIVALUED: Final = frozenset(
    {
        "aws:calledvia",
        "aws:principalorgpaths",
        "aws:principalservicenameslist",
        "aws:resourceorgpaths",
        "aws:sourceorgpaths",
        "aws:tagkeys",
        "aws:vpceorgpaths",
    }
)
"""The multivalued global keys (C26), in lower case."""

_FIELDS: Final = 6
_ALWAYS: Final = True
_NEVER: Final = False


class Presence(StrEnum):
    """Tests of a key's presence.

    NULL and NOT_NULL treat a list of empty texts as a missing key; NULL_DATASET and NOT_NULL_DATASET also treat an empty text so (C5).
    SINGLE_IF_EXISTS requires that the key is missing or has one text.
    """

    ABSENT = "absent"
    PRESENT = "present"
    NULL = "null"
    NOT_NULL = "not_null"
    NULL_DATASET = "null_dataset"
    NOT_NULL_DATASET = "not_null_dataset"
    SINGLE_IF_EXISTS = "single_if_exists"


class Quantifier(StrEnum):
    """Which texts of a key must match: the only one, every one or any.

    A missing key satisfies IS_IF_EXISTS and IS_NOT (C4). ALL and ALL_NOT treat empty texts as a missing key (C5).
    """

    IS = "is"
    IS_IF_EXISTS = "is_if_exists"
    IS_NOT = "is_not"
    ALL = "all"
    ALL_NOT = "all_not"
    ANY = "any"
    ANY_NOT = "any_not"

    @property
    def is_negated(self) -> bool:
        """Whether a text satisfies the condition if it does *not* pass the test."""
        return self in (Quantifier.IS_NOT, Quantifier.ALL_NOT, Quantifier.ANY_NOT)


@dataclass(frozen=True, slots=True)
class KeyTest:
    """A condition that tests only the presence of a key; the key is in lower case."""

    key: str
    presence: Presence


@dataclass(frozen=True, slots=True)
class ValueTest:
    """A condition that compares texts of a key; the key is in lower case."""

    key: str
    quantifier: Quantifier
    reader: Reader
    test: TextTest

    @property
    def needs_reader(self) -> bool:
        """Whether the text must be read first. ARNs are read only under a negation, because other texts match no ARN anyway."""
        return self.reader is not Reader.TEXT and (self.reader is not Reader.ARN or self.quantifier.is_negated)


ConditionTest: TypeAlias = bool | KeyTest | ValueTest
"""The test of a condition; True if it always holds, False if it never does."""


def read_condition(condition: Condition) -> ConditionTest:
    """Return the test of ``condition``."""
    if condition.operator is Operator.NULL:
        return _presence(condition)
    test = _test(condition)
    if isinstance(test, bool):
        return _constant(condition, holds=test)
    operation = OPERATIONS[condition.operator]
    quantifier = _quantifier(condition, negated=operation.negated)
    return ValueTest(fold(condition.key), quantifier, operation.reader, test)


def _presence(condition: Condition) -> ConditionTest:
    """Read a Null condition (C11): "true" requires a missing key, "false" a present one; which keys count as missing depends on C5."""
    if condition.qualifier is not None:
        return condition.qualifier is Qualifier.FOR_ALL_VALUES
    wanted = {value for each in condition.values if (value := boolean(each.text))}
    if len(wanted) != 1:
        return bool(wanted)
    key = fold(condition.key)
    if key in _MULTIVALUED:
        return KeyTest(key, Presence.NULL_DATASET if "true" in wanted else Presence.NOT_NULL_DATASET)
    return KeyTest(key, Presence.NULL if "true" in wanted else Presence.NOT_NULL)


def _test(condition: Condition) -> TextTest | bool:
    """Return the test of one text, or the result if it is the same for every text."""
    operation = OPERATIONS[condition.operator]
    readable = [_pieces(value) for value in condition.values if _is_readable(value, operation)]
    if operation.negated and len(readable) < len(condition.values):
        return _NEVER  # C15: a value that cannot be read is not "not equal"
    if not readable:
        return operation.negated  # C27
    return text_test(sorted(readable, key=lambda each: not is_simple(each)), operation.constant, operation.pattern)


def _pieces(value: ConditionValue) -> Pieces:
    match value:
        case TextValue(segments=segments):
            return of_text(segments)
        case ArnValue(fields=fields):
            return of_arn(fields)
        case LiteralValue(text=text):
            return (Fixed(text),)


def _is_readable(value: ConditionValue, operation: Operation) -> bool:
    match value:
        case TextValue():
            return True
        case ArnValue(fields=fields):
            return len(fields) == _FIELDS and fields[0] == (Text(text="arn"),)
        case LiteralValue(text=text):
            return operation.readable(text) is not None


def _constant(condition: Condition, *, holds: bool) -> ConditionTest:
    """Return the test of a condition whose comparisons all have the same result."""
    key = fold(condition.key)
    match condition.qualifier:
        case Qualifier.FOR_ALL_VALUES:
            return _ALWAYS if holds else KeyTest(key, Presence.NULL_DATASET)
        case Qualifier.FOR_ANY_VALUE:
            return KeyTest(key, Presence.PRESENT) if holds else _NEVER
        case None:
            if holds:
                return KeyTest(key, Presence.SINGLE_IF_EXISTS)
            absent_will_do = condition.if_exists or OPERATIONS[condition.operator].negated  # C4
            return KeyTest(key, Presence.ABSENT) if absent_will_do else _NEVER


def _quantifier(condition: Condition, *, negated: bool) -> Quantifier:
    match condition.qualifier:
        case Qualifier.FOR_ALL_VALUES:
            return Quantifier.ALL_NOT if negated else Quantifier.ALL
        case Qualifier.FOR_ANY_VALUE:
            return Quantifier.ANY_NOT if negated else Quantifier.ANY
        case None if negated:
            return Quantifier.IS_NOT  # C4
        case None:
            return Quantifier.IS_IF_EXISTS if condition.if_exists else Quantifier.IS
