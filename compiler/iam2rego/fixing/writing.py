"""Writes a fixed file: next to the old one first, then in its place, so that there is always one of the two, and whole."""

import os
import shutil
from pathlib import Path

from iam2rego.rego.bundle.atomic_folder import scratch
from iam2rego.rego.bundle.errors import OutputError


def write(path: Path, before: bytes, after: bytes) -> None:
    """Replace a file, whose permissions stay; if the path is a link, the file that it leads to.

    Raises:
        OutputError: the file no longer holds what was read.
        OSError: the system refuses; the old file is untouched.
    """
    place = Path(os.path.realpath(path))
    with scratch(place) as folder:
        new = folder / "new"
        new.write_bytes(after)
        shutil.copymode(place, new)
        if place.read_bytes() not in (before, after):
            raise OutputError("was changed by another program while it was being fixed")
        new.replace(place)
