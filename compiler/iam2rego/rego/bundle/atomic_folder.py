"""Folders to work in, beside what is written, so that the result can be moved into place in one step.

A lock marks the folder of a process that lives. A killed process leaves its folder without one, and the next process that
writes to the same place removes it.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """Yield a new folder next to ``beside``, which is gone after the block; first remove those that killed processes left there."""
    prefix = f".{beside.name}.iam2rego-new-"
    _sweep(beside.parent, prefix)
    with ExitStack() as held:
        folder = _locked_folder(beside.parent, prefix, held)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path, prefix: str) -> None:
    """Remove the folders of processes that are gone; what belongs to another user stays."""
    ours = re.compile(re.escape(prefix) + "[a-z0-9_]{8}")  # as `mkdtemp` names them
    for folder in [each for each in parent.iterdir() if ours.fullmatch(each.name)]:
        with suppress(OSError), _opened(folder) as descriptor:
            if _lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB):
                shutil.rmtree(folder)


def _locked_folder(parent: Path, prefix: str, held: ExitStack) -> Path:
    """Make a folder and lock it; again, if the sweep of another process came between."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        with suppress(FileNotFoundError):
            _lock(held.enter_context(_opened(folder)), fcntl.LOCK_EX)
            if folder.exists():
                return folder


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)  # a pipe of that name would make us wait
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int, how: int) -> bool:
    """Lock for as long as the descriptor is open; False where another has the lock, or the file system knows none."""
    try:
        fcntl.flock(descriptor, how)
    except OSError:
        return False
    return True
