"""Findings as a code quality report of GitLab, which shows them in merge requests.

See https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final

from iam2rego.diagnostics import Diagnostic, Level
from iam2rego.lint.fingerprint import fingerprint

_SEVERITIES: Final[Mapping[Level, str]] = MappingProxyType(
    {Level.ERROR: "critical", Level.SECURITY: "major", Level.WARNING: "minor", Level.NOTICE: "info"}
)


def violations(findings: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return a violation for each finding. GitLab counts violations with one fingerprint as one, so each gets its own."""
    return list(_violations(findings))


def _violations(findings: Iterable[Diagnostic]) -> Iterator[dict[str, Any]]:
    met: Counter[tuple[str, str]] = Counter()
    for each in findings:
        identity = (each.source.name, fingerprint(each))
        yield {
            "description": each.sentence,
            "check_name": str(each.code),
            "fingerprint": sha256(json.dumps([*identity, met[identity]]).encode()).hexdigest()[:32],
            "severity": _SEVERITIES[each.level],
            "location": {"path": each.source.name, "lines": {"begin": each.span.line if each.span else 1}},
        }
        met[identity] += 1
