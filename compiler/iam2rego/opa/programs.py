"""Finds programs on PATH, but none in the working directory, which may be a repository of somebody else."""

import os
import shutil
from pathlib import Path

from iam2rego.opa.errors import OpaError


def on_path(name: str) -> Path:
    """Return the program of this ``name``; relative folders on PATH do not count.

    Raises:
        OpaError: there is none.
    """
    folders = [each for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(each).is_absolute()]
    found = shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        raise OpaError(f"there is no `{name}` on PATH")
    return Path(found)
