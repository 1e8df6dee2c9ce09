"""Which findings `check` shows, and which files it reads: what the options say, and ``iam2rego.toml``."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, TypeVar

from iam2rego.cli.shared.command import option, options
from iam2rego.cli.shared.output import refuse
from iam2rego.cli.shared.placing import place
from iam2rego.clock import today
from iam2rego.diagnostics import Diagnostic, Level, sort
from iam2rego.globs import Glob, absolute, relative
from iam2rego.lint import Subject
from iam2rego.lint.accepting import Checked, without_accepted
from iam2rego.lint.baseline import baseline, without_known
from iam2rego.lint.configuration import Configuration, configuration, nearest
from iam2rego.lint.selection import Choice, Selection, findings_prefix, prefix
from iam2rego.source import Source
from iam2rego.sources.files import STDIN, Place, find, read
from iam2rego.sources.formats import SUFFIXES
from iam2rego.sources.problems import Problems
from iam2rego.sources.reading import Options
from iam2rego.sources.skipping import Skipping

Read = TypeVar("Read")


@options
class Choosing:
    """Which findings are shown."""

    heading: ClassVar = "Findings (docs/configuration.md)"

    select: tuple[str, ...] = option(
        "--select",
        metavar="CODES",
        multiple=True,
        help="Look for these findings only, by codes or how they begin, or by families, as in IAM5,access. Errors stay.",
    )
    ignore: tuple[str, ...] = option("--ignore", metavar="CODES", multiple=True, help="Leave out these findings.")
    exclude: tuple[str, ...] = option(
        "--exclude", metavar="PATTERN", multiple=True, help="Skip files and folders that match, such as tests or 'drafts/*.json'."
    )
    config: str | None = option("--config", metavar="FILE", help="Read FILE instead of the nearest iam2rego.toml above the first source.")
    baseline: str | None = option("--baseline", metavar="FILE", help="Leave out the findings that FILE lists.")
    write_baseline: str | None = option("--write-baseline", metavar="FILE", help="List the findings in FILE, and leave them out.")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the options and the configuration say together."""

    choosing: Choosing
    configuration: Configuration
    selection: Selection
    excluded: Sequence[Glob]

    @property
    def skipping(self) -> Skipping:
        """What to skip in folders."""
        return Skipping(customary=True, excluded=self._excludes)

    def overriding(self, path: str, given: Options) -> Options:
        """Return the options for a file: the configuration says its type; its parameters yield to those of the command line."""
        matching = [each for each in self.configuration.lint.policies if each.path.matches(self.configuration.relative(path))]
        for each in matching:
            given = replace(given, kind=each.type or given.kind, parameters={**each.parameters, **given.parameters})
        return given

    def settled(self, findings: Iterable[Diagnostic], subjects: Sequence[Subject], others: Sequence[str]) -> Sequence[Diagnostic]:
        """Return the findings to show, in order, and what is wrong with the entries that accept some; ``others`` are other checked files.

        Raises:
            PolicyError: a baseline is none, or cannot be read or written.
        """
        checked = Checked(subjects, self.selection, others, self._present)
        kept = without_accepted([*filter(self._covers, findings)], self.configuration, checked, today())
        return [self._with_level(each) for each in self._without_baseline(sort(filter(self._covers, kept)))]

    def _excludes(self, path: str) -> bool:
        """Say whether to skip a file or folder, by the patterns of the options and those of the configuration."""
        here, there = relative(path, Path.cwd()), self.configuration.relative(path)
        return any(each.matches(here) for each in self.excluded) or any(each.matches(there) for each in self.configuration.lint.exclude)

    def _present(self) -> Sequence[str]:
        with Problems().collected():
            return [each.shown for each in find(str(self.configuration.folder), SUFFIXES, self.skipping)]
        return ()  # the folder holds none

    def _covers(self, finding: Diagnostic) -> bool:
        return finding.level is Level.ERROR or self.selection.covers(finding.code)

    def _with_level(self, finding: Diagnostic) -> Diagnostic:
        """Return the finding with the level that the configuration gives it; errors stay."""
        levels = self.configuration.lint.severity
        prefixes = [each for each in levels if finding.code.startswith(each)]
        return finding if not prefixes or finding.level is Level.ERROR else replace(finding, given=levels[max(prefixes, key=len)])

    def _without_baseline(self, findings: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        if self.choosing.write_baseline:
            path = Path(self.choosing.write_baseline)
            place({path: baseline(findings, path.parent).encode()}, [])
            return [each for each in findings if each.level is Level.ERROR]
        if self.choosing.baseline:
            return without_known(findings, _text(self.choosing.baseline))
        return findings


def settings(choosing: Choosing, sources: Sequence[str]) -> Settings:
    """Read the options, and the configuration; without one, it is empty.

    Raises:
        PolicyError: the configuration cannot be used.
    """
    found = nearest(absolute("" if sources[0] == STDIN else sources[0]))
    name = choosing.config or (relative(found, Path.cwd()) if found else None)
    read_ = configuration(_text(name) if name else Source("", ""))
    selected = _each("--select", _listed(choosing.select), prefix) or None
    given = Choice(selected, ignore=_each("--ignore", _listed(choosing.ignore), findings_prefix))
    return Settings(choosing, read_, Selection((read_.lint.choice, given)), _each("--exclude", choosing.exclude, Glob))


def _text(path: str) -> Source:
    return read(Place(path, path)).source


def _listed(given: Sequence[str]) -> Sequence[str]:
    return [each.strip() for text in given for each in text.split(",")]


def _each(name: str, given: Sequence[str], read_as: Callable[[str], Read]) -> Sequence[Read]:
    """Read the values of an option; refuse those that cannot be read."""
    try:
        return [read_as(each) for each in given]
    except ValueError as refusal:
        refuse(str(refusal), name)
