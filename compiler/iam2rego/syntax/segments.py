"""Parts without placeholders to the patterns of the intermediate representation."""

from iam2rego.ir.pattern import AnyOne, AnyRun, Pattern, Segment, Text, Variable
from iam2rego.source import Span
from iam2rego.syntax.parts import Chars, Placeholder, Reference, Wildcard
from iam2rego.syntax.patterns import Parts


def to_pattern(parts: Parts, span: Span) -> Pattern:
    """Return the segments of ``parts``, adjacent text merged; all carry the span of the string they stand in."""
    segments: list[Segment] = []
    text = ""
    for part in parts:
        if isinstance(part, Chars):
            text += part.text
            continue
        if text:
            segments.append(Text(text=text, span=span))
            text = ""
        segments.append(_segment(part, span))
    if text:
        segments.append(Text(text=text, span=span))
    return tuple(segments)


def _segment(part: Wildcard | Placeholder | Reference, span: Span) -> Segment:
    match part:
        case Wildcard(spelling="*"):
            return AnyRun(span=span)
        case Wildcard():
            return AnyOne(span=span)
        case Reference(key=key, default=default):
            return Variable(key=_text(key), default=None if default is None else _text(default), span=span)
        case Placeholder():
            raise AssertionError(f"`{part.spelling}` is not filled")


def _text(parts: tuple[Chars | Placeholder, ...]) -> str:
    return "".join(part.text for part in parts if isinstance(part, Chars))


def without_wildcards(parts: Parts) -> Parts:
    """Return ``parts`` with ``*`` and ``?`` as the characters that they are where no wildcard is known (C12)."""
    return tuple(Chars(part.spelling, part.spelling) if isinstance(part, Wildcard) else part for part in parts)
