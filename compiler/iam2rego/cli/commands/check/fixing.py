"""The options of `check` that fix findings. What they do is in `fixes`, which needs more of the package than most calls do."""

from collections.abc import Sequence
from typing import ClassVar

from iam2rego.cli.shared.command import flag, options
from iam2rego.cli.shared.output import refuse
from iam2rego.sources.files import STDIN


@options
class Fixing:
    """What `check` fixes."""

    heading: ClassVar = "Fixes"

    fix: bool = flag("--fix", explanation="Edit the files: apply each fix that is proven not to change what the policy means.")
    unsafe_fixes: bool = flag("--unsafe-fixes", explanation="With --fix or --diff, apply the fixes that may change it too.")
    diff: bool = flag("--diff", explanation="Show what --fix would change, and write nothing; exit with 1 if that is anything.")

    @property
    def is_wanted(self) -> bool:
        """Whether anything is to be fixed, or shown as fixed."""
        return self.fix or self.diff

    def refuse_contradictions(self, sources: Sequence[str], *, writes_baseline: bool) -> None:
        """Refuse options that make no sense together."""
        if self.diff and writes_baseline:
            refuse("writes nothing, so no baseline either", "--diff")
        if self.unsafe_fixes and not self.is_wanted:
            refuse("needs --fix or --diff", "--unsafe-fixes")
        if self.fix and STDIN in sources and len(sources) > 1:
            refuse("fixes the standard input only by itself, since the fixed text is the output", "--fix")
