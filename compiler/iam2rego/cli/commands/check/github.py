"""Findings as workflow commands of GitHub Actions, which shows them at their lines in pull requests.

See https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; the escapes are those of actions/toolkit.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Diagnostic, Level, related
from iam2rego.source import Span

_COMMANDS: Final[Mapping[Level, str]] = MappingProxyType(
    {Level.ERROR: "error", Level.SECURITY: "warning", Level.WARNING: "warning", Level.NOTICE: "notice"}
)
_IN_MESSAGES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES: Final = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def annotation(finding: Diagnostic) -> str:
    """Return the command that shows a finding at its place."""
    properties = {"file": finding.source.name, **(_region(finding.span) if finding.span else {}), "title": finding.code}
    listed = ",".join(f"{name}={str(value).translate(_IN_PROPERTIES)}" for name, value in properties.items())
    text = "\n".join([finding.sentence, *related(finding)])
    return f"::{_COMMANDS[finding.level]} {listed}::{text.translate(_IN_MESSAGES)}"


def _region(span: Span) -> Mapping[str, int]:
    """Return the place. GitHub takes columns only for places in a single line."""
    if span.line != span.end_line:
        return {"line": span.line, "endLine": span.end_line}
    return {"line": span.line, "col": span.column, "endLine": span.end_line, "endColumn": span.end_column}
