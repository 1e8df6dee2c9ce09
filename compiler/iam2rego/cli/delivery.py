"""Where a bundle goes: a folder, an archive."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from iam2rego.cli.output import located
from iam2rego.rego import Bundle, archive, placed, write

_HINT: Final = "name a folder that is absent, empty, or holds nothing but an earlier build"


class Delivery:
    """Delivers one bundle after the other."""

    def __init__(self, directory: Path | None, file: Path | None, *, as_json: bool) -> None:
        self._directory = directory
        self._file = file
        self._as_json = as_json
        self._delivered: Mapping[str, str] = {}

    def __call__(self, bundle: Bundle) -> str:
        """Deliver ``bundle`` if it is not the last one; return a line that tells how many files of it are other ones."""
        changed = sum(self._delivered.get(path) != bundle.files.get(path) for path in self._delivered.keys() | bundle.files.keys())
        if changed:
            place(bundle, self._directory, self._file)
        self._delivered = bundle.files
        return json.dumps({"built": True, "files_changed": changed}) if self._as_json else f"built: {_files(changed)} changed"


def place(bundle: Bundle, directory: Path | None, file: Path | None) -> None:
    """Write the folder and the archive. The archive is moved into place last, when the folder has succeeded."""
    with ExitStack() as stack:
        if file:
            stack.enter_context(located(file))
            stack.enter_context(placed(archive(bundle), file))
        if directory:
            with located(directory, _HINT):
                write(bundle, directory)


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"
