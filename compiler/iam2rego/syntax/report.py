"""Collects diagnostics while a policy is read, and makes some of them warnings under `--lenient`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, Level
from iam2rego.source import Source, Span

_LONGEST_QUOTE: Final = 100


@dataclass(frozen=True)
class Report:
    """The diagnostics of one document, in the order of discovery.

    Where a code has several issue codes of IAM Access Analyzer, or not always one, ``aws`` is the one for the place.
    """

    source: Source
    lenient: bool = False
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def error(self, code: Code, span: Span, message: str, hint: str = "", aws: str | None = None) -> None:
        """Report an error in both modes."""
        self._add(Level.ERROR, code, span, message, hint, aws)

    def tolerate(self, code: Code, span: Span, message: str, hint: str = "", aws: str | None = None) -> None:
        """Report an error, which is a warning in lenient mode (docs/semantics.md, "Lenient mode")."""
        self._add(Level.WARNING if self.lenient else Level.ERROR, code, span, message, hint, aws)

    def warn(self, code: Code, span: Span, message: str, hint: str = "", aws: str | None = None) -> None:
        """Report something that AWS accepts although it is hardly meant."""
        self._add(Level.WARNING, code, span, message, hint, aws)

    @property
    def failed(self) -> bool:
        """Whether there is an error among the diagnostics."""
        return any(diagnostic.level is Level.ERROR for diagnostic in self.diagnostics)

    def _add(self, level: Level, code: Code, span: Span, message: str, hint: str, aws: str | None) -> None:
        self.diagnostics.append(Diagnostic(code, message, self.source, span, hint, level, aws))


def quote(text: str) -> str:
    """Return a user's text in backticks, shortened if it is long."""
    if not text:
        return "an empty string"
    return f"`{text}`" if len(text) <= _LONGEST_QUOTE else f"`{text[:_LONGEST_QUOTE]}...`"


def closest(word: str, choices: Sequence[str]) -> str | None:
    """Return the choice most similar to ``word``, ignoring letter case; None if none is similar."""
    folded = {choice.lower(): choice for choice in choices}
    close = get_close_matches(word.lower(), folded, 1) if len(word) <= _LONGEST_QUOTE else []
    return folded[close[0]] if close else None


def suggestion(word: str, choices: Sequence[str], otherwise: str = "") -> str:
    """Return a hint that names the closest choice, or ``otherwise`` if none is close."""
    choice = closest(word, choices)
    return f"did you mean {quote(choice)}?" if choice else otherwise


def did_you_mean(word: str, choices: Sequence[str]) -> str:
    """Return a hint that names the closest choice, or all choices if none is close."""
    return suggestion(word, choices, "expected " + " or ".join(f"`{choice}`" for choice in choices))
