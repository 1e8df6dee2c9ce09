"""Reads a bundle that an earlier command wrote, from a folder or an archive."""

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from iam2rego.cache_dir import content_of
from iam2rego.rego.bundle.assemble import DATA, MANIFEST, Bundle, built_files
from iam2rego.rego.bundle.errors import OutputError

SIGNATURES: Final = ".signatures.json"
_GZIP: Final = b"\x1f\x8b"
_UNREADABLE: Final = (FileNotFoundError, tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError, LookupError, RecursionError)


def is_built(path: Path) -> bool:
    """Return whether ``path`` is a folder with a manifest or a gzipped file: what a build writes, and no policies."""
    try:
        if path.is_dir():
            return (path / MANIFEST).is_file()
        return path.is_file() and _begins(path, _GZIP)  # what a pipe holds could be read only once
    except OSError:
        return False


def _begins(file: Path, magic: bytes) -> bool:
    with file.open("rb") as content:
        return content.read(len(magic)) == magic


def read_bundle(path: Path) -> Bundle:
    """Return the bundle that was written to a folder or an archive, without its signatures.

    Raises:
        OutputError: there is none.
        OSError: the folder or archive cannot be read.
    """
    try:
        files = {_inside(name): text for name, text in (_in_folder(path) if path.is_dir() else _in_archive(path)) if name != SIGNATURES}
        if DATA in files and built_files(json.loads(files[MANIFEST])):
            return Bundle(files)
    except _UNREADABLE:
        pass
    raise OutputError("was not written by `build`")


def _inside(name: str) -> str:
    """Return the path of a file in a bundle; raise `ValueError` if it leads out of the bundle."""
    if name.startswith("/") or ".." in PurePosixPath(name).parts:
        raise ValueError(name)
    return name


def _in_folder(folder: Path) -> Iterator[tuple[str, str]]:
    listed = built_files(json.loads(content_of(folder / MANIFEST)))
    yield from ((path, content_of(folder / _inside(path)).decode()) for path in listed)


def _in_archive(file: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(file, "r:gz") as members:
        for member in members:
            if content := members.extractfile(member):
                yield member.name, content.read().decode()
