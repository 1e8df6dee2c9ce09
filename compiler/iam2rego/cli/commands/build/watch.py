"""Builds again whenever files have changed.

It polls their status. That needs no library, costs almost nothing for thousands of files, and works on network shares and in
containers, where systems do not report changes.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from iam2rego.cli.shared.output import report, show
from iam2rego.diagnostics import Level, PolicyError
from iam2rego.sources.files import Place, find
from iam2rego.sources.parsing import SUFFIXES

Made = TypeVar("Made")

_PAUSE: Final = 0.2
"""Seconds between two polls; a file that has not changed for that long is written whole."""

_SHARE: Final = 10
"""A pause is at least this many times as long as a poll."""

_Stamp: TypeAlias = tuple[str, int, int, int] | str
"""A file's path with what changes when it is written: inode, size and time; or what is wrong with it."""


def rebuild(paths: Sequence[str], make: Callable[[], Made], deliver: Callable[[Made], str], *, as_json: bool) -> None:
    """Make and deliver now, and whenever the files that ``paths`` name have changed, until Ctrl-C; ``deliver`` returns a line to print.

    If policies have errors nothing is delivered, and what was delivered before stays.
    """
    with suppress(KeyboardInterrupt):
        for _ in changes(paths):
            show(_delivered(make, deliver, as_json=as_json))
            sys.stdout.flush()


def _delivered(make: Callable[[], Made], deliver: Callable[[Made], str], *, as_json: bool) -> str:
    try:
        made = make()
    except PolicyError as error:
        report(error.diagnostics, as_json=as_json)
        count = sum(each.level is Level.ERROR for each in error.diagnostics)
        return json.dumps({"built": False, "errors": count}) if as_json else f"not built: {count} error{'' if count == 1 else 's'}"
    return deliver(made)


def changes(paths: Sequence[str]) -> Iterator[None]:
    """Yield now, and each time that ``*.json`` files below ``paths`` have changed and then stayed the same for a moment."""
    handled = seen = _stamps(paths)
    yield
    pause = _PAUSE
    while True:
        time.sleep(pause)
        started = time.monotonic()
        now = _stamps(paths)
        pause = max(_PAUSE, _SHARE * (time.monotonic() - started))
        if now == seen != handled:
            handled = now
            yield
        seen = now


def _stamps(paths: Sequence[str]) -> list[_Stamp]:
    return [stamp for path in paths for stamp in _below(path)]


def _below(path: str) -> Iterator[_Stamp]:
    try:
        yield from map(_stamp, find(path, SUFFIXES))
    except PolicyError as error:
        yield str(error)


def _stamp(place: Place) -> _Stamp:
    try:
        status = Path(place.shown).stat()
    except OSError as failure:
        return f"{place.shown}: {failure.strerror}"
    return place.shown, status.st_ino, status.st_size, status.st_mtime_ns
