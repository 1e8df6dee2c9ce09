"""Converts offsets to spans, spans to text, and offsets in a decoded JSON string to places."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from iam2rego.source import Source, Span

_UNIT: Final = re.compile(r"\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.|.", re.DOTALL)
"""One character as spelled inside a JSON string: a surrogate pair, an escape, or the character."""

_LITERAL: Final = re.compile(r'"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+"')
"""A JSON string. YAML has other escapes too, and may break its strings over lines."""


def at(text: str, start: int, end: int | None = None, *, first_line: int = 1) -> Span:
    """Return the span of ``text[start:end]``; without ``end``, of the character at ``start``."""
    line, column = _place(text, start, first_line)
    if end is None:
        return Span(line, column, line, column + 1)
    return Span(line, column, *_place(text, end, first_line))


def _place(text: str, offset: int, first_line: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + first_line, offset - text.rfind("\n", 0, offset)


def text_of(source: Source, span: Span) -> str:
    """Return the text that ``span`` covers."""
    if span.line == span.end_line:
        return source.lines[span.line - source.first_line][span.column - 1 : span.end_column - 1]
    return source.cut(span)


def within(source: Source, span: Span, start: int, end: int) -> Span:
    """Return the span of the characters from ``start`` to ``end`` of the decoded string at ``span``.

    It is the whole ``span`` where the text there is not the JSON literal of the string: a YAML scalar without quotes, a function of
    CloudFormation that gives the string.
    """
    edges, first = _edges(source, span), span.column + 1
    if edges is None or end >= len(edges):
        return span
    return Span(span.line, first + edges[start], span.line, first + edges[end])


@lru_cache(1)
def _edges(source: Source, span: Span) -> Sequence[int] | None:
    """Return where each character of a JSON string starts; cached, because one string may need half a million places."""
    text = text_of(source, span)
    if span.line != span.end_line or not _LITERAL.fullmatch(text):
        return None
    spelled = text[1:-1]
    if "\\" not in spelled:
        return range(len(spelled) + 1)
    return (0, *(unit.end() for unit in _UNIT.finditer(spelled)))
