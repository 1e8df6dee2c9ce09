"""Keeps what was made of files in the user's cache folder: by key, whole or not at all, and only so much."""

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOST: Final = 512 * 1024 * 1024
"""How many bytes are kept; what was not used for the longest time goes first."""

_DIGEST: Final = hashlib.sha256().digest_size
_OTHERS_MAY_WRITE: Final = 0o022
_SECONDS_OF_USE: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Cache:
    """Contents by key in a folder. Nothing here fails: what cannot be kept or had is made again.

    Several processes may share the folder: what is written is moved into place, and what is read is compared to its digest.
    """

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> "Cache | None":
        """Return the cache in ``folder``, which is made if need be; None if that fails, or others could have put something into it."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            status = folder.stat()
        except OSError:
            return None
        return cls(folder) if status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY_WRITE else None

    def get(self, key: str) -> bytes | None:
        """Return the content that was put under ``key``; None if there is none, or not all of it."""
        path = self.folder / key
        with suppress(OSError):
            content = _checked(path.read_bytes())
            _mark_used(path)
            return content
        return None

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content`` under ``key``."""
        with suppress(OSError):
            _place(self.folder / key, hashlib.sha256(content).digest() + content)

    def trim(self) -> None:
        """Remove what is too much."""
        with suppress(OSError):
            _trim(self.folder)


def _checked(content: bytes) -> bytes | None:
    digest, content = content[:_DIGEST], content[_DIGEST:]
    return content if hashlib.sha256(content).digest() == digest else None


def _mark_used(path: Path) -> None:
    if time.time() - path.stat().st_mtime > _SECONDS_OF_USE:
        os.utime(path)


def _place(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a Path opens names only
            file.write(content)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _trim(folder: Path) -> None:
    entries = sorted(((status := entry.stat()).st_mtime, status.st_size, entry.path) for entry in os.scandir(folder))
    total = sum(size for _, size, _ in entries)
    for _, size, path in entries:
        if total <= MOST:
            return
        Path(path).unlink(missing_ok=True)
        total -= size
