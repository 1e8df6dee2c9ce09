"""Tests of one text against patterns.

Patterns without variables become one term. A pattern with variables becomes the body of a helper function: the text before the
first wildcard must be its prefix, the text after the last its suffix, and a variable between wildcards is looked for at every
position. So a variable's value is only ever compared, never part of a pattern (V6), and OPA caches no pattern from a request.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import count, takewhile
from typing import Final

from iam2rego.rego.pieces import Fixed, Hole, One, Piece, Pieces, Run
from iam2rego.rego.tree import Array, Call, Infix, Literal, Name, Not, Null, Number, Set, SomeIn, String, Term

_GLOB_SPECIALS: Final = re.compile(r"[\[\]{}\\*?]")
_COLON: Final = Array((String(":"),))
_NONE: Final = Null()

TEXT: Final = Name("text")
"""The parameter of every helper function."""


def is_constant(pieces: Pieces) -> bool:
    """Say whether a pattern has no variable."""
    return not any(isinstance(piece, Hole) for piece in pieces)


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


def stays_inside(pieces: Iterable[Piece]) -> bool:
    """Say whether some wildcard of a pattern stays inside its field."""
    return any(isinstance(piece, Run | One) and not piece.crosses for piece in pieces)


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


def variable_test(pieces: Pieces) -> tuple[Literal, ...]:
    """Return the body that is true when `TEXT` matches a pattern with variables."""
    return _VariableTest().body(pieces)


def variable_term(patterns: Sequence[Pieces], subject: Term) -> Term | None:
    """Return the one term that is true when ``subject`` matches the only pattern, if one is enough.

    It may be undefined, so never negate it.
    """
    body = variable_test(patterns[0]) if len(patterns) == 1 else ()
    match body:
        case (Infix(left=left, operator="==", right=right),) if left == TEXT:
            return Infix(subject, "==", right)
        case (Call(function=function, arguments=(first, edge)),) if first == TEXT:
            return Call(function, (subject, edge))
    return None


def folded_variable_test(pieces: Pieces) -> tuple[Literal, ...]:
    """Return the body that is true when `TEXT`, which is folded already, is a text with variables but for its case (C12)."""
    (equality,) = _VariableTest().body(pieces)
    assert isinstance(equality, Infix), "StringEqualsIgnoreCase has no wildcards, so one equality tests it"
    return (Infix(equality.left, "==", Call("lower", (equality.right,))),)


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
            return "{?,:}" if crosses and inside_fields else "?"
        case Hole():
            raise AssertionError("a variable is never part of a glob")


class _VariableTest:
    """Builds one body; numbers the variables of the body as it goes."""

    def __init__(self) -> None:
        self._literals: list[Literal] = []
        self._numbers = count(1)

    def body(self, pieces: Pieces) -> tuple[Literal, ...]:
        wildcards = [index for index, piece in enumerate(pieces) if isinstance(piece, Run | One)]
        if not wildcards:
            self._literals.append(Infix(TEXT, "==", self._joined(pieces)))
            return tuple(self._literals)
        first, last = wildcards[0], wildcards[-1]
        inner = self._cut("startswith", "trim_prefix", pieces[:first], TEXT, ends=pieces[first:] == (Run(crosses=True),))
        rest = pieces[first : last + 1]
        inner = self._cut("endswith", "trim_suffix", pieces[last + 1 :], inner, ends=rest == (Run(crosses=True),))
        self._middle(rest, inner)
        return tuple(self._literals)

    def _cut(self, test: str, trim: str, pieces: Pieces, subject: Name, *, ends: bool) -> Name:
        """Test for a prefix or suffix, and return what is left of ``subject``; nothing more is asked of it when this ``ends`` the test."""
        if not pieces:
            return subject
        edge = self._joined(pieces)
        if not ends and not isinstance(edge, String | Name):
            edge = self._let("edge", edge)
        self._literals.append(Call(test, (subject, edge)))
        return subject if ends else self._let("rest", Call(trim, (subject, edge)))

    def _middle(self, pieces: Pieces, subject: Name) -> None:
        """Match what starts and ends with a wildcard: at every position of its first variable, then what follows it."""
        if pieces == (Run(crosses=True),):
            return
        before = tuple(takewhile(lambda piece: not isinstance(piece, Hole), pieces))
        if len(before) == len(pieces):
            self._literals.append(_single(pieces, subject))
            return
        hole, after = pieces[len(before)], pieces[len(before) + 1 :]
        value = self._value(hole)
        if not isinstance(value, Name):
            value = self._let("value", value)
        position = self._name("position")
        self._literals.append(SomeIn(position.path, Call("pattern.positions", (subject, value))))
        self._literals.append(_single(before, Call("substring", (subject, Number("0"), position))))
        if after == (Run(crosses=True),):
            return
        end = Infix(position, "+", Call("count", (value,)))
        self._middle(after, self._let("rest", Call("substring", (subject, end, Number("-1")))))

    def _joined(self, pieces: Pieces) -> Term:
        terms = tuple(String(piece.text) if isinstance(piece, Fixed) else self._value(piece) for piece in pieces)
        return terms[0] if len(terms) == 1 else Call("concat", (String(""), Array(terms)))

    def _value(self, piece: Piece) -> Term:
        assert isinstance(piece, Hole)
        value = value_of(piece)
        if not piece.bounded:
            return value
        bounded = self._let("value", value)
        self._literals.append(Not(Call("contains", (bounded, String(":")))))
        return bounded

    def _let(self, word: str, term: Term) -> Name:
        name = self._name(word)
        self._literals.append(Infix(name, ":=", term))
        return name

    def _name(self, word: str) -> Name:
        return Name(f"{word}_{next(self._numbers)}")


def value_of(hole: Hole) -> Term:
    """Return the call that resolves a variable; undefined where it is unresolvable (V7)."""
    key = String(fold(hole.key))
    return Call("context.variable", (key,)) if hole.default is None else Call("context.variable_or", (key, String(hole.default)))


def fold(text: str) -> str:
    """Lower-case code point by code point, as OPA's ``lower`` does (N1): only U+0130 has more than one in Python."""
    return text.lower() if text.isascii() else "".join("i" if each == "\u0130" else each.lower() for each in text)
