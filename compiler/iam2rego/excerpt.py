"""Shows a place in a line of text by carets below it."""

from collections.abc import Callable
from typing import Final
from unicodedata import combining, east_asian_width

from iam2rego.source import Span

_WIDEST: Final = 120


def marked(line: str, span: Span, clean: Callable[[str], str] = str) -> tuple[str, str]:
    """Return the first line of ``span`` and the carets below it; of a very long line, only the part around the place.

    What is shown is cleaned, character by character: a line may be a file of many megabytes.
    """
    end = span.end_column if span.end_line == span.line else len(line) + 1
    first = max(0, span.column - 1 - _WIDEST // 2) if len(line) > _WIDEST else 0
    shown = clean(line[first : first + _WIDEST].replace("\t", " "))
    before, within = shown[: span.column - 1 - first], shown[span.column - 1 - first : end - 1 - first]
    return shown, f"{' ' * _cells(before)}{'^' * max(1, _cells(within))}"


def _cells(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes: two for a wide character, none for a combining one."""
    return sum(0 if combining(character) else 2 if east_asian_width(character) in ("W", "F") else 1 for character in text)
