"""An OPA that serves a bundle: when it is ready, what memory it takes (as Linux tells it), and one client's connection to it."""

import json
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from tests.support.ports import free_port

_LOOPBACK: Final = "127.0.0.1"
_PAUSE: Final = 0.001
_SECONDS_TO_START: Final = 300.0
_MEMORY: Final = re.compile(r"^(VmRSS|VmHWM):\s+(\d+) kB$", re.MULTILINE)
_LENGTH: Final = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_HEALTH: Final = b"GET /health HTTP/1.1\r\nHost: opa\r\nConnection: close\r\n\r\n"


class Connection:
    """One client's connection, which stays open; it asks one thing again and again."""

    def __init__(self, port: int, rule: str, request: JsonValue) -> None:
        self._socket = socket.create_connection((_LOOPBACK, port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        body = json.dumps({"input": request})
        self._request = f"POST /v1/{rule.replace('.', '/')} HTTP/1.1\r\nHost: opa\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()

    def ask(self) -> bytes:
        """Return the body of the answer."""
        self._socket.sendall(self._request)
        head, _, body = self._socket.recv(65536).partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        assert length, f"OPA answers {head!r}"
        while len(body) < int(length[1]):
            body += self._socket.recv(65536)
        return body

    def close(self) -> None:
        """End it."""
        self._socket.close()


@dataclass(frozen=True, slots=True)
class Gateway:
    """A running OPA: its port, its process, and the seconds from its start to the first answer of ``/health``."""

    port: int
    process: int
    seconds: float

    def memory(self) -> tuple[float, float]:
        """Return how much memory it takes now, and took at most, in MiB."""
        status = Path(f"/proc/{self.process}/status").read_text("ascii")
        mebibytes = {name: int(kibibytes) / 1024 for name, kibibytes in _MEMORY.findall(status)}
        return mebibytes["VmRSS"], mebibytes["VmHWM"]


@contextmanager
def serving(opa: Binary, bundle: Path) -> Iterator[Gateway]:
    """Run OPA with a bundle for as long as the block lasts."""
    port = free_port()
    flags = ["--addr", f"{_LOOPBACK}:{port}", "--log-level", "error", "--skip-version-check"]
    start = time.perf_counter()
    process = subprocess.Popen([opa.path, "run", "--server", *flags, "--bundle", bundle], stderr=subprocess.DEVNULL)
    try:
        while not _is_healthy(port):
            assert process.poll() is None, f"OPA ended with status {process.returncode}, serving {bundle}"
            assert time.perf_counter() < start + _SECONDS_TO_START, f"OPA is not ready after {_SECONDS_TO_START:.0f} s, serving {bundle}"
            time.sleep(_PAUSE)
        yield Gateway(port, process.pid, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait()


def _is_healthy(port: int) -> bool:
    with suppress(OSError), socket.create_connection((_LOOPBACK, port)) as connection:
        connection.sendall(_HEALTH)
        return b" 200 " in connection.recv(4096).partition(b"\r\n")[0]
    return False
