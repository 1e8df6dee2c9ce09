"""Checks what sources hold: each file is read, and its policies looked through for findings, on all processors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from iam2rego import workers
from iam2rego.catalogue.services import catalogue
from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import Policy
from iam2rego.lint import Selected, Subject, by_default, check
from iam2rego.lint.accepting import Places, places
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Options
from iam2rego.sources.loading import combined
from iam2rego.sources.parsing import read_sources
from iam2rego.sources.problems import Problems
from iam2rego.sources.reading import Legible, Reading, itself, read_file, without_needs
from iam2rego.sources.skipping import NOTHING, Skipping
from iam2rego.sources.stepping import stepped, unseen
from iam2rego.sources.sums import sums
from iam2rego.workers import Step

Override: TypeAlias = Callable[[str, Options], Options]
"""Returns the options for the file at a path, given those for all files."""
Change: TypeAlias = Callable[[TextFile, Options], TextFile]
"""Returns what a file counts as, given its options; may raise a `PolicyError`."""

_Given: TypeAlias = tuple[TextFile, Options]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in sources.

    Attributes:
        findings: all that is wrong with the sources, and the findings in what could be read of their policies.
        statements: the statements that could be read.
        policies: the policies without errors, ordered by name, if they are wanted.
        attachments: who has which of them; None if there is an error.
        sums: a line for each source that says how many policies it holds.
    """

    findings: tuple[Diagnostic, ...]
    statements: Places
    policies: tuple[Policy, ...]
    attachments: Attachments | None
    sums: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """What was found in a file."""

    reading: Reading[Policy]
    findings: tuple[Diagnostic, ...]
    statements: Places


@dataclass(frozen=True, slots=True)
class _Check:
    """Checks a file, in any process. Policies are left out unless they are wanted: they take long to send to another process."""

    selected: Selected
    accounts: frozenset[str]
    with_policies: bool

    def __call__(self, given: _Given) -> _File:
        legible: list[Legible] = []
        reading = read_file(*given, itself, legible.append)
        subjects = [Subject(each.policy, each.source, each.node, catalogue(), self.accounts) for each in legible]
        kept = reading if self.with_policies else replace(reading, made=())
        return _File(kept, check(subjects, self.selected), places(subjects))


def _as_given(_: str, options: Options) -> Options:
    return options


def check_sources(
    paths: Sequence[str],
    options: Options,
    selected: Selected = by_default,
    *,
    accounts: frozenset[str] = frozenset(),
    overriding: Override = _as_given,
    skipping: Skipping = NOTHING,
    change: Change | None = None,
    partial: bool = False,
    with_policies: bool = False,
    step: Step = unseen,
) -> Checked:
    """Check what can be read. An error hides only its own statement; policies that nobody has are checked too.

    Args:
        paths: what to read, as `load` takes it.
        options: how files are read; ``overriding`` changes that for a single file.
        selected: the findings to look for.
        accounts: the ids of the user's own accounts.
        overriding: returns the options for a file.
        skipping: what to skip in folders.
        change: returns what a file counts as.
        partial: whether names that nothing tells are notices.
        with_policies: whether the policies themselves are wanted.
        step: what gets the number of parts that are done, and of all.

    Raises:
        PolicyError: from ``change``.
        OSError: a process that checks has ended early.
    """
    problems = Problems()
    files = read_sources(paths, problems, skipping)
    given = [(file, overriding(file.place.shown, options)) for file in files]
    if change:
        given = [(change(*each), each[1]) for each in stepped(given, lambda done, of: step(done, 2 * of))]
    make = _Check(selected, accounts, with_policies)
    second = (lambda done, of: step(of + done, 2 * of)) if change else step
    found = workers.each(make, given, [len(file.data) for file, _ in given], second)
    readings = [without_needs(each.reading) if partial else each.reading for each in found]
    attachments = None
    with (collected := Problems()).collected():
        together = combined(paths, readings, options, problems, checking=True)
        collected.add(together.diagnostics)
        attachments = together.attachments
    findings = (*collected.found, *(finding for each in found for finding in each.findings))
    statements = {name: at for each in found for name, at in each.statements.items()}
    policies = sorted((policy for each in readings for policy in each.made), key=lambda each: each.name)
    return Checked(findings, statements, tuple(policies), attachments, sums(paths, readings))
