"""The user's cache folder, and the checks before a folder is trusted."""

import errno
import os
import sys
from pathlib import Path
from typing import Final

_OTHERS_MAY_WRITE: Final = 0o022


def cache_folder() -> Path | None:
    """Return the user's cache folder for this program, which may not exist yet; None if no absolute path is known.

    A relative path would be below the working directory, perhaps in a repository that could place a program there for us to execute.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    if named.startswith("/"):
        return Path(named) / "iam2rego"
    below = "~/Library/Caches/iam2rego" if sys.platform == "darwin" else "~/.cache/iam2rego"
    folder = Path(os.path.expanduser(below))  # noqa: PTH111 - Path.expanduser raises where there is no home
    return folder if folder.is_absolute() else None


def is_made_ours(folder: Path) -> bool:
    """Make the folder if it does not exist; return whether it belongs to this user, and nobody else may write to it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return is_only_ours(folder.stat())
    except OSError:
        return False


def content_of(file: Path) -> bytes:
    """Read a regular file; raise a `FileNotFoundError` for anything else: a pipe could block, and a device may never end."""
    if not file.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(file))
    return file.read_bytes()


def is_only_ours(status: os.stat_result) -> bool:
    """Return whether the file or folder with this status belongs to this user, and nobody else may write to it."""
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY_WRITE
