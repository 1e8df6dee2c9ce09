"""Requests of HTTP/2, whose parts come in any order and hold whatever a client likes; Envoy makes HTTP/1.1 of them for the service."""

import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from tests.gateway.clients import SECONDS

Fields: TypeAlias = Sequence[tuple[str, str]]
_PREFACE: Final = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_HEADERS, _RESET, _SETTINGS, _GO_AWAY = 1, 3, 4, 7
_END_STREAM, _END_HEADERS = 1, 4


@dataclass(frozen=True, slots=True)
class Row2:
    """What it tries, its fields in their order, the user's token being added, and whether the service gets it."""

    name: str
    fields: Fields
    served: bool = False


def row(name: str, method: str, path: str, *others: tuple[str, str], served: bool = False) -> Row2:
    return Row2(name, ((":method", method), (":path", path), (":scheme", "http"), (":authority", "ecs.example.com"), *others), served)


_OWN: Final = "/clusters/default"
_OTHER: Final = "/clusters/blue"
ROWS2: Final = (
    row("allowed", "DELETE", _OWN, served=True),
    row("denied", "DELETE", _OTHER),
    row("two paths", "DELETE", _OWN, (":path", _OTHER)),
    row("two methods", "GET", _OTHER, (":method", "DELETE")),
    row("a path after the headers", "DELETE", _OWN, ("x-a", "b"), (":path", _OTHER)),
    row("a request in the path", "DELETE", f"{_OWN} HTTP/1.1\r\nhost: a\r\n\r\nDELETE {_OTHER}"),
    row("a request in the method", f"DELETE {_OTHER} HTTP/1.1\r\nhost: a\r\n\r\nGET", _OTHER),
    row("a space in the path", "DELETE", f"{_OWN} /../blue"),
    row("NUL in the path", "DELETE", f"{_OTHER}\0/../default"),
    row("no path", "DELETE", ""),
    row("a path without a slash", "DELETE", "clusters/blue"),
    row("an absolute path", "DELETE", f"http://default{_OTHER}"),
    row("a fragment in the path", "DELETE", f"{_OTHER}#{_OWN}"),
    row("dots in the path", "DELETE", f"{_OWN}/../blue"),
    row("a header in a header", "GET", _OTHER, ("x-a", "b\r\nx-user: erin")),
    row("a header in the name of one", "GET", _OTHER, ("x-a: b\r\nx-user", "erin")),
    row("a request in a header", "GET", _OTHER, ("x-a", f"b\r\n\r\nDELETE {_OTHER} HTTP/1.1\r\nhost: a\r\n\r\n")),
    row("a name in capitals", "GET", _OTHER, ("X-User", "erin")),
    row("an empty name", "GET", _OTHER, ("", "b")),
    row("chunks", "GET", _OTHER, ("transfer-encoding", "chunked")),
    row("a length without a body", "DELETE", _OWN, ("content-length", "44")),
    row("a connection's own header", "GET", _OTHER, ("connection", "x-user")),
    row("another method", "GET", _OTHER, ("x-http-method-override", "DELETE")),
    row("another user", "GET", _OTHER, ("x-user", "erin"), served=True),
    row("another host", "GET", _OTHER, ("host", "default"), served=True),
)


def ask(port: int, fields: Fields) -> None:
    """Send one request, and wait until it is answered or the connection is given up."""
    block = b"".join(b"\0" + _text(name) + _text(value) for name, value in fields)
    with socket.create_connection(("127.0.0.1", port), SECONDS) as connection:
        connection.sendall(_PREFACE + _frame(_SETTINGS, 0, 0, b"") + _frame(_HEADERS, _END_HEADERS | _END_STREAM, 1, block))
        for kind, flags, stream in _frames(connection):
            if kind in (_RESET, _GO_AWAY) or (stream == 1 and flags & _END_STREAM):
                return


def _frame(kind: int, flags: int, stream: int, content: bytes) -> bytes:
    return len(content).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4) + content


def _text(text: str) -> bytes:
    """A string of HPACK, without Huffman's code: seven bits of its length, and the rest of it in groups of seven."""
    octets, more = text.encode("latin-1"), bytearray()
    if len(octets) < 127:
        return bytes([len(octets)]) + octets
    rest = len(octets) - 127
    while rest >= 128:
        more.append(rest % 128 + 128)
        rest //= 128
    return bytes([127, *more, rest]) + octets


def _frames(connection: socket.socket) -> Iterator[tuple[int, int, int]]:
    """Read the kind, the flags and the stream of each frame until the connection ends."""
    with connection.makefile("rb") as read:
        while len(head := read.read(9)) == 9:
            read.read(int.from_bytes(head[:3]))
            yield head[3], head[4], int.from_bytes(head[5:])
