"""What is skipped where a folder is read: nothing, or what its owner does not keep there as policies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Skipping:
    """Decides which folders to enter, and which files in them to read.

    Attributes:
        customary: whether hidden folders, `node_modules` and what git ignores are skipped.
        excluded: says of the path of a file or folder whether it is skipped.
    """

    customary: bool = False
    excluded: Callable[[str], bool] = lambda _: False

    def enters(self, folder: Path) -> bool:
        """Return whether to read what is in a folder below the one that was named."""
        unwanted = self.customary and (folder.name.startswith(".") or folder.name == "node_modules")
        return not unwanted and not self.excluded(str(folder))

    def kept(self, root: Path, files: Sequence[str]) -> Sequence[str]:
        """Return the files to read of those below ``root``, whose paths are relative to it."""
        wanted = [each for each in files if not self.excluded(str(root / each))]
        if not self.customary:
            return wanted
        from iam2rego.sources.gitignore import ignored_by_git  # here, since most commands run no programs

        ignored = ignored_by_git(root, wanted)
        return [each for each in wanted if each not in ignored]


NOTHING: Final = Skipping()
