"""An earlier build in a folder, and what lies around it."""

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn


def files(folder: Path) -> Mapping[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir())


def aside(folder: Path) -> Path:
    """Return where a build keeps the old output between its two moves."""
    return folder.with_name(f".{folder.name}.iam2rego-old")


def refuse(*_: object) -> NoReturn:
    raise PermissionError("read-only")


def killed_between_the_moves(out: Path) -> None:
    out.rename(aside(out))
