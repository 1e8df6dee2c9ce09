"""Converts parts without placeholders to patterns of the IR."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Final

from iam2rego.ir.pattern import AnyOne, AnyRun, Pattern, Segment, Text, Variable
from iam2rego.syntax.parts import Chars, Part, Reference, Wildcard
from iam2rego.syntax.patterns import Parts, parse_action

_CACHED: Final = 8192


@lru_cache(_CACHED)
def to_pattern(parts: Parts) -> Pattern:
    """Return the segments of ``parts`` with adjacent text merged."""
    segments: list[Segment] = []
    for of_text, run in groupby(parts, lambda part: isinstance(part, Chars)):
        if not of_text:
            segments += map(_segment, run)
        elif text := _text(run):
            segments.append(Text(text=text))
    return tuple(segments)


@lru_cache(_CACHED)
def action_pattern(text: str) -> Pattern:
    """Return the segments of an action entry."""
    return to_pattern(parse_action(text))


def _segment(part: Part) -> Segment:
    match part:
        case Wildcard(spelling="*"):
            return AnyRun()
        case Wildcard():
            return AnyOne()
        case Reference(key=key, default=default):
            return Variable(key=_text(key), default=None if default is None else _text(default))
        case _:
            raise AssertionError(f"`{part.spelling}` is not filled")


def _text(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts if isinstance(part, Chars))


def without_wildcards(parts: Parts) -> Parts:
    """Return ``parts`` with ``*`` and ``?`` as plain characters, for operators without wildcards (C12)."""
    return tuple(Chars(part.spelling, part.spelling) if isinstance(part, Wildcard) else part for part in parts)
