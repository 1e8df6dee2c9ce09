"""Where this program keeps what it can do without."""

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Return the user's cache folder for this program; it may not exist yet."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if named.startswith("/"):
        return Path(named) / "iam2rego"
    below = "~/Library/Caches/iam2rego" if sys.platform == "darwin" else "~/.cache/iam2rego"
    return Path(os.path.expanduser(below))  # noqa: PTH111 - Path.expanduser raises where there is no home
