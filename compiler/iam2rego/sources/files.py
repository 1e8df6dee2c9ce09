"""Reads files and folders as texts: found in a fixed order, bounded in size, UTF-8 or refused."""

import hashlib
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source
from iam2rego.sources.noted import note
from iam2rego.sources.problems import Problems
from iam2rego.sources.revisions import content_at, files_at, is_revision
from iam2rego.sources.skipping import NOTHING, Skipping
from iam2rego.syntax.decode import LARGEST, LARGEST_PLAN, decode

STDIN: Final = "-"

_MOST_AT_FIRST: Final = 65_536
"""Bytes of the first read. Python allocates all that a read asks for, and few files need as much as the largest."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file to read: `file` is its path relative to what the user named, `shown` the one that messages give."""

    file: str
    shown: str

    @property
    def stem(self) -> str:
        """The file's path without its last suffix; ``stdin`` for the standard input."""
        return "stdin" if self.file == STDIN else str(PurePosixPath(self.file).with_suffix(""))


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that was read: its place, its text without a byte order mark, and the bytes it came from.

    `environment` are values of names in it that another file tells: of a template of the CDK, its account and region.
    """

    place: Place
    source: Source
    data: bytes
    environment: tuple[tuple[str, str], ...] = ()


def read_all(
    paths: Iterable[str],
    suffixes: tuple[str, ...],
    problems: Problems,
    skipping: Skipping = NOTHING,
    choose: Callable[[list[Place]], Iterable[Place]] = list,
    marks: Sequence[bytes] = (),
) -> list[TextFile]:
    """Read every file that ``paths`` name, in folders those with one of ``suffixes`` that ``choose`` returns.

    A file that cannot be read is a problem. Files with one of the ``marks`` may be larger than others.
    """
    files: list[TextFile] = []
    for path in paths:
        with problems.collected():
            for place in choose(find(path, suffixes, skipping)):
                with problems.collected():
                    files.append(read(place, marks))
    return files


def find(path: str, suffixes: tuple[str, ...], skipping: Skipping = NOTHING) -> list[Place]:
    """Return the files that ``path`` names: itself, or all below it but the skipped ones, ordered by code point of the relative path.

    A path such as ``git:main:policies`` is one of a git revision, of which nothing is skipped.

    Raises:
        PolicyError: a folder cannot be listed, or has no such file; the path is empty, as from an unset variable.
    """
    if not path:
        raise _failure(Code.UNREADABLE, "the path is empty", "''")
    if is_revision(path):
        return _at_revision(path, suffixes)
    note(path, suffixes, skipping)
    try:
        if path == STDIN or not Path(path).is_dir():
            return [Place(path if path == STDIN else Path(path).name, path)]
        found = sorted(skipping.kept(Path(path), [*_below(Path(path), suffixes, skipping)]))
    except OSError as failure:
        raise _unreadable(path, failure) from failure
    return _within(str(Path(path, "x"))[:-1], found, path, suffixes)


def _at_revision(path: str, suffixes: tuple[str, ...]) -> list[Place]:
    found = files_at(path)
    if found is None:
        return [Place(PurePosixPath(path.rsplit(":", 1)[1]).name, path)]
    return _within(f"{path.rstrip('/')}/", sorted(each for each in found if each.endswith(suffixes)), path, suffixes)


def _within(above: str, found: Iterable[str], path: str, suffixes: tuple[str, ...]) -> list[Place]:
    """Return files of a folder as places; raise a `PolicyError` if there are none."""
    places = [Place(relative, f"{above}{relative}") for relative in found]
    if not places:
        *others, last = (f"`*{each}`" for each in suffixes)
        raise _failure(Code.NO_POLICY, f"the folder holds no {', '.join(others)}{' or ' if others else ''}{last} file", path)
    return places


def _below(root: Path, suffixes: tuple[str, ...], skipping: Skipping) -> Iterator[str]:
    """Yield the relative paths of the files below ``root``; a folder that links lead to again is read once."""
    seen: set[tuple[int, int]] = set()
    pending = [""]
    for above in pending:
        identity, entries = _listed(root / above)
        if identity in seen:
            continue
        seen.add(identity)
        folders = {entry.name for entry in entries if _holds(entry.is_dir)}
        pending += [f"{above}{name}/" for name in sorted(folders) if skipping.enters(root / above / name)]
        yield from (f"{above}{_regular(entry)}" for entry in entries if entry.name.endswith(suffixes) and entry.name not in folders)


def _listed(folder: Path) -> tuple[tuple[int, int], list[os.DirEntry[str]]]:
    """Return what identifies ``folder``, and what is in it in order."""
    try:
        status = folder.stat()
        return (status.st_dev, status.st_ino), sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as failure:
        raise _unreadable(str(folder), failure) from failure


def _holds(asked: Callable[[], bool]) -> bool:
    """Ask for the kind of an entry; a broken link has none."""
    try:
        return asked()
    except OSError:
        return False


def _regular(entry: os.DirEntry[str]) -> str:
    """Return the name of a file; reject a pipe or device, because reading one could block forever."""
    if not _holds(entry.is_file) and Path(entry).exists():
        raise _failure(Code.UNREADABLE, "cannot be read: it is not a regular file", entry.path)
    return entry.name


def read(place: Place, marks: Sequence[bytes] = ()) -> TextFile:
    """Read one file, which may be larger than others if it has one of the ``marks``.

    Raises:
        PolicyError: it is missing, unreadable, too large, not UTF-8, or its name is not.
    """
    if place.file == place.shown:  # others are in a folder that is noted, or in a revision, which never changes
        note(place.shown)
    with opened(place.shown) as file:
        data = _bytes(file, LARGEST)
        largest = LARGEST_PLAN if len(data) > LARGEST and any(each in data for each in marks) else LARGEST
        if largest > LARGEST:
            data += _bytes(file, largest - len(data))
    return TextFile(place, decode(place.shown, data, largest), data)


def read_path(path: str) -> Source:
    """Return the text of the file of a path, or of stdin for ``-``; raise as `read` does."""
    return read(Place(path, path)).source


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open a file, or stdin for ``-``; raise `PolicyError` if it is missing or unreadable, also in the block, or its name is not UTF-8."""
    _refuse_unprintable(path)
    try:
        if path == STDIN:
            yield sys.stdin.buffer
        elif is_revision(path):
            yield io.BytesIO(content_at(path))
        else:
            with Path(path).open("rb") as file:
                yield file
    except OSError as failure:
        raise _unreadable(path, failure) from failure


