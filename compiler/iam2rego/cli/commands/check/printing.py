"""Prints what `check` found: for people, for programs, and for the servers that show findings beside the code."""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from iam2rego import __version__
from iam2rego.catalogue.services import catalogue
from iam2rego.cli.shared.colour import painter
from iam2rego.cli.shared.issues import with_issue
from iam2rego.cli.shared.output import show, show_json
from iam2rego.diagnostics import Diagnostic, Level, render
from iam2rego.lint.fix import Fix

_GRAVEST_FIRST: Final = tuple(Level)
_COUNTED: Final = {Level.ERROR: "errors", Level.SECURITY: "security", Level.WARNING: "warnings", Level.NOTICE: "notices"}
"""The members of the last object of JSON, which say how many findings there are of each level."""

SCHEMA: Final = 1
"""The version of the form of JSON lines. It rises if a member goes, or changes its meaning."""


class CheckFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"
    GITLAB = "gitlab"
    ACCESS_ANALYZER = "access-analyzer"


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found.

    Attributes:
        sources: the names of all sources, in order.
        findings: the findings, by file and place.
        fail_on: the least level that counts.
        fixed: how many findings were fixed; None if none should be.
        summary: a line that says which were fixed.
        fixes: the safe fixes of findings, by the identities of these.
        accepted: the findings that the configuration accepts, each with the reason. They do not count.
    """

    sources: Sequence[str]
    findings: Sequence[Diagnostic]
    fail_on: Level
    fixed: int | None = None
    summary: str = ""
    fixes: Mapping[object, Fix] = field(default_factory=dict)
    accepted: Sequence[tuple[Diagnostic, str]] = ()

    def counts(self, finding: Diagnostic) -> bool:
        """Return whether the status is that of a failure because of this finding."""
        return _GRAVEST_FIRST.index(finding.level) <= _GRAVEST_FIRST.index(self.fail_on)


def show_report(report: Report, format_: CheckFormat) -> None:
    """Print the findings, and last how many there are of each level; a format that is one document has no such line."""
    match format_:
        case CheckFormat.TEXT:
            paint = painter(sys.stdout)
            _show_lines(report, [render(each, paint) for each in report.findings])
        case CheckFormat.GITHUB:
            from iam2rego.cli.commands.check.github import annotation

            _show_lines(report, [annotation(each) for each in report.findings])
        case CheckFormat.JSON:
            for each in report.findings:
                show_json(with_issue(each).as_json())
            _show_json_counts(report)
        case _:
            show(_document(report, format_))


def show_statistics(report: Report, *, as_json: bool) -> None:
    """Print how many findings there are of each code, the most frequent first, and last how many of each level."""
    from iam2rego.lint.registry import all_findings  # here, since text needs no descriptions

    counts = Counter(str(each.code) for each in report.findings)
    levels = {code: min((each.level for each in report.findings if each.code == code), key=_GRAVEST_FIRST.index) for code in counts}
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if as_json:
        for code, count in ordered:
            show_json({"code": code, "name": all_findings()[code].name, "severity": levels[code].value, "count": count})
        _show_json_counts(report)
    else:
        width = len(str(max(counts.values(), default=0)))
        _show_lines(report, [f"{count:{width}}  {code}  {levels[code]:8}  {all_findings()[code].name}" for code, count in ordered])


def _document(report: Report, format_: CheckFormat) -> str:
    """Return the findings as one document. Each format is imported only if it is wanted: the others, and text, need not wait for it."""
    if format_ is CheckFormat.JUNIT:
        return _junit(report)
    findings = [*map(with_issue, report.findings)]
    if format_ is CheckFormat.SARIF:
        from iam2rego.cli.commands.check.sarif import sarif

        return json.dumps(sarif(findings, report.fixes, [(with_issue(each), reason) for each, reason in report.accepted]), indent=2)
    if format_ is CheckFormat.GITLAB:
        from iam2rego.cli.commands.check.gitlab import violations

        return json.dumps(violations(findings), indent=2)
    from iam2rego.cli.commands.check.access_analyzer import response

    return json.dumps(response(findings, named=len(report.sources) > 1), indent=2)


def _show_lines(report: Report, lines: Sequence[str]) -> None:
    for line in lines:
        show(line)
    show(f"{summary(report)} ({catalogue().source})")
    if report.summary:
        show(report.summary)


def summary(report: Report) -> str:
    """Say how many findings there are of each level."""
    counts = _counts(report)
    return ", ".join(_count(level, counts[level]) for level in Level if counts[level] or level is not Level.SECURITY)


def _show_json_counts(report: Report) -> None:
    counts = _counts(report)
    fixed = {} if report.fixed is None else {"fixed": report.fixed}
    show_json({**{name: counts[level] for level, name in _COUNTED.items()}, **fixed, "version": SCHEMA, "catalogue": catalogue().source})


def _junit(report: Report) -> str:
    """Return a test case for each source, which fails by the findings with a place there that count."""
    from iam2rego.junit import Case, junit

    failures: dict[str, list[str]] = {name: [] for name in report.sources}
    for each in filter(report.counts, report.findings):
        for name in dict.fromkeys([each.source.name, *(place.source.name for place in each.related)]):
            failures[name].append(render(each))
    cases = [Case("check", name, "\n".join(told) or None) for name, told in failures.items()]
    return junit("iam2rego check", {"version": __version__, "fail-on": report.fail_on}, cases)


def _counts(report: Report) -> Counter[Level]:
    return Counter(each.level for each in report.findings)


def _count(level: Level, count: int) -> str:
    noun = "security finding" if level is Level.SECURITY else level.value
    return f"{count} {noun}{'' if count == 1 else 's'}"
