"""Texts that a pattern should match, and patterns that differ from it by one character.

Nothing here decides whether a text matches: the generator guesses, the engines decide.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, assert_never

from iam2rego.ir.pattern import AnyOne, AnyRun, Pattern, Segment, Text, Variable

Texts = Mapping[str, str]
"""The values of variables: lower-cased key to text."""


@dataclass(frozen=True, slots=True)
class Filling:
    """The texts that replace ``*`` and ``?``."""

    run: str
    one: str


PLAIN: Final = Filling("x1", "x")
NO_TEXTS: Final[Texts] = {}


def fold(key: str) -> str:
    """Return ``key`` in the form in which the generator compares keys."""
    return key.lower()


def fill(pattern: Pattern, filling: Filling = PLAIN, texts: Texts = NO_TEXTS) -> str:
    """Return a text for ``pattern``: wildcards filled, variables replaced by their text, their default or nothing."""
    return "".join(_piece(segment, filling, texts) for segment in pattern)


def _piece(segment: Segment, filling: Filling, texts: Texts) -> str:
    match segment:
        case Text(text=text):
            return text
        case AnyRun():
            return filling.run
        case AnyOne():
            return filling.one
        case Variable(key=key, default=default):
            return texts.get(fold(key)) or default or ""
        case _:
            assert_never(segment)


def near(pattern: Pattern) -> Iterator[Pattern]:
    """Yield ``pattern`` with one literal changed by a character or in case, and without a ``*`` between two literals that overlap."""
    for place, segment in enumerate(pattern):
        if isinstance(segment, Text):
            yield from (_replaced(pattern, place, place + 1, text) for text in near_texts(segment.text))
    yield from _overlapping(pattern)


def _overlapping(pattern: Pattern) -> Iterator[Pattern]:
    """Yield texts that begin and end like ``pattern`` but are too short for it: ``a/x`` for ``a/*/x``."""
    for place in range(1, len(pattern) - 1):
        before, run, after = pattern[place - 1 : place + 2]
        if isinstance(before, Text) and isinstance(run, AnyRun) and isinstance(after, Text):
            shared = next((size for size in range(len(after.text), 0, -1) if before.text.endswith(after.text[:size])), 0)
            if shared:
                yield _replaced(pattern, place, place + 2, after.text[shared:])


def _replaced(pattern: Pattern, start: int, end: int, text: str) -> Pattern:
    """Return ``pattern`` with ``text`` in place of some segments; an empty text removes them."""
    return (*pattern[:start], *((Text(text=text),) if text else ()), *pattern[end:])


def near_texts(text: str) -> tuple[str, ...]:
    """Return variants of the non-empty ``text``: a character changed, dropped and added at both ends, and other letter case."""
    middle = len(text) // 2
    return (
        text[:-1] + other(text[-1]),
        text[:-1],
        text + "x",
        other(text[0]) + text[1:],
        text[1:],
        "x" + text,
        text[:middle] + other(text[middle]) + text[middle + 1 :],
        text.swapcase(),
    )


def other(character: str) -> str:
    """Return another character of the same kind: a digit for a digit, a letter for anything else."""
    if character.isdigit():
        return "1" if character == "0" else "0"
    return "y" if character == "x" else "x"


def variables(pattern: Pattern) -> tuple[Variable, ...]:
    """Return the variables of ``pattern`` in order."""
    return tuple(segment for segment in pattern if isinstance(segment, Variable))
