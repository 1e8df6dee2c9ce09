"""The fixes of `check`: written to the files, shown as differences, or proposed to code scanners."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from iam2rego.catalogue.services import catalogue
from iam2rego.cli.commands.check.choosing import Settings
from iam2rego.cli.commands.check.fixing import Fixing
from iam2rego.cli.commands.check.printing import Report
from iam2rego.cli.shared.output import FINDINGS, located, show_bytes, tell
from iam2rego.diagnostics import Diagnostic, Level, PolicyError, printable
from iam2rego.fixing import Fixed, Fixer, Left, Wish
from iam2rego.fixing.diff import diff
from iam2rego.fixing.writing import write
from iam2rego.lint import Subject
from iam2rego.lint.fix import Fix, Safety, identity
from iam2rego.lint.registry import all_findings
from iam2rego.sources.files import STDIN, TextFile
from iam2rego.sources.format import Options


@dataclass
class Repairs:
    """The files that were fixed so far or, if fixes are only proposed, the files that were read, with their options."""

    fixing: Fixing
    chosen: Settings
    fixed: list[Fixed] = field(default_factory=list)
    read: list[tuple[TextFile, Options]] = field(default_factory=list)

    def change(self, file: TextFile, options: Options) -> TextFile:
        """Fix a file, write it unless only the differences are wanted, and return what it holds then.

        Raises:
            PolicyError: it cannot be written.
        """
        if not self.fixing.is_wanted:
            self.read.append((file, options))
            return file
        chosen, unsafe = self.chosen, self.fixing.unsafe_fixes
        fixed = Fixer(Wish(options, catalogue(), chosen.selection, unsafe=unsafe, wanted=chosen.unaccepted)).fixed(file)
        if fixed.changed and not self.fixing.diff and not _is_stdin(fixed):
            with located(Path(file.source.name)):
                write(Path(file.source.name), file.data, fixed.after.data)
        self.fixed.append(fixed)
        return fixed.after

    def leave_with_differences(self, findings: Sequence[Diagnostic]) -> None:
        """Show the differences, and exit with 1 if there are any; errors that stay are raised."""
        differences = "".join(map(diff, self.fixed))
        show_bytes(differences.encode())
        self._tell_left()
        tell(self.summary())
        if errors := [each for each in findings if each.level is Level.ERROR]:
            raise PolicyError(errors)
        raise click.exceptions.Exit(FINDINGS if differences else 0)

    def told(self, report: Report) -> Report:
        """Add to a report what was fixed, or the fixes of what it reports."""
        if not self.fixing.is_wanted:
            return replace(report, fixes=self._proposed(report.findings))
        return replace(report, fixed=self.count, summary=self.summary())

    def _proposed(self, findings: Sequence[Diagnostic]) -> Mapping[object, Fix]:
        """Return the proven safe fixes, by the identities of findings; only files with a finding that can have one are read again."""
        reported = {identity(each) for each in findings if all_findings()[each.code].fix is Safety.SAFE}
        names = {each.source.name for each in findings if identity(each) in reported}

        def wanted(found: Sequence[Diagnostic], _: Sequence[Subject]) -> Sequence[Diagnostic]:
            return [each for each in found if identity(each) in reported]

        proposed: dict[object, Fix] = {}
        for file, options in self.read:
            if file.source.name in names:
                proposed |= Fixer(Wish(options, catalogue(), self.chosen.selection, wanted=wanted)).proven(file)
        return proposed

    @contextmanager
    def output_kept(self) -> Iterator[None]:
        """If the standard input was fixed, print its text, and what the block prints to stderr. Then say what was not fixed, and why."""
        if texts := [each.after.data for each in self.fixed if _is_stdin(each)]:
            show_bytes(b"".join(texts))
            with redirect_stdout(sys.stderr):
                yield
        else:
            yield
        self._tell_left()

    def summary(self) -> str:
        """Say how many findings were fixed, by code, and how many more unsafe fixes there are."""
        done = Counter(str(each.code) for fixed in self.fixed for each in fixed.done)
        codes = ", ".join(f"{count} {code}" for code, count in sorted(done.items()))
        more = 0 if self.fixing.unsafe_fixes else sum(not each.is_elsewhere for fixed in self.fixed for each in fixed.left)
        verb = "would be fixed" if self.fixing.diff else "fixed"
        return f"{self.count} {verb}{f': {codes}' if codes else ''}{f'; {more} more with --unsafe-fixes' if more else ''}"

    @property
    def count(self) -> int:
        """How many findings were fixed."""
        return sum(len(fixed.done) for fixed in self.fixed)

    def _tell_left(self) -> None:
        for each in (left for fixed in self.fixed for left in fixed.left if not left.is_unsafe):
            tell(_why(each))


def _is_stdin(fixed: Fixed) -> bool:
    return fixed.before.place.shown == STDIN


def _why(left: Left) -> str:
    span = left.finding.span
    place = f"{left.finding.source.name}:{span.line}:{span.column}" if span else left.finding.source.name
    return printable(f"{place}: {left.finding.code} was not fixed: {left.why}")
