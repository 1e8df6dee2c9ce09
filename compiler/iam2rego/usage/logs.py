"""Reads decision logs as a stream: the JSON Lines that OPA prints, and the arrays that it uploads; gzipped or not.

Memory is bounded by the longest line: an upload of OPA is a single line of at most `upload_size_limit_bytes`.
"""

import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source
from iam2rego.sources.files import STDIN, find

_SUFFIXES: Final = (".json", ".jsonl", ".log", ".gz")
_LONGEST: Final = 64 * 1024 * 1024
_GZIP: Final = b"\x1f\x8b"
_BETWEEN: Final = re.compile(r"[\s,\[\]]*")
_DECODER: Final = json.JSONDecoder()


class Logs:
    """The events of a log: a file, all files of a folder (``*.json``, ``*.jsonl``, ``*.log``, ``*.gz``), or ``-`` for stdin.

    Attributes:
        path: the path as given.
        unread: how many lines, or ends of files, could not be read.
        first_unread: the file and line of the first of these.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.unread = 0
        self.first_unread: tuple[str, int] | None = None

    def __iter__(self) -> Iterator[Any]:
        """Yield each event as JSON.

        Raises:
            PolicyError: a file cannot be opened, or has a line of more than 64 MiB.
        """
        for place in find(self.path, _SUFFIXES):
            shown, number = place.shown, 0
            try:
                with _opened(shown) as stream:
                    for number, line in enumerate(_lines(stream, shown), 1):
                        yield from self._events(line, shown, number)
            except (EOFError, zlib.error, gzip.BadGzipFile):
                self._pass_over(shown, number + 1)
            except OSError as failure:
                raise _failure(shown, f"cannot be read: {(failure.strerror or str(failure)).lower()}") from failure

    def _events(self, line: bytes, shown: str, number: int) -> Iterator[Any]:
        try:
            text = line.decode()
            at = _after(text, 0)
            while at < len(text):
                event, at = _DECODER.raw_decode(text, at)
                at = _after(text, at)
                yield event
        except (ValueError, RecursionError):
            self._pass_over(shown, number)

    def _pass_over(self, shown: str, number: int) -> None:
        self.unread += 1
        self.first_unread = self.first_unread or (shown, number)


def _after(text: str, at: int) -> int:
    """Return where the next event begins: arrays contain only events, so brackets and commas are skipped."""
    found = _BETWEEN.match(text, at)
    assert found, "the pattern matches an empty text too"
    return found.end()


@contextmanager
def _opened(shown: str) -> Iterator[io.BufferedIOBase]:
    """Open a file, gzipped or not, as its first bytes show."""
    with io.BufferedReader(cast("io.RawIOBase", sys.stdin.buffer)) if shown == STDIN else Path(shown).open("rb") as file:
        if not file.peek(2).startswith(_GZIP):
            yield file
            return
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield unpacked


def _lines(stream: io.BufferedIOBase, shown: str) -> Iterator[bytes]:
    number = 0
    while line := stream.readline(_LONGEST + 1):
        number += 1
        if len(line) > _LONGEST:
            raise _failure(shown, f"line {number} is longer than {_LONGEST} bytes")
        yield line


def _failure(shown: str, message: str) -> PolicyError:
    return PolicyError([Diagnostic(Code.UNREADABLE, message, Source(shown, ""))])
