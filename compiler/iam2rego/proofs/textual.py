"""Tests of one text by conditions, as languages where the operator compares texts (C12, C13, C19, C20, C22)."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple, TypeAlias

from iam2rego.ir.condition import ArnValue, Condition, Operator, TextValue
from iam2rego.ir.pattern import Text
from iam2rego.native.case import fold
from iam2rego.native.conditions import condition_holds
from iam2rego.native.operators import NEGATED
from iam2rego.native.readers import read_bool, read_bytes
from iam2rego.proofs import symbols as sym
from iam2rego.proofs.globs import Language, language

Alternative: TypeAlias = tuple[tuple[Language, bool], ...]
"""Languages that a text must be in, or not be in, all of them."""

_ARNS: Final = frozenset({Operator.ARN_LIKE, Operator.ARN_NOT_LIKE})
_ANY_CASE: Final = frozenset({Operator.STRING_EQUALS_IGNORE_CASE, Operator.STRING_NOT_EQUALS_IGNORE_CASE})
_TEXTUAL: Final = (
    _ARNS
    | _ANY_CASE
    | {
        Operator.STRING_EQUALS,
        Operator.STRING_NOT_EQUALS,
        Operator.STRING_LIKE,
        Operator.STRING_NOT_LIKE,
        Operator.BOOL,
        Operator.BINARY_EQUALS,
    }
)
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_READABLE: Final = language([sym.READABLE_ARN])


class Test(NamedTuple):
    """What one text must do: satisfy a condition's operator against all its values (C3), or not."""

    condition: Condition
    holds: bool


def is_textual(test: Test) -> bool:
    """Say whether `alternatives` can express the test."""
    return test.condition.operator in _TEXTUAL


def passes(test: Test, text: str) -> bool:
    """Say whether a text can pass the test; with variables, for some values of these."""
    if is_textual(test) and not is_static(test.condition):
        return any(all((text in each) is wanted for each, wanted in alternative) for alternative in alternatives(test))
    plain = test.condition.model_copy(update={"qualifier": None, "if_exists": False})
    return condition_holds(plain, {plain.key: text}) is test.holds


def is_static(condition: Condition) -> bool:
    """Say whether a condition has no variables."""
    return all(sym.is_static(each) for each in sequences_of(condition))


def keys_of_variables(condition: Condition) -> Iterator[sym.Value]:
    """Yield the variables in the values of a condition."""
    for sequence in sequences_of(condition):
        yield from (each for each in sequence if isinstance(each, sym.Value))


@lru_cache(maxsize=4096)
def alternatives(test: Test) -> tuple[Alternative, ...]:
    """Return what a text must be for the test: one of several alternatives, none if it never passes.

    Where values have variables, every text that passes for some values of these is in an alternative, and others may be.
    """
    sequences = frozenset(sequences_of(test.condition))
    most = language(each for sequence in sequences for each in sym.widest(sequence))
    least = language(each for each in sequences if sym.is_static(each))
    return _alternatives(test, most, least, _READABLE)


def alternatives_with_letters(test: Test, letters: Mapping[sym.Value, str]) -> tuple[Alternative, ...]:
    """Return the same of a text in which letters stand for the values of some variables, whatever these are."""
    sequences = frozenset(sequences_of(test.condition))
    most = language((each for sequence in sequences for each in sym.widest(sequence)), loose=True)
    spelled = (sym.lettered(each, letters) for each in sequences)
    least = language(each for each in spelled if each is not None)
    return _alternatives(test, most, least, language([sym.READABLE_ARN], loose=True))


def _alternatives(test: Test, most: Language, least: Language, readable: Language) -> tuple[Alternative, ...]:
    """Return the alternatives: ``most`` has what may match the values, ``least`` what does for certain, ``readable`` what may be an ARN."""
    condition = test.condition
    if condition.operator in _ARNS and condition.operator in NEGATED and condition.values:
        return _negated_arn(test, most, least, readable)
    return (((most, True),),) if names_texts(test) else (((least, False),),)


def names_texts(test: Test) -> bool:
    """Say whether a text passes by matching one of the values, for other operators than negated ones of ARNs."""
    return test.holds is not (test.condition.operator in NEGATED)


def _negated_arn(test: Test, most: Language, least: Language, readable: Language) -> tuple[Alternative, ...]:
    """Return the alternatives of a negated Arn operator: false where one side is not an ARN (C15)."""
    if not all(isinstance(value, ArnValue) and _is_readable(value) for value in test.condition.values):
        return () if test.holds else ((),)
    return (((readable, True), (least, False)),) if test.holds else (((_READABLE, False),), ((most, True),))


def can_be_marked(test: Test) -> bool:
    """Say whether a text passes only by being one of the values, letter by letter, and some of these have variables."""
    operator = test.condition.operator
    is_exact = operator not in _ANY_CASE and not (operator in _ARNS and operator in NEGATED)
    return is_exact and names_texts(test) and not is_static(test.condition)


def sequences_of(condition: Condition) -> Iterator[sym.Sequence]:
    """Yield what the values of a textual operator match."""
    for value in condition.values:
        match value:
            case TextValue(segments=segments):
                symbols = sym.spell(segments)
                yield sym.in_any_case(symbols) if condition.operator in _ANY_CASE else symbols
            case ArnValue(fields=fields) if _is_readable(value) and (spelled := sym.spell_arn(fields)) is not None:
                yield spelled
            case _ if condition.operator is Operator.BOOL and read_bool(value.text) is not None:
                yield sym.in_any_case(value.text)
            case _ if condition.operator is Operator.BINARY_EQUALS and (content := read_bytes(value.text)) is not None:
                yield from map(tuple, _base64(content))


def _is_readable(value: ArnValue) -> bool:
    return len(value.fields) == sym.ARN_FIELDS and value.fields[0] == (Text(text="arn"),)


def _base64(content: bytes) -> Iterable[str]:
    """Return every text that decodes to these bytes: padding leaves two or four bits free (C20)."""
    written = base64.b64encode(content).decode()
    padding = len(written) - len(written.rstrip("="))
    if not padding:
        return (written,)
    at = len(written) - padding - 1
    first = _ALPHABET.index(written[at])
    return (f"{written[:at]}{_ALPHABET[first + free]}{written[at + 1 :]}" for free in range((1, 4, 16)[padding]))


def combinations(of_tests: Iterable[Iterable[Alternative]]) -> Iterator[Alternative]:
    """Yield what a text must be to pass several tests, given the alternatives of each, one combination after the other."""
    for chosen in product(*of_tests):
        yield tuple(dict.fromkeys(each for alternative in chosen for each in alternative))


def literals(tests: Iterable[Test]) -> Iterator[str]:
    """Yield the texts that the values of the tests name without wildcards and variables, as spelled or in lower case."""
    for test in tests:
        for sequence in sequences_of(test.condition):
            text = sym.text_of(tuple(each.character if isinstance(each, sym.Folded) else each for each in sequence))
            if text is not None:
                yield fold(text) if test.condition.operator is Operator.BOOL else text
