"""Notes which files and folders are read, so that a command can run again when they change."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeAlias

from iam2rego.sources.skipping import NOTHING, Skipping

Noted: TypeAlias = dict[str, tuple[tuple[str, ...], Skipping]]
"""Paths, each with the suffixes of the files that count if it is a folder, and what is skipped there."""

_NOTED: Final[ContextVar[Noted | None]] = ContextVar("noted", default=None)


def note(path: str, suffixes: tuple[str, ...] = (), skipping: Skipping = NOTHING) -> None:
    """Note that a file is read, or the files of a folder."""
    if (noted := _NOTED.get()) is not None:
        noted[path] = suffixes, skipping


@contextmanager
def noting() -> Iterator[Noted]:
    """Yield what is noted in the block."""
    noted: Noted = {}
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)
