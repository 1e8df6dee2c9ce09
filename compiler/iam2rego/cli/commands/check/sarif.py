"""Findings in SARIF 2.1.0, which code scanners read."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from iam2rego import __version__
from iam2rego.diagnostics import Diagnostic, Level
from iam2rego.lint.finding import Finding
from iam2rego.lint.fingerprint import fingerprint
from iam2rego.lint.fix import Fix, identity
from iam2rego.lint.page import explanation
from iam2rego.lint.registry import all_findings
from iam2rego.source import Source, Span

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final[Mapping[Level, str]] = MappingProxyType(
    {Level.ERROR: "error", Level.SECURITY: "warning", Level.WARNING: "warning", Level.NOTICE: "note"}
)
_PRECISIONS: Final[Mapping[Level, str]] = MappingProxyType(
    {Level.ERROR: "very-high", Level.SECURITY: "medium", Level.WARNING: "high", Level.NOTICE: "medium"}
)
"""How seldom a finding is meant as it is written. The text alone decides errors; security findings and notices can be intended."""

_SEVERITIES: Final[Mapping[Level, str]] = MappingProxyType(
    {Level.ERROR: "error", Level.SECURITY: "warning", Level.WARNING: "warning", Level.NOTICE: "recommendation"}
)
_FINGERPRINT: Final = "iam2rego/v1"

_NO_FIXES: Final[Mapping[object, Fix]] = MappingProxyType({})


def sarif(
    findings: Sequence[Diagnostic], fixes: Mapping[object, Fix] = _NO_FIXES, accepted: Sequence[tuple[Diagnostic, str]] = ()
) -> dict[str, Any]:
    """Return the log of one run with a result for each finding.

    ``fixes`` are those of some of them, by their identities; the ``accepted`` ones, each with the reason, come last as suppressed results.
    """
    codes = sorted({str(each.code) for each in (*findings, *(each for each, _ in accepted))})
    driver = {"name": "iam2rego", "version": __version__, "rules": [_rule(all_findings()[code]) for code in codes]}
    results = [_result(each, codes.index(each.code), fixes.get(identity(each))) for each in findings]
    results += [{**_result(each, codes.index(each.code), None), "suppressions": [_suppression(reason)]} for each, reason in accepted]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(finding: Finding) -> dict[str, Any]:
    secure = finding.level is Level.SECURITY
    score = {} if finding.score is None else {"security-severity": str(finding.score)}
    return {
        "id": str(finding.code),
        "name": "".join(word.capitalize() for word in finding.name.split("-")),
        "shortDescription": {"text": finding.summary},
        "fullDescription": {"text": f"{finding.summary} {finding.why}".strip()},
        "help": {"text": finding.remedy, "markdown": explanation(finding)},
        **({"helpUri": finding.page} if finding.page else {}),
        "defaultConfiguration": {"level": _LEVELS[finding.level]},
        "properties": {
            "tags": [*(["security"] if secure else []), finding.family.value],
            "precision": _PRECISIONS[finding.level],
            "problem.severity": _SEVERITIES[finding.level],
            "aws": list(finding.aws),
            **score,
        },
    }


def _result(finding: Diagnostic, rule: int, fix: Fix | None) -> dict[str, Any]:
    others = [{**_location(each.source, each.span), "message": {"text": each.message}} for each in finding.related]
    return {
        "ruleId": str(finding.code),
        "ruleIndex": rule,
        "level": _LEVELS[finding.level],
        "message": {"text": finding.sentence},
        "locations": [_location(finding.source, finding.span)],
        **({"relatedLocations": [{"id": number, **each} for number, each in enumerate(others)]} if others else {}),
        "partialFingerprints": {_FINGERPRINT: fingerprint(finding)},
        "properties": {"aws": finding.aws},
        **({"fixes": [_fix(fix, finding.source)]} if fix else {}),
    }


def _suppression(reason: str) -> dict[str, str]:
    return {"kind": "external", "justification": reason}


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    replacements = [{"deletedRegion": _region(each.span), "insertedContent": {"text": each.text}} for each in fix.edits]
    change = {"artifactLocation": _artifact(source), "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}


def _location(source: Source, span: Span | None) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": _artifact(source)}
    if span:
        location["region"] = _region(span)
    return {"physicalLocation": location}


def _artifact(source: Source) -> dict[str, str]:
    return {"uri": quote(PurePath(source.name).as_posix())}


def _region(span: Span) -> dict[str, int]:
    return {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}
