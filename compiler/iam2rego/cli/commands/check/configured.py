"""What ``iam2rego.toml`` says about the files and the findings of `check`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from iam2rego.clock import today
from iam2rego.diagnostics import Diagnostic, Level
from iam2rego.lint.accepting import Checked, Judged, Places, judged
from iam2rego.lint.configuration import Configuration
from iam2rego.lint.selection import Selection
from iam2rego.sources.files import find
from iam2rego.sources.format import Options
from iam2rego.sources.parsing import SUFFIXES
from iam2rego.sources.problems import Problems
from iam2rego.sources.skipping import Skipping


@dataclass(frozen=True, slots=True)
class Configured:
    """A configuration that was found."""

    configuration: Configuration

    def excludes(self, path: str) -> bool:
        """Return whether to skip a file or folder."""
        inside = self.configuration.relative(path)
        return any(each.matches(inside) for each in self.configuration.lint.exclude)

    def overriding(self, path: str, given: Options) -> Options:
        """Return the options for a file: its type is the configured one; configured parameters yield to those of the command line."""
        inside = self.configuration.relative(path)
        for each in self.configuration.lint.policies:
            if each.path.matches(inside):
                given = replace(given, kind=each.type or given.kind, parameters={**each.parameters, **given.parameters})
        return given

    def judged(
        self, findings: Sequence[Diagnostic], statements: Places, others: Sequence[str], selection: Selection, skipping: Skipping
    ) -> Judged:
        """Tell the findings that are accepted from the others; ``others`` are other checked files."""

        def present() -> Sequence[str]:
            with Problems().collected():
                return [each.shown for each in find(str(self.configuration.folder), SUFFIXES, skipping)]
            return ()  # there is none

        return judged(findings, self.configuration, Checked(statements, selection, others, present), today())

    def unaccepted(self, findings: Sequence[Diagnostic], statements: Places, selection: Selection) -> Sequence[Diagnostic]:
        """Return the findings that are not accepted."""
        kept = judged(findings, self.configuration, Checked(statements, selection, (), tuple), today()).kept
        return [each for each in findings if each in kept]

    def with_level(self, finding: Diagnostic) -> Diagnostic:
        """Return the finding with the level that it shall have; errors stay."""
        levels = self.configuration.lint.severity
        prefixes = [each for each in levels if finding.code.startswith(each)]
        return finding if not prefixes or finding.level is Level.ERROR else replace(finding, given=levels[max(prefixes, key=len)])
