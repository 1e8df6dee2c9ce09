"""Serves the archives of a folder to OPAs that poll: for development and tests; in production any web server does.

Each answer reads the whole archive first, so that one that is replaced meanwhile is never mixed.
"""

import hashlib
import os
import re
import sys
import time
from collections.abc import Callable, Set
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

SUFFIX: Final = ".tar.gz"
"""Nothing else is served, because the folder may also contain keys."""

_TYPE: Final = "application/vnd.openpolicyagent.bundles"
"""Tells OPA that the server supports long polling."""

_TAG: Final = re.compile(r'"[^"]*"')
_WAIT: Final = re.compile(r"\bwait=(\d{1,9})\b", re.ASCII)
_LONGEST_WAIT: Final = 600
_PAUSE: Final = 0.1
_SECONDS_WITHOUT_A_BYTE: Final = 60

_Stamp: TypeAlias = tuple[int, int, int] | None


class BundleServer(ThreadingHTTPServer):
    """Answers ``GET`` and ``HEAD`` of archives below a folder, by their relative paths.

    The ``ETag`` identifies the content. If ``If-None-Match`` names it, the answer is 304; with ``Prefer: wait=N``, the server first waits
    up to N seconds, at most ten minutes, for other content.
    """

    def __init__(self, folder: Path, host: str, port: int, told: Callable[[str], None]) -> None:
        """Listen; ``told`` gets a line for each answer.

        Raises:
            OSError: the address is not available.
        """
        self.folder = Path(os.path.realpath(folder))
        self.told = told
        super().__init__((host, port), _Handler)

    @property
    def address(self) -> str:
        """The URL of the server."""
        host, port = self.socket.getsockname()[:2]
        return f"http://{host}:{port}"

    def handle_error(self, _: object, client_address: tuple[str, int]) -> None:
        """Report an answer that did not arrive."""
        self.told(f"{client_address[0]} {sys.exception()}")


class _Handler(BaseHTTPRequestHandler):
    server: BundleServer
    timeout = _SECONDS_WITHOUT_A_BYTE

    def do_GET(self) -> None:
        known = frozenset(_TAG.findall(self.headers.get("If-None-Match", "")))
        wait = _WAIT.search(self.headers.get("Prefer", ""))
        archive = _awaited(self.server.folder, self.path, known, min(int(wait[1]), _LONGEST_WAIT) if wait else 0)
        if archive is None:
            self.send_error(HTTPStatus.NOT_FOUND, explain=f"no file *{SUFFIX} has that name")
        elif archive.tag in known:
            self._head(HTTPStatus.NOT_MODIFIED, archive.tag)
        else:
            self._head(HTTPStatus.OK, archive.tag, {"Content-Length": str(len(archive.content))})
            self.wfile.write(b"" if self.command == "HEAD" else archive.content)

    do_HEAD = do_GET  # noqa: N815 - the library's name for it

    def _head(self, status: HTTPStatus, tag: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"ETag": tag, "Content-Type": _TYPE, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's name for it
        self.server.told(f"{self.address_string()} {format % arguments}")


@dataclass(frozen=True, slots=True)
class _Archive:
    content: bytes

    @property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()}"'


def _awaited(folder: Path, target: str, known: Set[str], seconds: int) -> _Archive | None:
    """Return the file of ``target`` as soon as its tag is not in ``known``, or after ``seconds``."""
    file = _named(folder, target)
    if file is None:
        return None
    deadline = time.monotonic() + seconds
    seen, archive = _stamp(file), _read(file, folder)
    while archive and archive.tag in known and time.monotonic() < deadline:
        time.sleep(_PAUSE)  # file systems do not always report changes, for example on shares
        if (now := _stamp(file)) != seen:
            seen, archive = now, _read(file, folder)
    return archive


def _named(folder: Path, target: str) -> Path | None:
    """Return the requested file; None if it is not served or is outside the folder."""
    try:
        names = unquote(urlsplit(target).path, errors="strict").removeprefix("/").split("/")
    except ValueError:
        return None
    if not names[-1].endswith(SUFFIX) or any(not name or name.startswith(".") or "\0" in name for name in names):
        return None
    return folder.joinpath(*names)


def _stamp(file: Path) -> _Stamp:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _read(file: Path, folder: Path) -> _Archive | None:
    real = Path(os.path.realpath(file))
    try:
        return _Archive(real.read_bytes()) if real.is_relative_to(folder) and real.is_file() else None
    except OSError:
        return None
