"""Findings about well-formed policies that may not mean what their authors intended."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from iam2rego.diagnostics import Diagnostic, Related, sort
from iam2rego.lint.age import check_age
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Fix
from iam2rego.lint.registry import all_rules
from iam2rego.lint.subject import Front, Subject
from iam2rego.source import Source

__all__ = ["Front", "Selected", "Subject", "by_default", "check", "check_age", "check_front", "fixes", "issue"]

Selected: TypeAlias = Callable[[Finding], bool]
"""Says whether to look for a finding."""


def by_default(finding: Finding) -> bool:
    """Return whether to look for a finding that nobody selects or ignores."""
    return finding.default


def check(subjects: Iterable[Subject], selected: Selected = by_default) -> tuple[Diagnostic, ...]:
    """Look for the selected findings in every policy, ordered by file and place."""
    checks = [(rule.finding, rule.check) for rule in all_rules() if rule.check and selected(rule.finding)]
    found = (_diagnostic(finding, each, subject.source) for subject in subjects for finding, look in checks for each in look(subject))
    return tuple(sort(found))


def check_front(front: Front, selected: Selected = by_default) -> tuple[Diagnostic, ...]:
    """Look for the selected findings about a gateway and the policies behind it."""
    checks = [(rule.finding, rule.check_front) for rule in all_rules() if rule.check_front and selected(rule.finding)]
    return tuple(sort(_diagnostic(finding, each, front.source) for finding, look in checks for each in look(front)))


def fixes(subject: Subject, selected: Selected = by_default) -> Iterator[tuple[Diagnostic, Fix]]:
    """Yield each selected finding in a policy that its rule can fix, and the fix."""
    for rule in all_rules():
        for each in rule.check(subject) if rule.check and rule.finding.fix and selected(rule.finding) else ():
            if each.fix and (fix := each.fix()):
                yield _diagnostic(rule.finding, each, subject.source), fix


def _diagnostic(finding: Finding, occurrence: Occurrence, source: Source) -> Diagnostic:
    level = occurrence.level or finding.level
    aws = occurrence.aws or issue(finding)
    related = tuple(Related("what covers it", source, span) for span in occurrence.covered_by if span)
    return Diagnostic(finding.code, occurrence.message, source, occurrence.span, occurrence.hint, level, aws, related)


def issue(finding: Finding) -> str | None:
    """Return the issue code of IAM Access Analyzer for every occurrence of a finding, if there is just one."""
    return finding.aws[0] if len(finding.aws) == 1 else None
