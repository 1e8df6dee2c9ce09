"""Keeps the permissions of files on a rebuild, so that it opens nothing that was closed."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

_PERMISSIONS: Final = 0o777


def keep_closed(new: Path, earlier: Path) -> None:
    """Remove the permissions of ``new`` that ``earlier``, if it exists, does not grant; our own files also keep their group.

    So nobody gets more than the umask allows. We can still write to a folder.
    """
    try:
        before = earlier.stat()
    except OSError:
        return
    now = new.stat()
    mode = stat.S_IMODE(now.st_mode) & (before.st_mode | ~_PERMISSIONS)
    if before.st_uid == os.geteuid() and before.st_gid != now.st_gid:
        with suppress(PermissionError):  # we are no longer in that group
            os.chown(new, -1, before.st_gid)
    if stat.S_ISDIR(now.st_mode):
        mode |= stat.S_IRWXU | before.st_mode & stat.S_ISGID
    new.chmod(mode)
