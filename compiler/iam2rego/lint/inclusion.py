"""Determines whether one pattern certainly matches everything that another matches.

Patterns are converted to symbols: the characters of their text, wildcards and variables. The wide pattern is then matched against the
symbols of the narrow one as if they were a text: a run matches any symbols, a ``?`` any symbol except a run, a character only itself.
A yes is therefore certain; a no may mean only that this method cannot tell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, takewhile
from typing import Final, TypeAlias

from iam2rego.ir.pattern import AnyOne, AnyRun, ArnPattern, Pattern, Segment, Text, Variable

_ARN_FIELDS: Final = 6
_CACHED: Final = 4096


@dataclass(frozen=True, slots=True)
class Run:
    """Any characters, including none; no colons if it must stay in its field (R7)."""

    in_field: bool = False


@dataclass(frozen=True, slots=True)
class One:
    """Exactly one character; no colon if it must stay in its field (R7)."""

    in_field: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a variable; no colons in the fields 2 to 5 of an ARN (V9)."""

    key: str
    default: str | None
    in_field: bool = False


Symbol: TypeAlias = str | Run | One | Value
Symbols: TypeAlias = str | tuple[Symbol, ...]
"""A pattern, symbol by symbol: one of characters only is a text."""

_WILDCARDS: Final = (Run, One)
SINGLE: Final = (str, One)
"""The symbols that match one character."""
_LETTERS: Final = {str}
_ANY_REST: Final = (Run(),)


def spell_action(pattern: Pattern) -> Symbols:
    """Convert an action entry, ignoring case (A4); ``*`` as ``*:*``, because every action has one colon (A1)."""
    match pattern:
        case (Text(text=text),) if text.isascii():
            return text.lower()  # as most are
    symbols: list[Symbol] = []
    for segment in pattern:
        symbols += _folded(segment.text) if isinstance(segment, Text) else _spell(segment)
    return (Run(), ":", Run()) if symbols == [Run()] else joined(symbols)


def _folded(text: str) -> Sequence[str]:
    """Fold each letter by itself; in ASCII, a text at once."""
    return text.lower() if text.isascii() else [*map(str.lower, text)]


def spell_arn(arn: ArnPattern) -> Symbols:
    """Spell a resource entry of an identity policy, with a ``*`` for each field that it lacks (R5)."""
    *first_five, last = arn.fields + ((AnyRun(),),) * (_ARN_FIELDS - len(arn.fields))
    symbols: list[Symbol] = []
    for field in first_five:
        symbols += _spell_field(field)
        symbols.append(":")
    for segment in last:
        symbols += _spell(segment)
    return joined(symbols)


def spell(pattern: Pattern) -> Symbols:
    """Convert a pattern of text, in which nothing has a special place."""
    return joined([symbol for segment in pattern for symbol in _spell(segment)])


def joined(symbols: Sequence[Symbol]) -> Symbols:
    """Return the pattern of some symbols. A letter that is folded to two characters stays one symbol."""
    if isinstance(symbols, str):
        return symbols
    text = "".join(map(str, symbols)) if {*map(type, symbols)} <= _LETTERS else ""
    return text if len(text) == len(symbols) else tuple(symbols)


def _spell_field(field: Pattern) -> list[Symbol]:
    """Spell one of the first five fields: only a run at its end may go beyond the colon (R7)."""
    symbols: list[Symbol] = []
    for segment in field[:-1]:
        symbols += _spell(segment, in_field=True)
    for segment in field[-1:]:
        symbols += _spell(segment, in_field=not isinstance(segment, AnyRun))
    return symbols


def _spell(segment: Segment, *, in_field: bool = False) -> Sequence[Symbol]:
    match segment:
        case Text(text=text):
            return text
        case AnyRun():
            return (Run(in_field),)
        case AnyOne():
            return (One(in_field),)
        case Variable(key=key, default=default):
            return (Value(fold_key(key), default, in_field),)


def fold_key(key: str) -> str:
    """Fold a context key, letter by letter so that no letter depends on its neighbours (C2, N1)."""
    return key.lower() if key.isascii() else "".join(map(str.lower, key))


