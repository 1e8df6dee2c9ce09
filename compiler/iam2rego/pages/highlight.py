"""Colours JSON and Rego: each word of these gets a class of the style sheet by its kind."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from markupsafe import Markup, escape

from iam2rego.diagnostics import printable

_TAB_WIDTH: Final = 2
_STRING: Final = r'"(?:[^"\\]|\\.)*"'
_PATTERNS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "json": re.compile(rf"(?P<k>{_STRING}(?=\s*:))|(?P<s>{_STRING})|(?P<n>-?\b\d[\d.eE+-]*)|(?P<w>\b(?:true|false|null)\b)"),
        "rego": re.compile(
            rf"(?P<c>#.*)|(?P<s>{_STRING}|`[^`]*`)|(?P<n>\b\d[\d.]*\b)"
            r"|(?P<w>\b(?:package|import|as|default|if|else|contains|some|every|in|not|with|true|false|null)\b)"
        ),
    }
)
"""For each language, what its parts look like: keys, strings, numbers, words of the language, comments."""


def highlighted(text: str, language: str) -> Markup:
    """Return a line with its parts in elements, and with nothing in it that reorders or hides text."""
    shown = visible(text)
    pieces: list[str] = []
    end = 0
    for found in _PATTERNS[language].finditer(shown):
        pieces += [escape(shown[end : found.start()]), f'<span class="{found.lastgroup}">{escape(found[0])}</span>']
        end = found.end()
    return Markup("".join([*pieces, escape(shown[end:])]))


def worded(text: str) -> Markup:
    """Return a message with what is between backticks as code."""
    pieces = enumerate(visible(text).split("`"))
    return Markup("".join(f"<code>{escape(piece)}</code>" if number % 2 else escape(piece) for number, piece in pieces))


def visible(text: str) -> str:
    """Replace characters that reorder or hide text, such as bidirectional marks, so that a page shows what a policy really says."""
    return printable(text.expandtabs(_TAB_WIDTH))
