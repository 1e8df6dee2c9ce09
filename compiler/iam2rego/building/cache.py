"""Keeps compiled files in the user's cache folder, up to a size."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iam2rego.cache_dir import is_made_ours

MOST: Final = 512 * 1024 * 1024
"""The most bytes to keep; the least recently used files are removed first."""

_DIGEST: Final = hashlib.sha256().digest_size
_KEY: Final = 2 * _DIGEST
_DIGITS: Final = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Cache:
    """Lines of bytes by key for each name, in a folder. A name is that of a build: the same sources with the same options.

    They are in sixteen files, by the first digit of the keys: thousands of files take ten times as long to read and write, and a
    single one would be rewritten whole after every change. Nothing here fails: what cannot be kept or read is made again. Several
    processes may share the folder: a file is moved into place, and checked against its digest when it is read.
    """

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> "Cache | None":
        """Return the cache in ``folder``, which is created if needed; None if that fails, or if other users can write to it."""
        return cls(folder) if is_made_ours(folder) else None

    def read(self, name: str) -> dict[str, bytes]:
        """Return the lines that were last written under ``name``, by key; lines of a damaged file are left out."""
        lines: dict[str, bytes] = {}
        for digit in _DIGITS:
            with suppress(OSError):
                lines |= _lines(self.folder / f"{name}-{digit}")
        return lines

    def write(self, name: str, lines: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
        """Keep ``lines`` under ``name`` by their keys, SHA-256 in hex, where ``before`` was read; remove old files if there is too much."""
        with suppress(OSError):
            for digit in {key[0] for key in lines.keys() ^ before.keys()}:
                content = b"\n".join(key.encode() + line for key, line in lines.items() if key.startswith(digit))
                _place(self.folder / f"{name}-{digit}", hashlib.sha256(content).digest() + content)
            _trim(self.folder)


def _lines(file: Path) -> dict[str, bytes]:
    content = file.read_bytes()
    digest, content = content[:_DIGEST], content[_DIGEST:]
    if hashlib.sha256(content).digest() != digest:
        return {}
    os.utime(file)
    return {line[:_KEY].decode(): line[_KEY:] for line in content.splitlines()}


def _place(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a Path opens names only
            file.write(content)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _trim(folder: Path) -> None:
    files = sorted(((status := file.stat()).st_mtime, status.st_size, file) for file in folder.iterdir())
    total = sum(size for _, size, _ in files)
    for _, size, file in files:
        if total <= MOST:
            return
        file.unlink(missing_ok=True)
        total -= size
