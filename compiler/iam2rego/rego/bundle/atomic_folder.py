"""Makes temporary folders next to the output, so that the result can be moved into place in one step.

A running process holds a lock on its folder. A killed process leaves its folder unlocked, and the next process that writes to the same
place removes it.
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
    """Yield a new folder next to ``beside`` and remove it after the block; first remove those that killed processes left."""
    prefix = f".{beside.name}.iam2rego-new-"
    _sweep(beside.parent, prefix)
    with ExitStack() as held:
        folder = _locked_folder(beside.parent, prefix, held)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path, prefix: str) -> None:
    """Remove the folders of dead processes, except those of other users."""
    ours = re.compile(re.escape(prefix) + "[a-z0-9_]{8}")  # as `mkdtemp` names them
    for folder in [each for each in parent.iterdir() if ours.fullmatch(each.name)]:
        with suppress(OSError), _opened(folder) as descriptor:
            if _lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB):
                shutil.rmtree(folder)


def _locked_folder(parent: Path, prefix: str, held: ExitStack) -> Path:
    """Make a folder and lock it; retry if another process removed it in between."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        with suppress(FileNotFoundError):
            _lock(held.enter_context(_opened(folder)), fcntl.LOCK_EX)
            if folder.exists():
                return folder


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)  # opening a pipe could block
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int, how: int) -> bool:
    """Lock until the descriptor is closed; return False if another process has the lock, or the file system has no locks."""
    try:
        fcntl.flock(descriptor, how)
    except OSError:
        return False
    return True
