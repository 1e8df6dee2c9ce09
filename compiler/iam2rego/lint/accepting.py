"""Leaves out the findings that the configuration accepts, and reports the entries that nothing needs or whose day has passed."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from iam2rego.diagnostics import Code, Diagnostic, Level
from iam2rego.lint.configuration import Accept, Configuration
from iam2rego.lint.registry import all_findings
from iam2rego.lint.selection import Selection
from iam2rego.lint.subject import Subject
from iam2rego.source import Span
from iam2rego.syntax.places import text_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement is: its number in the policy, its ``Sid`` if it has one, and the place of its object."""

    index: int
    sid: str | None
    span: Span


Places: TypeAlias = Mapping[str, Sequence[Place]]
"""The places of the statements that could be read, by the names of the texts that hold them."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked, and what could have been.

    Attributes:
        statements: the statements.
        selection: what was looked for.
        others: the names of other files that were checked, such as a gateway's.
        present: returns the paths of all files that can hold policies and are below the folder of the configuration.
    """

    statements: Places
    selection: Selection
    others: Sequence[str]
    present: Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings that no entry accepts, with what is wrong with the entries; and the accepted ones, each with the reason."""

    kept: Sequence[Diagnostic]
    accepted: Sequence[tuple[Diagnostic, str]]


def judged(findings: Sequence[Diagnostic], configuration: Configuration, checked: Checked, today: date) -> Judged:
    """Compare each finding with the entries."""
    entries = configuration.lint.accept
    live = {index: entry for index, entry in enumerate(entries) if entry.until is None or today <= entry.until}
    kept: list[Diagnostic] = []
    accepted: list[tuple[Diagnostic, str]] = []
    needed: set[int] = set()
    for each in findings:
        around = _around(each, checked.statements.get(each.source.name, ()))
        by = {index for index, entry in live.items() if _accepts(entry, each, configuration, around)}
        needed |= by
        if by:
            accepted.append((each, entries[min(by)].reason))
        else:
            kept.append(each)
    kept += (_expired(configuration, index) for index in range(len(entries)) if index not in live)
    unneeded = [index for index in live if index not in needed]
    return Judged([*kept, *_unused(configuration, unneeded, findings, checked)], accepted)


def places(subjects: Iterable[Subject]) -> Places:
    """Return where the statements of policies are, by the names of the texts that hold them."""
    found: dict[str, list[Place]] = {}
    for each in subjects:
        found.setdefault(each.source.name, []).extend(Place(one.index, one.read.sid, one.node.span) for one in each.statements)
    return found


def _around(finding: Diagnostic, statements: Sequence[Place]) -> Place | None:
    span = finding.span
    return next((each for each in statements if span and each.span.encloses(span)), None)


def _accepts(entry: Accept, finding: Diagnostic, configuration: Configuration, statement: Place | None) -> bool:
    return (
        entry.code == finding.code
        and finding.level is not Level.ERROR
        and any(entry.path.matches(each) for each in _paths(finding.source.name, configuration))
        and (entry.sid is None or (statement is not None and entry.sid == statement.sid))
        and (entry.statement is None or (statement is not None and entry.statement == statement.index))
        and (entry.entry is None or entry.entry in _marked(finding))
    )


def _paths(name: str, configuration: Configuration) -> Sequence[str]:
    """Return the paths of the file with the text ``name``; that of a string in a file is ``FILE#POLICY``."""
    return [configuration.relative(each) for each in (name, name.partition("#")[0])]


def _marked(finding: Diagnostic) -> Iterator[str]:
    """Yield the text that a finding marks, as it is written and, for a JSON string, as it is read."""
    if finding.span:
        written = text_of(finding.source, finding.span)
        yield written
        with suppress(ValueError):
            yield str(json.loads(written))


def _expired(configuration: Configuration, index: int) -> Diagnostic:
    entry = configuration.lint.accept[index]
    message = f"{entry.code} was accepted until {entry.until}: {entry.reason}"
    hint = "remedy the finding and remove the entry, or set another day"
    return Diagnostic(Code.EXPIRED_ACCEPT, message, configuration.source, configuration.accepts[index], hint)


def _unused(
    configuration: Configuration, unneeded: Sequence[int], findings: Sequence[Diagnostic], checked: Checked
) -> Iterator[Diagnostic]:
    """Report the entries without a finding whose files were all checked and have no error, which could hide it."""
    entries = configuration.lint.accept
    unneeded = [each for each in unneeded if checked.selection(all_findings()[entries[each].code])]
    if not unneeded:
        return
    failed = {path for each in findings if each.level is Level.ERROR for path in _paths(each.source.name, configuration)}
    names = (*checked.others, *checked.statements)
    seen = {path for name in names for path in _paths(name, configuration)} - failed
    present = {configuration.relative(each) for each in checked.present()}
    for index in unneeded:
        glob, code = entries[index].path, entries[index].code
        alone = {glob.pattern} if (configuration.folder / glob.pattern).is_file() else set[str]()
        if {each for each in present if glob.matches(each)} | alone <= seen:
            message = f"no finding {code} in `{glob.pattern}` needs to be accepted"
            yield Diagnostic(Code.UNUSED_ACCEPT, message, configuration.source, configuration.accepts[index], "remove the entry")