def is_single(symbols: Symbols) -> bool:
    """Say whether a pattern matches exactly one text."""
    return isinstance(symbols, str) or {*map(type, symbols)} <= _LETTERS


def beginning(symbols: Symbols) -> str:
    """Return the characters before the first wildcard or variable of a pattern: what it covers begins alike, which few patterns do."""
    return symbols if isinstance(symbols, str) else "".join(map(str, takewhile(_is_character, symbols)))


def _is_character(symbol: Symbol) -> bool:
    return isinstance(symbol, str)


class Beginnings:
    """Patterns by how they begin: those that may cover another one are found at once, however many there are."""

    def __init__(self, patterns: Sequence[Symbols]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, symbols in enumerate(patterns):
            self._places.setdefault(beginning(symbols), []).append(place)
        self._lengths = sorted({*map(len, self._places)})

    def near(self, narrow: Symbols) -> Iterator[int]:
        """Yield the places of the patterns that begin as ``narrow`` does, as far as they have no wildcard or variable."""
        text = beginning(narrow)
        for length in self._lengths:
            yield from self._places.get(text[:length], ()) if length <= len(text) else ()


def covers(wide: Symbols, narrow: Symbols) -> bool:
    """Return whether ``wide`` certainly matches everything that ``narrow`` matches."""
    if isinstance(wide, str):
        return wide == narrow
    head = _past_head(wide, narrow)
    if head is None:
        return False
    if wide[head:] == _ANY_REST:
        return True
    if _past_head(wide[::-1], narrow[::-1]) is None or not _has_texts(wide, narrow):
        return False
    ends = [head]
    for symbol in wide[head:]:
        ends = _ends(symbol, narrow, ends)
        if not ends:
            return False
    return len(narrow) in ends


def _past_head(wide: Symbols, narrow: Symbols) -> int | None:
    """Return where the first wildcard of ``wide`` is; None if ``narrow`` differs before, as it nearly always does."""
    for at, symbol in enumerate(wide):
        if isinstance(symbol, _WILDCARDS):
            return at
        if at == len(narrow) or narrow[at] != symbol:
            return None
    return len(wide)


def _has_texts(wide: Symbols, narrow: Symbols) -> bool:
    """Say whether ``narrow`` has each text that ``wide`` has between its wildcards, as all that it covers do."""
    there = _texts(narrow)
    return all(any(text in each for each in there) for text in _texts(wide))


@lru_cache(_CACHED)
def _texts(symbols: Symbols) -> Sequence[str]:
    """Return the texts of a pattern between its wildcards and variables."""
    if isinstance(symbols, str):
        return (symbols,)
    return tuple("".join(map(str, group)) for of_text, group in groupby(symbols, _is_character) if of_text)


def _ends(symbol: Symbol, narrow: Symbols, starts: Sequence[int]) -> list[int]:
    """Return where the symbols that ``symbol`` matches can end if they begin at one of ``starts``; both ascend."""
    if not isinstance(symbol, Run):
        return [start + 1 for start in starts if start < len(narrow) and _swallows(symbol, narrow[start])]
    ends: list[int] = []
    for start in starts:
        if ends and start <= ends[-1]:
            continue
        ends += range(start, _end_of_run(symbol, narrow, start) + 1)
    return ends


def _end_of_run(run: Run, narrow: Symbols, start: int) -> int:
    if not run.in_field:
        return len(narrow)
    return next((at for at in range(start, len(narrow)) if _may_be_colon(narrow[at])), len(narrow))


def _swallows(symbol: Symbol, narrow: Symbol) -> bool:
    """Return whether ``symbol``, or each part of a run, matches everything that the symbol ``narrow`` does."""
    match symbol:
        case Run(in_field=in_field):
            return not (in_field and _may_be_colon(narrow))
        case One(in_field=in_field):
            return isinstance(narrow, SINGLE) and not (in_field and _may_be_colon(narrow))
        case _:
            return symbol == narrow


def _may_be_colon(symbol: Symbol) -> bool:
    return symbol == ":" if isinstance(symbol, str) else not symbol.in_field
