"""The findings of `check` as a page for a browser."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Final

from iam2rego import pages
from iam2rego.catalogue.services import catalogue
from iam2rego.cli.commands.check.printing import Report, summary
from iam2rego.diagnostics import Diagnostic, Level, related
from iam2rego.lint.registry import all_findings

_ROOM: Final = 2_000
"""How many findings a page shows."""
_MOST_LINES: Final = 8
_WIDEST: Final = 400
"""How many lines of a text are shown, and how many characters of a line."""

_SIGNS: Final[Mapping[str, str]] = MappingProxyType({Level.ERROR: "✗", Level.SECURITY: "‼", Level.WARNING: "▲", Level.NOTICE: "○"})


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding; `lines` have numbers, texts, and whether the finding is about them."""

    anchor: str
    code: str
    level: str
    line: int | None
    message: str
    hint: str
    lines: Sequence[tuple[int, str, bool]]
    related: Sequence[str]


@dataclass(frozen=True, slots=True)
class FileView:
    """A file with its findings, and how many there are of each level, by its name."""

    name: str
    counts: Mapping[str, int]
    findings: Sequence[FindingView]


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code with its gravest level here, and how often it was found."""

    code: str
    level: str
    summary: str
    count: int


def check_page(report: Report, named: Sequence[str]) -> str:
    """Return the page; ``named`` are the sources as the user named them."""
    shown = report.findings[:_ROOM]
    return pages.html(
        "check.html",
        "check",
        named,
        standing=pages.Standing.DISAGREE if any(map(report.counts, report.findings)) else pages.Standing.AGREE,
        verdict=summary(report),
        sources_count=len(report.sources),
        catalogue=catalogue().source,
        fixed=report.summary,
        codes=list(_codes(report.findings)),
        files=list(_files(shown)),
        shown=len(shown),
        left_out=len(report.findings) - len(shown),
        signs=_SIGNS,
    )


def _codes(findings: Sequence[Diagnostic]) -> Iterator[CodeView]:
    """Yield the codes, the gravest and most frequent first."""
    counts = Counter(str(each.code) for each in findings)
    order = list(Level)
    levels = {code: min((each.level for each in findings if each.code == code), key=order.index) for code in counts}
    for code, count in sorted(counts.items(), key=lambda each: (order.index(levels[each[0]]), -each[1], each[0])):
        yield CodeView(code, levels[code], all_findings()[code].summary, count)


def _files(findings: Sequence[Diagnostic]) -> Iterator[FileView]:
    numbered = enumerate(findings)
    for name, group in groupby(numbered, key=lambda each: each[1].source.name):
        found = list(group)
        counts = Counter(each.level for _, each in found)
        views = [_view(f"finding-{number}", each) for number, each in found]
        yield FileView(name, {level: counts[level] for level in Level if counts[level]}, views)


def _view(anchor: str, finding: Diagnostic) -> FindingView:
    line = finding.span.line if finding.span else None
    lines = tuple(_lines(finding))
    return FindingView(anchor, finding.code, finding.level, line, finding.message, finding.hint, lines, tuple(related(finding)))


def _lines(finding: Diagnostic) -> Iterator[tuple[int, str, bool]]:
    """Yield the lines of a finding with one before and one after them."""
    if span := finding.span:
        last = min(span.end_line, span.line + _MOST_LINES - 1)
        for number in range(span.line - 1, last + 2):
            text = finding.source.line(number)
            if text or span.line <= number <= last:
                yield number, text if len(text) <= _WIDEST else f"{text[:_WIDEST]}...", span.line <= number <= last
