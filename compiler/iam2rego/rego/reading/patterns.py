"""Turns patterns into tests of one text.

Patterns without variables become texts, prefixes and globs. A variable's value is only compared, never part of a glob (V6). So patterns
with variables are split at their stars into chunks, which must occur in a text in order.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from iam2rego.rego.reading.pieces import Fixed, Hole, One, Piece, Pieces, Run
from iam2rego.rego.reading.texts import (
    AnyPattern,
    Chunks,
    ConstantTest,
    Contains,
    EndsWith,
    Equal,
    EqualFolded,
    Fields,
    Like,
    LikeAny,
    OneOf,
    Ordered,
    PatternTest,
    Resource,
    StartsWith,
    TextTest,
    Words,
)

_FIELDS: Final = 6
_COLON: Final = Fixed(":")
_GLOB_SPECIALS: Final = re.compile(r"[\[\]{}\\*?]")
_ANY_ONE: Final = "[!\ufffd]"
"""Matches one character including colons, which `?` does not match with a delimiter. No request contains U+FFFD, and OPA would try
both alternatives of ``{?,:}``."""


def is_fixed(pieces: Pieces) -> bool:
    """Return whether a pattern is only literal text."""
    return all(isinstance(piece, Fixed) for piece in pieces)


def is_prefix(pieces: Pieces) -> bool:
    """Return whether a pattern is literal text followed by an unlimited run."""
    match pieces:
        case (Fixed(), Run(crosses=True)):
            return True
    return False


def is_simple(pieces: Pieces) -> bool:
    """Return whether a pattern can be a text, a prefix or a glob: it has no variables, and OPA's time for the glob is bounded.

    A glob takes time proportional to its length times that of the text, unless two stars stay inside the same field: OPA tries all ways to
    divide a field between them. Such a pattern is split into chunks instead.
    """
    has_variable = any(isinstance(piece, Hole) for piece in pieces)
    return not has_variable and not any(map(_is_shared_by_stars, _split_fields(pieces)))


def _is_shared_by_stars(field: Pieces) -> bool:
    return sum(isinstance(piece, Run) and not piece.crosses for piece in field) > 1


def fixed_text(pieces: Iterable[Piece]) -> str:
    """Return the literal text of a pattern."""
    return "".join(piece.text for piece in pieces if isinstance(piece, Fixed))


def constant_test(patterns: Sequence[Pieces]) -> ConstantTest:
    """Return the test that any of ``patterns`` matches; there is at least one, and all are simple."""
    if all(map(is_fixed, patterns)):
        return OneOf(tuple(dict.fromkeys(map(fixed_text, patterns))))
    by_field = any(map(_stays_inside, patterns))
    if len(patterns) > 1:
        return LikeAny(tuple(dict.fromkeys(glob(pieces, by_field=by_field) for pieces in patterns)), by_field)
    (only,) = patterns
    return StartsWith(_words(only)) if is_prefix(only) else Like(glob(only, by_field=by_field), by_field)


def pattern_test(pieces: Pieces) -> PatternTest:
    """Return the shortest test for a pattern."""
    if _stays_inside(pieces):
        fields, crossing = tuple(map(_chunks, _split_fields(pieces))), _crossing_fields(pieces)
        return Resource(fields, crossing) if crossing else Fields(fields)
    if any(isinstance(piece, One) for piece in pieces):
        return Ordered(_chunks(pieces))
    match [isinstance(piece, Run) for piece in pieces]:
        case [True, *inner, True] if inner and not any(inner):
            return Contains(_words(pieces))
        case [True, *others] if not any(others):
            return EndsWith(_words(pieces))
        case [*others, True] if not any(others):
            return StartsWith(_words(pieces))
        case runs if not any(runs):
            return Equal(_words(pieces))
    return Ordered(_chunks(pieces))


def folded_test(pieces: Pieces) -> PatternTest:
    """Return the test for a text ignoring case (C12)."""
    return EqualFolded(_words(pieces))


def text_test(
    patterns: Sequence[Pieces],
    constant: Callable[[Sequence[Pieces]], ConstantTest] = constant_test,
    pattern: Callable[[Pieces], PatternTest] = pattern_test,
) -> TextTest:
    """Return the test that any of ``patterns`` matches; there is at least one.

    Args:
        patterns: patterns of any form.
        constant: returns the test for any of some simple patterns.
        pattern: returns the test for one pattern of any form.
    """
    simple = [each for each in patterns if is_simple(each)]
    others = [each for each in patterns if not is_simple(each)]
    if not others:
        return constant(simple)
    return AnyPattern(tuple(map(pattern, patterns)), constant(simple) if simple else None, tuple(map(pattern, others)))


def glob(pieces: Iterable[Piece], *, by_field: bool) -> str:
    """Write a pattern as a glob of OPA, with colons as delimiters if ``by_field``."""
    return "".join(_glob_piece(piece, by_field) for piece in pieces)


def _glob_piece(piece: Piece, by_field: bool) -> str:
    match piece:
        case Fixed(text=text):
            return _GLOB_SPECIALS.sub(r"\\\g<0>", text)
        case Run(crosses=crosses):
            return "**" if crosses and by_field else "*"
        case One(crosses=crosses):
            return _ANY_ONE if crosses and by_field else "?"
        case Hole():
            raise AssertionError("a variable is never part of a glob")


def _stays_inside(pieces: Iterable[Piece]) -> bool:
    """Return whether some wildcard of a pattern stays inside its field."""
    return any(isinstance(piece, Run | One) and not piece.crosses for piece in pieces)


def _words(pieces: Pieces) -> Words:
    """Return the literals and variables of a pattern."""
    return tuple(piece for piece in pieces if isinstance(piece, Fixed | Hole))


def _chunks(pieces: Pieces) -> Chunks:
    """Split a pattern at its stars."""
    return tuple(tuple(map(_words, _cut(chunk, One))) for chunk in _cut(pieces, Run))


def _split_fields(pieces: Pieces) -> list[Pieces]:
    """Split the pattern of an ARN into six fields, at its first five colons."""
    fields: list[list[Piece]] = [[]]
    for piece in chain.from_iterable(map(_at_colons, pieces)):
        if piece == _COLON and len(fields) < _FIELDS:
            fields.append([])
        else:
            fields[-1].append(piece)
    return list(map(tuple, fields))


def _crossing_fields(pieces: Pieces) -> tuple[int, ...]:
    """Return the indices of the fields, except the last, that end with a star that crosses colons (R7)."""
    fields = _split_fields(pieces)[:-1]
    return tuple(index for index, field in enumerate(fields) if any(isinstance(piece, Run) and piece.crosses for piece in field))


def _cut(pieces: Pieces, kind: type[Run | One]) -> list[Pieces]:
    cut: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, kind):
            cut.append([])
        else:
            cut[-1].append(piece)
    return list(map(tuple, cut))


def _at_colons(piece: Piece) -> Iterator[Piece]:
    """Yield a literal's colons and the texts between them."""
    if not isinstance(piece, Fixed):
        yield piece
        return
    for number, text in enumerate(piece.text.split(":")):
        if number:
            yield _COLON
        if text:
            yield Fixed(text)
