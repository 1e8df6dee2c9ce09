"""Tests of one text against patterns, each one term.

Patterns without variables are texts, prefixes and globs. Those with variables are texts in order: a variable's value is only ever
compared, never part of a pattern (V6), and OPA caches no pattern from a request.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from iam2rego.rego.modules.tree import Array, Call, Infix, Name, Null, Number, Set, String, Term
from iam2rego.rego.reading.ordered import (
    Form,
    Part,
    Parts,
    Words,
    crossing_fields,
    fields_of,
    form_of,
    parts_of,
    split_fields,
    stays_inside,
    words_of,
)
from iam2rego.rego.reading.pieces import Fixed, Hole, One, Piece, Pieces, Run

_GLOB_SPECIALS: Final = re.compile(r"[\[\]{}\\*?]")
_ANY_ONE: Final = "[!\ufffd]"
"""One character, colons too, where a delimiter keeps `?` from them: no request holds U+FFFD. OPA tries each of ``{?,:}`` in turn."""

_COLON: Final = Array((String(":"),))
_NONE: Final = Null()

TEXT: Final = Name("text")
"""The parameter of every helper function."""


def is_constant(pieces: Pieces) -> bool:
    """Say whether a pattern has no variable."""
    return not any(isinstance(piece, Hole) for piece in pieces)


def is_simple(pieces: Pieces) -> bool:
    """Say whether a pattern can be a text, a prefix or a glob: it has no variable, and OPA's work for the glob is bounded.

    A glob costs the length of its text times its own, as long as no two stars stay inside the same field: OPA tries all ways to share
    a field between them. Such a pattern is put in order instead.
    """
    return is_constant(pieces) and not any(map(_is_shared_by_stars, split_fields(pieces)))


def _is_shared_by_stars(field: Pieces) -> bool:
    return sum(isinstance(piece, Run) and not piece.crosses for piece in field) > 1


def is_fixed(pieces: Pieces) -> bool:
    """Say whether a pattern is nothing but literal text."""
    return all(isinstance(piece, Fixed) for piece in pieces)


def is_prefix(pieces: Pieces) -> bool:
    """Say whether a pattern is literal text and any run after it, wherever that ends."""
    match pieces:
        case (Fixed(), Run(crosses=True)):
            return True
    return False


def fixed_text(pieces: Iterable[Piece]) -> str:
    """Return the literal text of a pattern."""
    return "".join(piece.text for piece in pieces if isinstance(piece, Fixed))


def constant_test(patterns: Sequence[Pieces], subject: Term) -> Term:
    """Return the term that is true when ``subject`` matches one of ``patterns``; there is at least one, and none has variables."""
    if all(map(is_fixed, patterns)):
        return equals([fixed_text(each) for each in patterns], subject)
    if len(patterns) == 1:
        return _single(patterns[0], subject)
    inside_fields = any(map(stays_inside, patterns))
    globs = tuple(String(each) for each in dict.fromkeys(glob(pieces, inside_fields) for pieces in patterns))
    return Call("pattern.arn_like" if inside_fields else "pattern.like", (subject, Set(globs)))


def equals(texts: Sequence[str], subject: Term) -> Term:
    """Return the term that is true when ``subject`` is one of ``texts``."""
    return one_of([String(text) for text in dict.fromkeys(texts)], subject)


def one_of(values: Sequence[Term], subject: Term) -> Term:
    """Return the term that is true when ``subject`` is one of ``values``."""
    return Infix(subject, "==", values[0]) if len(values) == 1 else Infix(subject, "in", Set(tuple(values)))


def ordered_test(pieces: Pieces, subject: Term) -> Term:
    """Return the term that is true when ``subject`` matches a pattern of any form.

    It is undefined where a variable has no value (V7), so never negate it.
    """
    match form_of(pieces):
        case Form.EQUAL:
            return Infix(subject, "==", _joined(words_of(pieces)))
        case Form.STARTS | Form.ENDS | Form.HOLDS as form:
            return Call(_ONE_TEXT[form], (subject, _joined(words_of(pieces))))
        case Form.ORDERED:
            return Call("ordered.matches", (subject, _parts(parts_of(pieces))))
        case Form.FIELDS:
            return Call("ordered.matches_fields", (subject, _fields(pieces)))
        case Form.RESOURCE:
            crossing = Set(tuple(Number(str(index)) for index in crossing_fields(pieces)))
            return Call("ordered.matches_resource", (subject, _fields(pieces), crossing))


_ONE_TEXT: Final = {Form.STARTS: "startswith", Form.ENDS: "endswith", Form.HOLDS: "contains"}


def folded_test(pieces: Pieces, subject: Term) -> Term:
    """Return the term that is true when ``subject``, which is folded already, is a text with variables but for its case (C12)."""
    return Infix(subject, "==", Call("lower", (_joined(words_of(pieces)),)))


def _single(pieces: Pieces, subject: Term) -> Term:
    if is_fixed(pieces):
        return equals([fixed_text(pieces)], subject)
    if is_prefix(pieces):
        return Call("startswith", (subject, String(fixed_text(pieces))))
    inside_fields = stays_inside(pieces)
    pattern = String(glob(pieces, inside_fields))
    if inside_fields and subject == TEXT:
        return Call("pattern.arn_like", (subject, Set((pattern,))))  # OPA's index of a parameter splits at colons, and misreads backslashes
    return Call("glob.match", (pattern, _COLON if inside_fields else _NONE, subject))


def glob(pieces: Iterable[Piece], inside_fields: bool) -> str:
    """Write a pattern for ``glob.match``: delimited by colons where some wildcard stays inside its field, else by nothing."""
    return "".join(_glob_piece(piece, inside_fields) for piece in pieces)


def _glob_piece(piece: Piece, inside_fields: bool) -> str:
    match piece:
        case Fixed(text=text):
            return _GLOB_SPECIALS.sub(r"\\\g<0>", text)
        case Run(crosses=crosses):
            return "**" if crosses and inside_fields else "*"
        case One(crosses=crosses):
            return _ANY_ONE if crosses and inside_fields else "?"
        case Hole():
            raise AssertionError("a variable is never part of a glob")


def _fields(pieces: Pieces) -> Term:
    return Array(tuple(map(_parts, fields_of(pieces))))


def _parts(parts: Parts) -> Term:
    return Array(tuple(map(_part, parts)))


def _part(part: Part) -> Term:
    texts = tuple(map(_joined, part))
    return texts[0] if len(texts) == 1 else Array(texts)


def _joined(words: Words) -> Term:
    terms = tuple(String(word.text) if isinstance(word, Fixed) else value_of(word) for word in words)
    match terms:
        case ():
            return String("")
        case (only,):
            return only
    return Call("concat", (String(""), Array(terms)))


def value_of(hole: Hole) -> Term:
    """Return the call that resolves a variable; undefined where it is unresolvable (V7), or does not fit into its field (V9)."""
    function = "context.field_variable" if hole.bounded else "context.variable"
    key = String(fold(hole.key))
    return Call(function, (key,)) if hole.default is None else Call(f"{function}_or", (key, String(hole.default)))


def fold(text: str) -> str:
    """Lower-case code point by code point, as OPA's ``lower`` does (N1): only U+0130 has more than one in Python."""
    return text.lower() if text.isascii() else "".join("i" if each == "\u0130" else each.lower() for each in text)
