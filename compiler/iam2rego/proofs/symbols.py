"""Patterns as sequences of symbols, of which the automata of `globs` are made."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from iam2rego.ir.pattern import AnyOne, AnyRun, ArnPattern, Pattern, Segment, Text, Variable
from iam2rego.native.case import fold
from iam2rego.native.resources import complete
from iam2rego.native.wildcards import Wildcard

ARN_FIELDS: Final = 6


@dataclass(frozen=True, slots=True)
class Folded:
    """A character in any case: every code point that folds to it (N1)."""

    character: str


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a variable; without colons in the fields 2 to 5 of an ARN (V9)."""

    key: str
    default: str | None
    in_field: bool = False


Symbol: TypeAlias = str | Wildcard | Folded | Value
"""A literal is one character."""

Sequence: TypeAlias = tuple[Symbol, ...]

TEXT: Final[Sequence] = (Wildcard.ONE, Wildcard.RUN)
"""Any text that is not empty."""

_IN_FIELD: Final[Sequence] = (Wildcard.RUN_IN_FIELD,)
READABLE_ARN: Final[Sequence] = (*"arn:", *_IN_FIELD, ":", *_IN_FIELD, ":", *_IN_FIELD, ":", *_IN_FIELD, ":", Wildcard.RUN)
"""What an Arn operator can read (C22), and what a request can name beside ``*`` (N3)."""

_CODE_POINTS: Final = 0x110000


def spellings(folded: str) -> tuple[str, ...]:
    """Return the characters that fold to ``folded``, the lower-case one first (N1)."""
    if folded.isascii():
        near = (folded, folded.upper(), {"i": "\u0130", "k": "\u212a"}.get(folded, folded))
        return tuple(dict.fromkeys(each for each in near if fold(each) == folded))
    itself = (folded,) if fold(folded) == folded else ()
    return (*itself, *_capitals().get(folded, ()))


@cache
def _capitals() -> dict[str, list[str]]:
    """Return the characters that fold to another one, by that one."""
    capitals: dict[str, list[str]] = {}
    for code in range(_CODE_POINTS):
        character = chr(code)
        if (folded := fold(character)) != character:
            capitals.setdefault(folded, []).append(character)
    return capitals


def in_any_case(symbols: Iterable[Symbol]) -> Sequence:
    """Return symbols that ignore case (C12)."""
    return tuple(Folded(fold(each)) if isinstance(each, str) else each for each in symbols)


def spell(pattern: Pattern) -> Sequence:
    """Return a pattern whose wildcards match any character (A3, C13)."""
    return tuple(symbol for segment in pattern for symbol in _spell(segment, Wildcard.RUN, Wildcard.ONE))


def spell_resource(arn: ArnPattern) -> Sequence:
    """Return a resource entry, with a ``*`` for each field that it lacks (R5, R7)."""
    *first_five, last = complete(arn.fields)
    return (*(symbol for field in first_five for symbol in (*_spell_field(field), ":")), *spell(last))


def spell_arn(fields: tuple[Pattern, ...]) -> Sequence | None:
    """Return a value of an Arn operator, whose wildcards stay in their fields (C22).

    None if it can match no ARN: a placeholder put a colon into one of the first five fields.
    """
    *first_five, last = fields
    if any(":" in segment.text for field in first_five for segment in field if isinstance(segment, Text)):
        return None
    symbols: list[Symbol] = []
    for field in first_five:
        symbols += [*(each for segment in field for each in _spell(segment, Wildcard.RUN_IN_FIELD, Wildcard.ONE_IN_FIELD)), ":"]
    return (*symbols, *spell(last))


def _spell_field(field: Pattern) -> Iterator[Symbol]:
    """Spell one of the first five fields of a resource: only a ``*`` at its end may match a colon (R7)."""
    last = len(field) - 1
    for index, segment in enumerate(field):
        run = Wildcard.RUN if index == last else Wildcard.RUN_IN_FIELD
        yield from _spell(segment, run, Wildcard.ONE_IN_FIELD)


def _spell(segment: Segment, run: Wildcard, one: Wildcard) -> Iterable[Symbol]:
    match segment:
        case Text(text=text):
            return text
        case AnyRun():
            return (run,)
        case AnyOne():
            return (one,)
        case Variable(key=key, default=default):
            return (Value(fold(key), default, one is Wildcard.ONE_IN_FIELD),)


def is_static(symbols: Sequence) -> bool:
    """Say whether a sequence has no variables."""
    return not any(isinstance(each, Value) for each in symbols)


def text_of(symbols: Sequence) -> str | None:
    """Return the only text that a sequence matches; None if there are several."""
    return "".join(each for each in symbols if isinstance(each, str)) if all(isinstance(each, str) for each in symbols) else None


def widest(symbols: Sequence) -> Iterator[Sequence]:
    """Yield sequences without variables that match at least what this one matches, whatever the values are (V4, V7).

    A variable becomes any text that is not empty, or its default; the default only where it is not such a text itself.
    """
    before = next((index for index, each in enumerate(symbols) if isinstance(each, Value)), None)
    if before is None:
        yield symbols
        return
    value = symbols[before]
    assert isinstance(value, Value)
    text = (Wildcard.ONE_IN_FIELD, Wildcard.RUN_IN_FIELD) if value.in_field else TEXT
    for rest in widest(symbols[before + 1 :]):
        yield (*symbols[:before], *text, *rest)
        if value.default == "":
            yield (*symbols[:before], *rest)


def replaced(symbols: Sequence, values: Mapping[str, str | None]) -> Sequence | None:
    """Return the sequence with the variables of some keys replaced by their values; None if it matches nothing (V7, V9).

    A value of None is none at all. Variables of other keys stay.
    """
    made: list[Symbol] = []
    for each in symbols:
        if not isinstance(each, Value) or each.key not in values:
            made.append(each)
            continue
        text = values[each.key] or each.default
        if text is None or (each.in_field and ":" in text):
            return None
        made += text
    return tuple(made)


_LETTERS_IN_FIELDS: Final = range(0xD800, 0xDC00)
_LETTERS: Final = range(0xDC00, 0xE000)


def is_letter(character: str) -> bool:
    """Say whether a character stands for the value of a variable: surrogates do, as no request has one (N3)."""
    return "\ud800" <= character <= "\udfff"


def may_be_colon(character: str) -> bool:
    """Say whether a character is a colon, or stands for a value that may have one (V9)."""
    return character == ":" or ord(character) in _LETTERS


def letters_of(symbols: Sequence) -> dict[Value, str]:
    """Return a letter for each variable of a sequence."""
    values = dict.fromkeys(each for each in symbols if isinstance(each, Value))
    return {value: chr((_LETTERS_IN_FIELDS if value.in_field else _LETTERS)[number]) for number, value in enumerate(values)}


def lettered(symbols: Sequence, letters: Mapping[Value, str]) -> Sequence | None:
    """Return the sequence with letters for its variables; None if one has no letter."""
    made = tuple(letters.get(each) if isinstance(each, Value) else each for each in symbols)
    return None if None in made else tuple(each for each in made if each is not None)
