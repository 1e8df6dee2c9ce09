"""Who may use what a build writes: a rebuild opens nothing that was closed."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

_PERMISSIONS: Final = 0o777


def keep_closed(new: Path, earlier: Path) -> None:
    """Take from ``new`` the permissions that ``earlier`` does not grant, if there is such; what is ours keeps its group, too.

    So nobody gets more than by the umask. A folder stays one that we can change.
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
