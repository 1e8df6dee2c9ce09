"""Files as a git revision has them: ``git:REV:PATH``, with a path relative to the current folder."""

import os
import subprocess
from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source

_START: Final = "git:"
_BLOB: Final = "100"
"""How the modes of regular files begin; links and submodules have others."""


def is_revision(path: str) -> bool:
    """Say whether a path names a file or folder of a git revision."""
    return path.startswith(_START)


def files_at(path: str) -> list[str] | None:
    """Return the relative paths of the files below a folder of a revision; None if it is a file itself.

    Raises:
        PolicyError: git does not have it.
    """
    name = _object(path)
    if _git(path, "cat-file", "-t", name).strip() == b"blob":
        return None
    return list(_listed(_git(path, "ls-tree", "--full-tree", "-r", "-z", name)))


def content_at(path: str) -> bytes:
    """Return the content of a file of a revision.

    Raises:
        PolicyError: git does not have it.
    """
    return _git(path, "cat-file", "blob", _object(path))


def _listed(listing: bytes) -> Iterator[str]:
    for line in listing.split(b"\0"):
        about, _, name = line.partition(b"\t")
        if about.startswith(_BLOB.encode()):
            yield os.fsdecode(name)


def _object(path: str) -> str:
    """Return what git calls the file or folder."""
    revision, colon, within = path.removeprefix(_START).partition(":")
    if not colon or not revision or revision.startswith("-") or within.startswith("/"):
        raise _unreadable(path, "it is not of the form git:REV:PATH, with a path relative to the current folder")
    within = within.rstrip("/")
    return f"{revision}:./{'' if within == '.' else within}"


def _git(path: str, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", *words], env={**os.environ, "LC_ALL": "C"}, capture_output=True, check=False)
    except FileNotFoundError:
        raise _unreadable(path, "git is not installed") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _unreadable(path, f"git says: {said[0] if said else 'nothing'}")
    return done.stdout


def _unreadable(path: str, why: str) -> PolicyError:
    return PolicyError([Diagnostic(Code.UNREADABLE, f"cannot be read: {why}", Source(path, ""))])
