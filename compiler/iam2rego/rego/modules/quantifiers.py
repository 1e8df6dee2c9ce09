"""What a condition asks (C3 to C11): how many texts of its key must compare, and how. Either layout writes this down."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from iam2rego.ir.condition import ArnValue, Condition, ConditionValue, LiteralValue, Operator, Qualifier, TextValue
from iam2rego.ir.pattern import Text
from iam2rego.rego.modules.literals import boolean
from iam2rego.rego.modules.matching import fold, is_simple
from iam2rego.rego.modules.operators import OPERATIONS, Operation
from iam2rego.rego.reading.pieces import Fixed, Pieces, of_arn, of_text

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
"""The global keys that hold lists (C26), in lower case."""

_FIELDS: Final = 6
_ALWAYS: Final = True
_NEVER: Final = False


class Quantifier(StrEnum):
    """Which texts of the key must compare: the only one, every one or any, or else how the key itself is asked about.

    Under IS_IF_EXISTS, IS_NOT and SINGLE_IF_EXISTS a missing key will do (C4); the last one asks no more than that there is one text.
    ALL, ALL_NOT, NULL_DATASET and NOT_NULL_DATASET take empty texts for a missing key, NULL and NOT_NULL only a list of them (C5).
    """

    IS = "is"
    IS_IF_EXISTS = "is_if_exists"
    IS_NOT = "is_not"
    ALL = "all"
    ALL_NOT = "all_not"
    ANY = "any"
    ANY_NOT = "any_not"
    ABSENT = "absent"
    PRESENT = "present"
    NULL = "null"
    NOT_NULL = "not_null"
    NULL_DATASET = "null_dataset"
    NOT_NULL_DATASET = "not_null_dataset"
    SINGLE_IF_EXISTS = "single_if_exists"


@dataclass(frozen=True, slots=True)
class Compared:
    """What a text is compared with: the values of a condition that can be read, those that are simple and all others; never none."""

    operation: Operation
    simple: Sequence[Pieces]
    others: Sequence[Pieces]


@dataclass(frozen=True, slots=True)
class Quantified:
    """What a condition asks; `compared` is None where only the key is asked about."""

    quantifier: Quantifier
    compared: Compared | None = None


def quantified(condition: Condition) -> Quantified | bool:
    """Return what ``condition`` asks, or whether it always or never holds."""
    if condition.operator is Operator.NULL:
        return _presence(condition)
    compared = _compared(condition)
    negated = OPERATIONS[condition.operator].negated
    match condition.qualifier:
        case Qualifier.FOR_ALL_VALUES:
            return _for_all(compared, negated=negated)
        case Qualifier.FOR_ANY_VALUE:
            return _for_any(compared, negated=negated)
        case None:
            return _plain(compared, negated=negated, if_exists=condition.if_exists)


def _presence(condition: Condition) -> Quantified | bool:
    """Of a Null condition (C11) "true" asks for a missing key, "false" for a present one; what is missing depends on the key (C5)."""
    if condition.qualifier is not None:
        return condition.qualifier is Qualifier.FOR_ALL_VALUES
    wanted = {value for each in condition.values if (value := boolean(each.text))}
    if len(wanted) != 1:
        return bool(wanted)
    if fold(condition.key) in _MULTIVALUED:
        return Quantified(Quantifier.NULL_DATASET if "true" in wanted else Quantifier.NOT_NULL_DATASET)
    return Quantified(Quantifier.NULL if "true" in wanted else Quantifier.NOT_NULL)


def _compared(condition: Condition) -> Compared | bool:
    """Return what a text is compared with, or what every comparison comes to."""
    operation = OPERATIONS[condition.operator]
    readable = [_pieces(value) for value in condition.values if _is_readable(value, operation)]
    if operation.negated and len(readable) < len(condition.values):
        return _NEVER  # C15: a value that cannot be read is not "not equal"
    if not readable:
        return operation.negated  # C27
    simple = [each for each in readable if is_simple(each)]
    return Compared(operation, simple, [each for each in readable if not is_simple(each)])


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


def _for_all(compared: Compared | bool, *, negated: bool) -> Quantified | bool:
    if isinstance(compared, bool):
        return _ALWAYS if compared else Quantified(Quantifier.NULL_DATASET)
    return Quantified(Quantifier.ALL_NOT if negated else Quantifier.ALL, compared)


def _for_any(compared: Compared | bool, *, negated: bool) -> Quantified | bool:
    if isinstance(compared, bool):
        return Quantified(Quantifier.PRESENT) if compared else _NEVER
    return Quantified(Quantifier.ANY_NOT if negated else Quantifier.ANY, compared)


def _plain(compared: Compared | bool, *, negated: bool, if_exists: bool) -> Quantified | bool:
    absent_will_do = negated or if_exists  # C4
    if compared is True:
        return Quantified(Quantifier.SINGLE_IF_EXISTS)
    if compared is False:
        return Quantified(Quantifier.ABSENT) if absent_will_do else _NEVER
    return Quantified(Quantifier.IS_NOT if negated else Quantifier.IS_IF_EXISTS if if_exists else Quantifier.IS, compared)
