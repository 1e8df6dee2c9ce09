"""Findings in SARIF 2.1.0, which code scanners read."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from iam2rego import __version__
from iam2rego.diagnostics import Diagnostic, Level, printable
from iam2rego.lint.finding import Finding
from iam2rego.lint.fix import Fix
from iam2rego.lint.page import section
from iam2rego.lint.registry import all_findings
from iam2rego.source import Span

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final[Mapping[Level, str]] = MappingProxyType(
    {Level.ERROR: "error", Level.SECURITY: "warning", Level.WARNING: "warning", Level.NOTICE: "note"}
)

_NO_FIXES: Final[Mapping[Diagnostic, Fix]] = MappingProxyType({})


def sarif(findings: Sequence[Diagnostic], fixes: Mapping[Diagnostic, Fix] = _NO_FIXES) -> dict[str, Any]:
    """Return the log of one run with a result for each finding; ``fixes`` are those of some of them."""
    codes = sorted({str(each.code) for each in findings})
    driver = {"name": "iam2rego", "version": __version__, "rules": [_rule(all_findings()[code]) for code in codes]}
    results = [_result(each, codes.index(each.code), fixes.get(each)) for each in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(finding: Finding) -> dict[str, Any]:
    score = {} if finding.score is None else {"security-severity": str(finding.score)}
    tag = "security" if finding.level is Level.SECURITY else finding.family.value
    return {
        "id": str(finding.code),
        "name": "".join(word.capitalize() for word in finding.name.split("-")),
        "shortDescription": {"text": finding.summary},
        "fullDescription": {"text": f"{finding.summary} {finding.why}".strip()},
        "help": {"text": finding.remedy, "markdown": section(finding)},
        "defaultConfiguration": {"level": _LEVELS[finding.level]},
        "properties": {"tags": [tag], "aws": list(finding.aws), **score},
    }


def _result(finding: Diagnostic, rule: int, fix: Fix | None) -> dict[str, Any]:
    text = printable(f"{finding.message} ({finding.hint})" if finding.hint else finding.message)
    artifact = {"uri": quote(PurePath(finding.source.name).as_posix())}
    location: dict[str, Any] = {"artifactLocation": artifact}
    if finding.span:
        location["region"] = _region(finding.span)
    return {
        "ruleId": str(finding.code),
        "ruleIndex": rule,
        "level": _LEVELS[finding.level],
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
        "properties": {"aws": finding.aws},
        **({"fixes": [_fix(fix, artifact)]} if fix else {}),
    }


def _fix(fix: Fix, artifact: Mapping[str, str]) -> dict[str, Any]:
    replacements = [{"deletedRegion": _region(each.span), "insertedContent": {"text": each.text}} for each in fix.edits]
    return {"description": {"text": fix.title}, "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}]}


def _region(span: Span) -> dict[str, int]:
    return {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}
