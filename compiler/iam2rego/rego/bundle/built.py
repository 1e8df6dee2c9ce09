"""Reads the output of an earlier command: a bundle as a folder or an archive, or a folder of partitions."""

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from iam2rego.cache_dir import content_of
from iam2rego.rego.bundle.assemble import DATA, MANIFEST, Bundle, built_files
from iam2rego.rego.bundle.oci import TAG
from iam2rego.rego.bundle.output import OutputError, archive_name

SIGNATURES: Final = ".signatures.json"
_UNREADABLE: Final = (FileNotFoundError, tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError, LookupError, RecursionError)


def read_bundles(path: Path) -> Mapping[str, Bundle]:
    """Return the bundles at ``path`` by name: one called `TAG`, or all partitions.

    Raises:
        OutputError: there is none.
        OSError: the folder or archive cannot be read.
    """
    try:
        names = [name.removesuffix(archive_name("")) for name in _partitions(path)]
    except _UNREADABLE:
        raise OutputError("was not written by `build` or `partition`") from None
    return {name: read_bundle(path / archive_name(name)) for name in names} if names else {TAG: read_bundle(path)}


def _partitions(path: Path) -> list[str]:
    """Return the names of the archives in a folder of partitions; none for any other folder."""
    manifest = json.loads(content_of(path / MANIFEST)) if path.is_dir() else {"roots": []}
    return [] if "roots" in manifest else [name for name in built_files(manifest) if name != MANIFEST]


def read_bundle(path: Path) -> Bundle:
    """Return the bundle in a folder or an archive, without its signatures; raise as `read_bundles` does."""
    try:
        files = {_inside(name): text for name, text in (_in_folder(path) if path.is_dir() else _in_archive(path)) if name != SIGNATURES}
        if DATA in files and built_files(json.loads(files[MANIFEST])):
            return Bundle(files)
    except _UNREADABLE:
        pass
    raise OutputError("was not written by `build` or `partition`")


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