def refuse_missing(path: str) -> None:
    """Raise a `PolicyError` if there is no file, which `-` always is."""
    _refuse_unprintable(path)
    try:
        if path != STDIN:
            Path(path).stat()
    except OSError as failure:
        raise _unreadable(path, failure) from failure


def _refuse_unprintable(path: str) -> None:
    """Refuse a path that is not UTF-8: it would name a policy in JSON and Rego, which hold only text."""
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "replace").decode()
        raise _failure(Code.UNREADABLE, "the path is not UTF-8", shown) from None


def _bytes(file: BinaryIO, largest: int) -> bytes:
    """Read at most one byte more than is allowed: the size of a pipe is unknown."""
    data = file.read(_MOST_AT_FIRST)
    return data if len(data) < _MOST_AT_FIRST else data + file.read(largest + 1 - len(data))


def digest(files: Iterable[TextFile]) -> str:
    """Return the SHA-256, in hex, over the relative path and the bytes of every file, in the order of the paths."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda each: (each.place.file, each.data)):
        for part in (file.place.file.encode(), file.data):
            total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def _unreadable(shown: str, failure: OSError) -> PolicyError:
    return _failure(Code.UNREADABLE, f"cannot be read: {(failure.strerror or str(failure)).lower()}", shown)


def _failure(code: Code, message: str, shown: str) -> PolicyError:
    return PolicyError([Diagnostic(code, message, Source(shown, ""))])
