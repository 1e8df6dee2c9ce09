"""A bundle's way into a folder or an archive: whole or not at all.

Outputs are written beside their place and then moved there. A folder takes two moves. If the process is killed between them,
the old output is beside the folder, under a name that the next build restores.
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
from iam2rego.rego.bundle.modes import keep_closed

Listed: TypeAlias = Callable[[Path], Container[str]]
"""Returns the paths of what an earlier build has put into a folder."""


class OutputError(Exception):
    """Something that no build put there is in the way, so it is left alone."""


def write(bundle: Bundle, directory: Path) -> None:
    """Replace ``directory`` by the files of ``bundle``; raises as `write_files`."""
    write_files(((path, text.encode()) for path, text in bundle.files.items()), directory, bundle_files)


def write_files(files: Iterable[tuple[str, bytes]], directory: Path, listed: Listed) -> None:
    """Replace ``directory`` by ``files``, if it holds nothing but what is ``listed``.

    Raises:
        OutputError: the folder is a file, or holds what is not an earlier build's.
        OSError: the surroundings refuse; the old output is untouched.
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
    """Replace ``directory`` by an archive of each bundle, under its name; raises as `write_files`."""
    files = {archive_name(name): archive(bundle) for name, bundle in bundles.items()}
    write_files([*files.items(), (MANIFEST, list_of([*files, MANIFEST]).encode())], directory, bundle_files)


def archive_name(name: str) -> str:
    """Return the name of the file of one of several archives."""
    return f"{name}.tar.gz"


@contextmanager
def placed(content: bytes, file: Path) -> Iterator[None]:
    """Write ``content`` beside ``file`` before the block, and let it take the place of that after the block.

    Raises:
        OutputError: there is something other than a file.
        OSError: the surroundings refuse.
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
    """Return the paths whose content in ``directory`` is not what ``bundle`` has, in order; missing and surplus ones too."""
    present = set(_paths(directory)) if directory.is_dir() else set()
    changed = {path for path in present & set(bundle.files) if _content(directory / path) != bundle.files[path].encode()}
    return sorted(changed | (present ^ set(bundle.files)))


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def refuse_foreign(directory: Path, listed: Listed) -> None:
    """Raise an `OutputError` that names the first thing in ``directory`` which is not among those ``listed``."""
    if not directory.exists():
        return
    if not directory.is_dir():
        raise OutputError("is not a folder")
    ours = listed(directory)
    foreign = next((path for path in _paths(directory) if path not in ours), None)
    if foreign is not None:
        raise OutputError(f"holds `{foreign}`, which no build put there")


def _paths(directory: Path) -> Iterator[str]:
    """Yield all that is in ``directory`` but the folders that hold something: files, links and empty folders, folder by folder."""
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
    """Return the paths of the files that a build has put into ``directory``; none if there is no such build."""
    try:
        manifest = json.loads(content_of(directory / MANIFEST))
    except (OSError, ValueError, RecursionError):
        return set()
    return set(built_files(manifest))


def _restore(directory: Path, old: Path) -> None:
    """Put back what a build had moved aside before it was killed or failed."""
    if old.is_dir() and not os.path.lexists(directory):
        old.rename(directory)


def _may_be_ours(old: Path) -> bool:
    """Return whether there is a folder that no stranger has made: in a shared folder anybody may make one of that name."""
    return old.is_dir() and old.lstat().st_uid in (os.geteuid(), old.parent.stat().st_uid)


def _fill(directory: Path, files: Iterable[tuple[str, bytes]], earlier: Path) -> None:
    made: set[str] = set()
    for path, content in files:
        _make_folder(directory, earlier, path.rpartition("/")[0], made)
        if not _linked(f"{directory}/{path}", f"{earlier}/{path}", content):
            (directory / path).write_bytes(content)
            keep_closed(directory / path, earlier / path)


def _make_folder(directory: Path, earlier: Path, folder: str, made: set[str]) -> None:
    """Make a folder and those that it is in, unless they are ``made``, as closed as the earlier ones of the same names."""
    if folder in made:
        return
    if folder:
        _make_folder(directory, earlier, folder.rpartition("/")[0], made)
    (directory / folder).mkdir()
    keep_closed(directory / folder, earlier / folder)
    made.add(folder)


def _linked(file: str, earlier: str, content: bytes) -> bool:
    """Take over a file that has not changed: after a small change a disk need not write thousands of them.

    Not what others can change, nor a link. It is linked before it is looked at, since another build may put another file in
    its place between the two.
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
    """Return at most the first ``length`` bytes of a file; it is done for every file of every build, so without the ways around."""
    handle = os.open(file, os.O_RDONLY)
    try:
        return os.read(handle, length)
    finally:
        os.close(handle)


def _replace(directory: Path, folder: Path, old: Path) -> None:
    """Move the folder `new` of ``folder`` to ``directory``, and into ``folder`` what must go: only whole outputs have other names."""
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
