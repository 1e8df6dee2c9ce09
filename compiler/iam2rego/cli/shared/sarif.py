"""Findings in SARIF 2.1.0, which code scanners read."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from iam2rego import __version__
from iam2rego.diagnostics import Diagnostic, Severity, printable

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def sarif(findings: Sequence[Diagnostic]) -> dict[str, Any]:
    """Return the log of one run with a result for each finding."""
    codes = sorted({each.code for each in findings})
    driver = {"name": "iam2rego", "version": __version__, "rules": [{"id": code.value, "name": _title(code.name)} for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_result(each) for each in findings]}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _title(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _result(finding: Diagnostic) -> dict[str, Any]:
    text = printable(f"{finding.message} ({finding.hint})" if finding.hint else finding.message)
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePath(finding.source.name).as_posix())}}
    if span := finding.span:
        location["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    return {
        "ruleId": finding.code.value,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }
