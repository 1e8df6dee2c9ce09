"""Writes a bundle to a folder or an archive, completely or not at all.

The output is made next to its place and moved there. A folder takes two moves. If the process is killed between them, the old output is
next to the folder, under a name from which the next build restores it.
"""

import json
import os
import stat
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from iam2rego.cache_dir import content_of, is_only_ours
from iam2rego.rego.bundle.assemble import MANIFEST, Bundle, archive, built_files, list_of
from iam2rego.rego.bundle.atomic_folder import scratch
from iam2rego.rego.bundle.errors import OutputError
from iam2rego.rego.bundle.modes import keep_closed

Listed: TypeAlias = Callable[[Path], Container[str]]
"""Returns the paths of the files that an earlier build wrote to a folder."""


def write(bundle: Bundle, directory: Path) -> None:
    """Replace ``directory`` by the files of ``bundle``; raise as `write_files` does."""
    write_files(((path, text.encode()) for path, text in bundle.files.items()), directory, bundle_files)


def write_files(files: Iterable[tuple[str, bytes]], directory: Path, listed: Listed) -> None:
    """Replace ``directory`` by ``files``, if it contains nothing except what is ``listed``.

    Raises:
        OutputError: the folder is a file, or contains files that no build wrote.
        OSError: the system refuses; the old output is untouched.
    """
    directory = Path(os.path.realpath(directory))
    old = directory.parent / f".{directory.name}.iam2rego-old"
    if _may_be_ours(old):
        _restore(directory, old)
    refuse_foreign(directory, listed)
    directory.parent.mkdir(parents=True, exist_ok=True)
    with scratch(directory) as folder:
        _fill(folder / "new", files, directory)
        _replace(directory, folder, old)


def write_archives(bundles: Mapping[str, Bundle], directory: Path) -> None:
    """Replace ``directory`` by an archive of each bundle, under its name; raise as `write_files` does."""
    files = {archive_name(name): archive(bundle) for name, bundle in bundles.items()}
    write_files([*files.items(), (MANIFEST, list_of([*files, MANIFEST]).encode())], directory, bundle_files)


def archive_name(name: str) -> str:
    """Return the file name of one of several archives."""
    return f"{name}.tar.gz"


@contextmanager
def placed(content: bytes, file: Path) -> Iterator[None]:
    """Write ``content`` next to ``file`` before the block, and replace ``file`` with it after the block.

    Raises:
        OutputError: ``file`` exists and is not a regular file.
        OSError: the system refuses.
    """
    file = Path(os.path.realpath(file))
    if file.exists() and not file.is_file():
        raise OutputError("is not a regular file")
    with scratch(file) as folder:
        new = folder / "new"
        new.write_bytes(content)
        keep_closed(new, file)
        yield
        new.replace(file)


def differing_files(bundle: Bundle, directory: Path) -> list[str]:
    """Return the paths that differ between ``directory`` and ``bundle``, in order, including missing and surplus files."""
    present = set(_paths(directory)) if directory.is_dir() else set()
    changed = {path for path in present & set(bundle.files) if _content(directory / path) != bundle.files[path].encode()}
    return sorted(changed | (present ^ set(bundle.files)))


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def refuse_foreign(directory: Path, listed: Listed) -> None:
    """Raise an `OutputError` that names the first file in ``directory`` that is not ``listed``."""
    if not directory.exists():
        return
    if not directory.is_dir():
        raise OutputError("is not a folder")
    ours = listed(directory)
    foreign = next((path for path in _paths(directory) if path not in ours), None)
    if foreign is not None:
        raise OutputError(f"contains `{foreign}`, which no build wrote")


def _paths(directory: Path) -> Iterator[str]:
    """Yield the files, links and empty folders in ``directory``, folder by folder."""
    for name, folders, files in os.walk(directory, onerror=_raise):
        folders.sort()
        folder = Path(name).relative_to(directory).as_posix()
        above = "" if folder == "." else f"{folder}/"
        links = [each for each in folders if Path(name, each).is_symlink()]
        yield from (f"{above}{each}" for each in sorted([*files, *links]))
        if above and not folders and not files:
            yield folder


def _raise(failure: OSError) -> None:
    raise failure


def bundle_files(directory: Path) -> set[str]:
    """Return the paths of the files that a build wrote to ``directory``; none if there was no build."""
    try:
        manifest = json.loads(content_of(directory / MANIFEST))
    except (OSError, ValueError, RecursionError):
        return set()
    return set(built_files(manifest))


def _restore(directory: Path, old: Path) -> None:
    """Restore the output that a build had moved aside before it failed or was killed."""
    if old.is_dir() and not os.path.lexists(directory):
        old.rename(directory)


def _may_be_ours(old: Path) -> bool:
    """Return whether the folder exists and is not another user's: in a shared folder, anybody can make one of that name."""
    return old.is_dir() and old.lstat().st_uid in (os.geteuid(), old.parent.stat().st_uid)


def _fill(directory: Path, files: Iterable[tuple[str, bytes]], earlier: Path) -> None:
    made: set[str] = set()
    for path, content in files:
        _make_folder(directory, earlier, path.rpartition("/")[0], made)
        if not _linked(f"{directory}/{path}", f"{earlier}/{path}", content):
            (directory / path).write_bytes(content)
            keep_closed(directory / path, earlier / path)


def _make_folder(directory: Path, earlier: Path, folder: str, made: set[str]) -> None:
    """Make a folder and its parents, unless they are ``made``, with no more permissions than the earlier folders."""
    if folder in made:
        return
    if folder:
        _make_folder(directory, earlier, folder.rpartition("/")[0], made)
    (directory / folder).mkdir()
    keep_closed(directory / folder, earlier / folder)
    made.add(folder)


def _linked(file: str, earlier: str, content: bytes) -> bool:
    """Link an unchanged file instead of writing it, which saves thousands of writes after a small change.

    Files that others can write to and links are not reused. The file is linked before it is checked, because another build may replace it
    in between.
    """
    try:
        os.link(earlier, file)
    except OSError:
        return False
    status = os.lstat(file)
    if stat.S_ISREG(status.st_mode) and is_only_ours(status) and _starts(file, len(content) + 1) == content:
        return True
    Path(file).unlink()
    return False


def _starts(file: str, length: int) -> bytes:
    """Return at most the first ``length`` bytes of a file, by system calls: it is done for every file of every build."""
    handle = os.open(file, os.O_RDONLY)
    try:
        return os.read(handle, length)
    finally:
        os.close(handle)


def _replace(directory: Path, folder: Path, old: Path) -> None:
    """Move the folder `new` of ``folder`` to ``directory``, and the old output into ``folder``."""
    if old.exists():
        old.rename(folder / "older")
    try:
        if directory.exists():
            directory.rename(old)
        (folder / "new").rename(directory)
    finally:
        _restore(directory, old)
    if old.exists():
        old.rename(folder / "old")
