"""Fixes: edits of a text by places in it, which leave all other characters as they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from iam2rego.diagnostics import Diagnostic
from iam2rego.source import Span


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


def safe(title: str, edits: Iterable[Edit]) -> Fix | None:
    """Return a fix that should keep the meaning of the policy; None if there are no edits."""
    return _fix(title, edits, Safety.SAFE)


def unsafe(title: str, edits: Iterable[Edit]) -> Fix | None:
    """Return a fix that changes the meaning of the policy, or that the author should see; None if there are no edits."""
    return _fix(title, edits, Safety.UNSAFE)


def _fix(title: str, edits: Iterable[Edit], safety: Safety) -> Fix | None:
    made = tuple(edits)
    return Fix(title, made, safety) if made else None
