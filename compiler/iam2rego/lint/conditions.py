"""What the rules on conditions share."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

from iam2rego.catalogue.global_keys import HOLDS, IN_EVERY_REQUEST, Holds
from iam2rego.ir.condition import Condition, Operator, Qualifier, TextValue
from iam2rego.ir.pattern import AnyRun, Text
from iam2rego.ir.policy import Statement
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Tested
from iam2rego.syntax.report import quote

_IGNORES_CASE: Final = (Operator.STRING_EQUALS_IGNORE_CASE, Operator.STRING_NOT_EQUALS_IGNORE_CASE)
_LIKE: Final = (Operator.STRING_LIKE, Operator.STRING_NOT_LIKE)


def tests_of(subject: Subject, *keys: str) -> Iterator[Tested]:
    """Yield the conditions on one of some keys, which are folded."""
    return (test for test in subject.tests if fold_key(test.condition.key) in keys)


def tested_keys(statement: Statement) -> frozenset[str]:
    """Return the keys of all conditions, folded as `fold_key` does (C2)."""
    return frozenset(fold_key(condition.key) for condition in statement.conditions)


def plain_texts(condition: Condition) -> Iterator[TextValue]:
    """Yield the values of a String operator that have neither wildcards nor variables."""
    for value in condition.values:
        if isinstance(value, TextValue) and "${" not in value.text and all(isinstance(each, Text) for each in value.segments):
            yield value


def as_compared(condition: Condition, text: str) -> str:
    """Return a value of a String operator in lower case if the operator ignores case."""
    return text.lower() if condition.operator in _IGNORES_CASE else text


class Truth(Enum):
    """When a condition that compares with the pattern `*` is true."""

    ALWAYS = auto()
    NEVER = auto()
    PRESENT = auto()
    MISSING = auto()


def truth_of_any(condition: Condition) -> Truth | None:
    """Return when a StringLike or StringNotLike with the value `*` is true; None for any other condition (C4, C8 to C10).

    Without set operator, every such test of a list is false (C6), which IAM307 reports.
    """
    key = fold_key(condition.key)
    is_any = condition.operator in _LIKE and any(isinstance(value, TextValue) and _is_any(value) for value in condition.values)
    if not is_any or (condition.qualifier is None and HOLDS.get(key) is Holds.LIST):
        return None
    is_negated = condition.operator is Operator.STRING_NOT_LIKE
    if _holds_without_the_key(condition, is_negated=is_negated):
        return Truth.ALWAYS if not is_negated else Truth.NEVER if key in IN_EVERY_REQUEST else Truth.MISSING
    return Truth.NEVER if is_negated else Truth.ALWAYS if key in IN_EVERY_REQUEST else Truth.PRESENT


def _is_any(value: TextValue) -> bool:
    return bool(value.segments) and all(isinstance(each, AnyRun) for each in value.segments)


def _holds_without_the_key(condition: Condition, *, is_negated: bool) -> bool:
    match condition.qualifier:
        case Qualifier.FOR_ALL_VALUES:
            return True
        case Qualifier.FOR_ANY_VALUE:
            return False
        case None:
            return condition.if_exists or is_negated


def spell_operator(condition: Condition) -> str:
    """Return the operator with set operator and ``IfExists``, quoted."""
    return quote(condition.written_operator)
