"""Fixes: edits of a text by places in it, which leave all other characters as they are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ParamSpec, TypeAlias

from iam2rego.diagnostics import Diagnostic
from iam2rego.source import Span

Given = ParamSpec("Given")


class Safety(StrEnum):
    """What applies a fix.

    `SAFE`: ``--fix``, if the fixed policy is proven to mean the same (`iam2rego.fixing`). `UNSAFE`: only ``--unsafe-fixes``.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts ``text`` in the place of a stretch of the source; the stretch of an insertion is empty."""

    span: Span
    text: str = ""

    @property
    def start(self) -> tuple[int, int]:
        """The line and column of its first character."""
        return self.span.line, self.span.column

    @property
    def end(self) -> tuple[int, int]:
        """The line and column after its last character."""
        return self.span.end_line, self.span.end_column


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that together remove one finding: what they do, in a few words, and what may apply them."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety

    @property
    def start(self) -> tuple[int, int]:
        """The place of its first edit."""
        return min(each.start for each in self.edits)


def identity(finding: Diagnostic) -> tuple[str, str, Span | None, str]:
    """Return what tells a finding from others, whatever level it is given."""
    return str(finding.code), finding.source.name, finding.span, finding.message


Remedy: TypeAlias = Callable[[], Fix | None]
"""Makes a fix, or None if there are no edits. Most runs print findings only, so nothing is edited before somebody wants it."""


def safe(title: str, edits: Callable[Given, Iterable[Edit]], *args: Given.args, **kwargs: Given.kwargs) -> Remedy:
    """Return what makes a fix that should keep the meaning of the policy; ``edits`` returns its edits, from the other arguments."""
    return lambda: made(title, edits(*args, **kwargs), Safety.SAFE)


def unsafe(title: str, edits: Callable[Given, Iterable[Edit]], *args: Given.args, **kwargs: Given.kwargs) -> Remedy:
    """Return the same for a fix that changes the meaning of the policy, or that the author should see."""
    return lambda: made(title, edits(*args, **kwargs), Safety.UNSAFE)


def made(title: str, edits: Iterable[Edit], safety: Safety) -> Fix | None:
    """Return a fix; None if there are no edits."""
    all_ = tuple(edits)
    return Fix(title, all_, safety) if all_ else None
