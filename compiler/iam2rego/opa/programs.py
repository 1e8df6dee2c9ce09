"""Finds programs on PATH, but not in the working directory, which may be somebody else's repository."""

import os
import shutil
from pathlib import Path

from iam2rego.opa.errors import OpaError


def on_path(name: str) -> Path:
    """Return the program ``name``; relative folders on PATH are ignored.

    Raises:
        OpaError: there is none.
    """
    folders = [each for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(each).is_absolute()]
    found = shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        raise OpaError(f"there is no `{name}` on PATH")
    return Path(found)
