"""Baselines: findings that were there before, one a line, without line numbers, so formatting and order do not matter."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from iam2rego.diagnostics import Code, Diagnostic, Level, PolicyError
from iam2rego.globs import relative
from iam2rego.lint.fingerprint import fingerprint
from iam2rego.source import Source, Span

_Entry: TypeAlias = tuple[str, str, str]
_MEMBERS: Final = ("path", "code", "fingerprint")


def baseline(findings: Iterable[Diagnostic], folder: Path) -> str:
    """Return the text of a baseline in ``folder``, in JSON Lines; errors are left out."""
    entries = sorted(_entry(each, folder) for each in findings if each.level is not Level.ERROR)
    return "".join(f"{json.dumps(dict(zip(_MEMBERS, entry, strict=True)))}\n" for entry in entries)


def without_known(findings: Sequence[Diagnostic], known: Source) -> Sequence[Diagnostic]:
    """Return the findings that the text of a baseline, whose name is its path, does not have; each line stands for one.

    Raises:
        PolicyError: it is not a baseline.
    """
    left = Counter(_entries(known))
    kept: list[Diagnostic] = []
    for each in findings:
        entry = _entry(each, Path(known.name).parent)
        if each.level is not Level.ERROR and left[entry]:
            left[entry] -= 1
        else:
            kept.append(each)
    return kept


def _entry(finding: Diagnostic, folder: Path) -> _Entry:
    """Return what identifies a finding; its file is told from others by its path from the folder of the baseline."""
    return relative(finding.source.name, folder), str(finding.code), fingerprint(finding)


def _entries(source: Source) -> Iterable[_Entry]:
    for number, line in enumerate(source.lines, 1):
        if line.strip():
            yield _read(line, source, Span(number, 1, number, len(line) + 1))


def _read(line: str, source: Source, span: Span) -> _Entry:
    try:
        path, code, digits = (str(json.loads(line)[name]) for name in _MEMBERS)
    except (ValueError, LookupError, TypeError, RecursionError):
        message = "a line of a baseline must be an object with `path`, `code` and `fingerprint`"
        raise PolicyError([Diagnostic(Code.BAD_CONFIGURATION, message, source, span, "write it by --write-baseline")]) from None
    return path, code, digits
