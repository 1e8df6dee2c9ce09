"""Converts parts without placeholders to patterns of the IR."""

from collections.abc import Iterable
from itertools import groupby

from iam2rego.ir.pattern import AnyOne, AnyRun, Pattern, Segment, Text, Variable
from iam2rego.source import Span
from iam2rego.syntax.parts import Chars, Part, Reference, Wildcard
from iam2rego.syntax.patterns import Parts


def to_pattern(parts: Parts, span: Span) -> Pattern:
    """Return the segments of ``parts`` with adjacent text merged; all have the span of their string."""
    segments: list[Segment] = []
    for of_text, run in groupby(parts, lambda part: isinstance(part, Chars)):
        if not of_text:
            segments += [_segment(part, span) for part in run]
        elif text := _text(run):
            segments.append(Text(text=text, span=span))
    return tuple(segments)


def _segment(part: Part, span: Span) -> Segment:
    match part:
        case Wildcard(spelling="*"):
            return AnyRun(span=span)
        case Wildcard():
            return AnyOne(span=span)
        case Reference(key=key, default=default):
            return Variable(key=_text(key), default=None if default is None else _text(default), span=span)
        case _:
            raise AssertionError(f"`{part.spelling}` is not filled")


def _text(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts if isinstance(part, Chars))


def without_wildcards(parts: Parts) -> Parts:
    """Return ``parts`` with ``*`` and ``?`` as plain characters, for operators without wildcards (C12)."""
    return tuple(Chars(part.spelling, part.spelling) if isinstance(part, Wildcard) else part for part in parts)
