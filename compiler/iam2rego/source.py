"""Texts that policies are read from, and places in them."""

import textwrap
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source text.

    Lines and columns count from 1, columns in characters. The end is exclusive: it is the place just after the last character.
    """

    line: int
    column: int
    end_line: int
    end_column: int

    def to(self, last: "Span") -> "Span":
        """Return the stretch from the start of this span to the end of ``last``."""
        return Span(self.line, self.column, last.end_line, last.end_column)

    def encloses(self, other: "Span") -> bool:
        """Return whether all of ``other`` is in this span."""
        starts, ends = (self.line, self.column) <= (other.line, other.column), (other.end_line, other.end_column)
        return starts and ends <= (self.end_line, self.end_column)


@dataclass(frozen=True)
class Source:
    """A text and the name that messages give it: a path relative to what the user named, ``-``, or a member of a policy set.

    `first_line` is the number of its first line in the file, where the text is one of the lines of that: places count from there.
    """

    name: str
    text: str
    first_line: int = 1

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text, split at U+000A only, as JSON's own line count does."""
        return tuple(self.text.split("\n"))

    @cached_property
    def _shown(self) -> tuple[str, ...]:
        return tuple(line.rstrip("\r") for line in self.lines)

    def line(self, number: int) -> str:
        """Return line ``number`` of the file, or an empty text when there is none."""
        index = number - self.first_line
        return self._shown[index] if 0 <= index < len(self._shown) else ""

    def cut(self, span: Span) -> str:
        """Return the stretch of the text that ``span`` names."""
        before = self.first_line
        lines = list(self.lines[span.line - before : span.end_line - before + 1])
        lines[-1] = lines[-1][: span.end_column - 1]  # the end first: both may be in one line
        lines[0] = lines[0][span.column - 1 :]
        return "\n".join(lines)

    def excerpt(self, span: Span) -> tuple[str, ...]:
        """Return the lines of ``span`` without the white space that all of them begin with; a tab is one space."""
        first = self.line(span.line)
        indent = first[: len(first) - len(first.lstrip())]  # other text before the span is not indentation
        text = (indent + self.cut(span)).replace("\r\n", "\n").replace("\t", " ")
        return tuple(textwrap.dedent(text).split("\n"))
