"""Waits for files to change.

It polls their status. That needs no library, costs almost nothing for thousands of files, and works on network shares and in
containers, where systems do not report changes.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

from iam2rego.diagnostics import PolicyError
from iam2rego.sources.files import Place, find
from iam2rego.sources.noted import Noted
from iam2rego.sources.skipping import Skipping

_PAUSE: Final = 0.2
"""Seconds between two polls; a file that has not changed for that long is written whole."""

_SHARE: Final = 10
"""A pause is at least this many times as long as a poll."""

_Stamp: TypeAlias = tuple[str, int, int, int] | str
"""A file's path with what changes when it is written: inode, size and time; or what is wrong with it."""


def changes(paths: Noted) -> Iterator[None]:
    """Yield now, and each time that the files that ``paths`` name have changed and then stayed the same for a moment."""
    handled = seen = _stamps(paths)
    yield
    pause = _PAUSE
    while True:
        time.sleep(pause)  # nothing tells of a change, so it is looked for again
        started = time.monotonic()
        now = _stamps(paths)
        pause = max(_PAUSE, _SHARE * (time.monotonic() - started))
        if now == seen != handled:
            handled = now
            yield
        seen = now


def _stamps(paths: Noted) -> list[_Stamp]:
    return [stamp for path, (suffixes, skipping) in paths.items() for stamp in _below(path, suffixes, skipping)]


def _below(path: str, suffixes: tuple[str, ...], skipping: Skipping) -> Iterator[_Stamp]:
    try:
        yield from map(_stamp, find(path, suffixes, skipping))
    except PolicyError as error:
        yield str(error)


def _stamp(place: Place) -> _Stamp:
    try:
        status = Path(place.shown).stat()
    except OSError as failure:
        return f"{place.shown}: {failure.strerror}"
    return place.shown, status.st_ino, status.st_size, status.st_mtime_ns
