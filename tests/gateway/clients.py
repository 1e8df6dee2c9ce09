"""A client that sends bytes as they are: every other client puts right what a test wants to be wrong."""

import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Final

SECONDS: Final = 600.0
"""A bound against hanging."""
_STATUS: Final = re.compile(rb"HTTP/1\.[01] (\d{3})\b")
_LAST: Final = re.compile(rb"^connection: close\r$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of an answer, and its body."""

    status: int
    body: bytes


class Connection:
    """One connection, which stays open."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> Answer:
        """Send a request; return the answer, with status 0 where the connection was closed instead."""
        try:
            self._socket.sendall(request)
            response = HTTPResponse(self._socket, method=request.partition(b" ")[0].decode("latin-1"))
            response.begin()
            return Answer(response.status, response.read())
        except (ConnectionError, OSError) as failure:
            if isinstance(failure, TimeoutError):
                raise
            return Answer(0, b"")

    def close(self) -> None:
        self._socket.close()


def request(method: str, path: str, token: str = "", *lines: str) -> bytes:
    """A request as a decent client makes it, with other lines of the head at the end."""
    authorization = [f"authorization: Bearer {token}"] if token else []
    return "\r\n".join([f"{method} {path} HTTP/1.1", "host: ecs.example.com", *authorization, *lines, "", ""]).encode("latin-1")


def statuses(port: int, text: bytes) -> tuple[int, ...]:
    """Send ``text`` on a connection of its own; return the statuses of all answers, to the one that says that it is the last."""
    said = b""
    with socket.create_connection(("127.0.0.1", port), SECONDS) as connection, suppress(ConnectionResetError):
        connection.sendall(text)
        while not _LAST.search(said) and (data := connection.recv(65536)):
            said += data
    return tuple(map(int, _STATUS.findall(said)))
