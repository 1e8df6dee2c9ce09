"""Asks git which files it ignores.

git itself is asked, because its answer also depends on the files that it tracks, on the user's own settings, and on repositories in
repositories. Without git, and outside a repository, nothing is ignored.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

_ITSELF: Final = "."
_LOCATING: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git sets for its hooks: it would take any folder as one of the repository that the hook belongs to."""


def ignored_by_git(root: Path, files: Sequence[str]) -> Set[str]:
    """Return the files below ``root`` that git ignores; paths are relative to it. If git ignores ``root`` itself, nothing is ignored."""
    git = shutil.which("git")
    if git is None or not files:
        return frozenset()

    @cache
    def is_home(folder: str) -> bool:
        """Return whether git has to be asked from within a folder: it is a repository, or a link."""
        return (root / folder / ".git").exists() or (root / folder).is_symlink()

    chains = {file: ["", *filter(is_home, _above(file)), file] for file in files}
    questions: dict[str, set[str]] = {"": set()}
    for chain in chains.values():
        for home, path in pairwise(chain):
            questions.setdefault(home, set()).add(path)
    ignored = frozenset[str]().union(*(_asked(git, root, home, sorted(paths)) for home, paths in questions.items()))
    return frozenset() if _ITSELF in ignored else frozenset(file for file, chain in chains.items() if not ignored.isdisjoint(chain))


def _above(file: str) -> Iterator[str]:
    """Yield the folders that a file is in, outermost first."""
    return (file[:index] for index, character in enumerate(file) if character == "/")


def _asked(git: str, root: Path, home: str, paths: Iterable[str]) -> Set[str]:
    """Return which ``paths`` git ignores, asked in the folder ``home``; also `.` for ``root`` itself."""
    start = f"{home}/" if home else ""
    given = [each.removeprefix(start) for each in paths] + ([] if home else [_ITSELF])
    command = [git, "-c", "core.fsmonitor=false", "check-ignore", "--stdin", "-z"]  # the monitor is a program of the repository's choice
    text = b"".join(os.fsencode(each) + b"\0" for each in given)
    done = subprocess.run(command, cwd=root / home, env=_environment(), input=text, capture_output=True, check=False)
    return {start + os.fsdecode(each) for each in done.stdout.split(b"\0")[:-1]}


def _environment() -> Mapping[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _LOCATING}
