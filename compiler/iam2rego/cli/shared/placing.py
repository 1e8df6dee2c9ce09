"""Puts folders and files in their places, whole or not at all."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iam2rego.cli.shared.output import located, refuse
from iam2rego.rego.bundle.output import Listed, placed, refuse_foreign

_HINT: Final = "name a folder that is absent, empty, or holds nothing but an earlier build"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to replace.

    Attributes:
        path: where it is.
        listed: returns the files that an earlier command has put there, which may be replaced.
        write: writes it.
    """

    path: Path
    listed: Listed
    write: Callable[[Path], None]


def place(files: Mapping[Path, bytes], folders: Sequence[Folder]) -> None:
    """Write folders and files. All folders are looked at first, and files are moved into place last, when the folders are written.

    Raises:
        PolicyError: a place cannot be used.
    """
    for folder in folders:
        with located(folder.path, _HINT):
            refuse_foreign(folder.path, folder.listed)
    with ExitStack() as stack:
        for file, content in files.items():
            stack.enter_context(located(file))
            stack.enter_context(placed(content, file))
        for folder in folders:
            with located(folder.path, _HINT):
                folder.write(folder.path)


def refuse_within(folder: Path | None, others: Mapping[str, Path | None]) -> None:
    """Refuse to write into a ``folder`` that is replaced."""
    for option, other in others.items():
        if folder and other and Path(os.path.realpath(other)).is_relative_to(os.path.realpath(folder)):
            refuse(f"`{other}` is in `{folder}`, which is replaced", option)
