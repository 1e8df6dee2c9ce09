"""A Chromium to look at pages with: one on PATH, or Debian's package unpacked into the user's cache folder, which needs no root."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from iam2rego.cache_dir import cache_folder

_PROGRAMS: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_PACKAGE: Final = "chromium-headless-shell"
_UNPACKED: Final = "usr/lib/chromium/chromium-headless-shell"
_ARGUMENTS: Final = (
    "--no-sandbox",  # in a container there may be none, and the pages are ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_ADVICE: Final = "put a Chromium on PATH, or run where `apt-get` knows Debian's packages"


class ChromiumError(Exception):
    """There is no Chromium, and none could be obtained; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Chromium:
    """An executable, and the variables that it needs beside those at hand."""

    path: Path
    variables: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def launched() -> Iterator[Browser]:
    """Yield a browser, which asks for nothing of its own accord.

    Raises:
        ChromiumError: there is none, and none can be obtained.
    """
    found = obtain()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.path, args=_ARGUMENTS, env={**os.environ, **found.variables})
        yield browser
        browser.close()


def obtain() -> Chromium:
    """Return a Chromium: one on PATH, in the cache folder, or of Debian's packages, which takes a minute.

    Raises:
        ChromiumError: none of these is there.
    """
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found:
        return Chromium(Path(found))
    folder = (cache_folder() or Path(tempfile.gettempdir())) / "chromium"
    if not folder.is_dir():
        _unpack(folder)
    return _unpacked(folder)


def _unpack(folder: Path) -> None:
    """Fill ``folder``, which appears when all is in it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="chromium-", dir=folder.parent) as scratch:
        root = Path(scratch, "root")
        for package in _downloaded(Path(scratch)):
            _run("dpkg-deb", "--extract", package, root)
        root.rename(folder)


def _downloaded(scratch: Path) -> list[Path]:
    """Download the package and what it needs that this system lacks, by the lists of packages at hand, or else by new ones."""
    packages = scratch / "packages"
    for folder in (packages / "partial", scratch / "lists" / "partial"):
        folder.mkdir(parents=True)
    download = ("install", "--yes", "--no-install-recommends", "--download-only", "-o", f"Dir::Cache::archives={packages}", _PACKAGE)
    own_lists = ("-o", f"Dir::State::lists={scratch / 'lists'}")
    try:
        _apt(scratch, *download)
    except ChromiumError:
        _apt(scratch, "update", *own_lists)
        _apt(scratch, *download, *own_lists)
    return sorted(packages.glob("*.deb"))


def _apt(scratch: Path, *words: str) -> None:
    """Run apt-get so that it writes to ``scratch`` alone, and needs neither locks nor a user of its own."""
    caches = [f"Dir::Cache::{name}={scratch / name}" for name in ("pkgcache", "srcpkgcache")]
    _run("apt-get", *(word for option in (*caches, "Debug::NoLocking=1", "APT::Sandbox::User=") for word in ("-o", option)), *words)


def _run(*command: str | Path) -> None:
    try:
        done = subprocess.run(command, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except FileNotFoundError:
        raise ChromiumError(f"there is no `{command[0]}`; {_ADVICE}") from None
    if done.returncode != 0:
        raise ChromiumError(f"`{command[0]}` failed; {_ADVICE}:\n{done.stdout}")


def _unpacked(root: Path) -> Chromium:
    """Return the unpacked program, which finds its libraries, and its fonts if this system has none, below ``root``."""
    libraries = {str(file.parent) for file in root.rglob("*.so*")}
    fonts = {"FONTCONFIG_SYSROOT": str(root)} if (root / "etc/fonts/fonts.conf").is_file() else {}
    return Chromium(root / _UNPACKED, {**fonts, "LD_LIBRARY_PATH": ":".join(sorted(libraries))})
