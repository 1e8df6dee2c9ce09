"""Which findings `check` shows, and which files it reads: what the options say, and ``iam2rego.toml``."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from iam2rego.cli.shared.command import option, options
from iam2rego.cli.shared.output import refuse
from iam2rego.diagnostics import Diagnostic, Level, sort
from iam2rego.globs import Glob, absolute, relative
from iam2rego.lint import Subject
from iam2rego.lint.accepting import Places, places
from iam2rego.lint.selection import Choice, Selection, findings_prefix, prefix
from iam2rego.sources.files import STDIN, read_path
from iam2rego.sources.format import Options
from iam2rego.sources.skipping import Skipping

if TYPE_CHECKING:
    from iam2rego.cli.commands.check.configured import Configured

Read = TypeVar("Read")

_NAME: Final = "iam2rego.toml"
_VARIABLE: Final = "IAM2REGO_CONFIG"
"""Names another file, or none if it is empty; it is no option, since `check` has many and few people need this one."""


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
    baseline: str | None = option("--baseline", metavar="FILE", help="Leave out the findings that FILE lists.")
    write_baseline: str | None = option("--write-baseline", metavar="FILE", help="List the findings in FILE, and leave them out.")


@dataclass(frozen=True, slots=True)
class Settled:
    """The findings to show, in order, with what is wrong with the entries that accept others; and these others, each with the reason."""

    shown: Sequence[Diagnostic] = ()
    accepted: Sequence[tuple[Diagnostic, str]] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the options and the configuration say together."""

    choosing: Choosing
    selection: Selection
    excluded: Sequence[Glob]
    configured: "Configured | None"

    @property
    def skipping(self) -> Skipping:
        """What to skip in folders."""
        return Skipping(customary=True, excluded=self._excludes)

    @property
    def accounts(self) -> frozenset[str]:
        """The ids of the user's own accounts."""
        return frozenset(self.configured.configuration.lint.accounts) if self.configured else frozenset()

    def overriding(self, path: str, given: Options) -> Options:
        """Return the options for a file."""
        return self.configured.overriding(path, given) if self.configured else given

    def settled(self, findings: Iterable[Diagnostic], statements: Places, others: Sequence[str]) -> Settled:
        """Tell the findings to show from the accepted ones; ``others`` are other checked files.

        Raises:
            PolicyError: a baseline cannot be read or written.
        """
        found: Sequence[Diagnostic] = [*filter(self._covers, findings)]
        if not self.configured:
            return Settled(self._without_baseline(sort(found)))
        judged, with_level = self.configured.judged(found, statements, others, self.selection, self.skipping), self.configured.with_level
        shown = self._without_baseline(sort(filter(self._covers, judged.kept)))
        return Settled([*map(with_level, shown)], [(with_level(each), reason) for each, reason in judged.accepted])

    def unaccepted(self, findings: Sequence[Diagnostic], subjects: Sequence[Subject]) -> Sequence[Diagnostic]:
        """Return the findings that are neither ignored nor accepted nor in the baseline: those that may be fixed.

        Raises:
            PolicyError: the baseline cannot be read.
        """
        found: Sequence[Diagnostic] = [*filter(self._covers, findings)]
        if self.configured:
            found = self.configured.unaccepted(found, places(subjects), self.selection)
        if not self.choosing.baseline:
            return found
        from iam2rego.lint.baseline import without_known  # here, since most runs have no baseline

        return without_known(sort(found), read_path(self.choosing.baseline))

    def _excludes(self, path: str) -> bool:
        here = relative(path, Path.cwd()) if self.excluded else ""
        return any(each.matches(here) for each in self.excluded) or (self.configured is not None and self.configured.excludes(path))

    def _covers(self, finding: Diagnostic) -> bool:
        return finding.level is Level.ERROR or self.selection.covers(finding.code)

    def _without_baseline(self, findings: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        if not (self.choosing.baseline or self.choosing.write_baseline):
            return findings
        from iam2rego.cli.shared.placing import place  # here, since most runs have no baseline
        from iam2rego.lint.baseline import baseline, without_known

        if self.choosing.write_baseline:
            path = Path(self.choosing.write_baseline)
            place({path: baseline(findings, path.parent).encode()}, [])
            return [each for each in findings if each.level is Level.ERROR]
        return without_known(findings, read_path(self.choosing.baseline or ""))


def settings(choosing: Choosing, sources: Sequence[str]) -> Settings:
    """Read the options, and the configuration if there is one.

    Raises:
        PolicyError: the configuration cannot be used.
    """
    named = os.environ.get(_VARIABLE)
    configured = _configured(_nearest(absolute("" if sources[0] == STDIN else sources[0])) if named is None else named)
    selected = _each("--select", _listed(choosing.select), prefix) or None
    given = Choice(selected, ignore=_each("--ignore", _listed(choosing.ignore), findings_prefix))
    choices = [configured.configuration.lint.choice] if configured else []
    return Settings(choosing, Selection((*choices, given)), _each("--exclude", choosing.exclude, Glob), configured)


def _configured(name: str | None) -> "Configured | None":
    if not name:
        return None
    from iam2rego.cli.commands.check.configured import Configured  # here, since most runs have no configuration
    from iam2rego.lint.configuration import configuration

    return Configured(configuration(read_path(name)))


def _nearest(start: Path) -> str | None:
    """Return the path of the configuration in ``start``, a folder or a file, or in the nearest folder above it that has one."""
    found = next((path for folder in (start, *start.parents) if _is_file(path := folder / _NAME)), None)
    return relative(found, Path.cwd()) if found else None


def _is_file(path: Path) -> bool:
    """Return whether there is such a file; there is none below a folder that may not be entered, or whose name is too long."""
    try:
        return path.is_file()
    except OSError:
        return False


def _listed(given: Sequence[str]) -> Sequence[str]:
    return [each.strip() for text in given for each in text.split(",")]


def _each(name: str, given: Sequence[str], read_as: Callable[[str], Read]) -> Sequence[Read]:
    """Read the values of an option; refuse those that cannot be read."""
    try:
        return [read_as(each) for each in given]
    except ValueError as refusal:
        refuse(str(refusal), name)
