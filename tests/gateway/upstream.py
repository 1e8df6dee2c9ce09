"""The service behind Envoy: serves whatever it is asked for, and keeps what reached it."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

_LENGTH: Final = b"content-length:"


@dataclass
class Upstream:
    """Its port, the heads of the requests that reached it, as bytes, and its connections."""

    port: int = 0
    reached: list[bytes] = field(default_factory=list)
    connections: set[asyncio.Transport] = field(default_factory=set)


class _Serving(asyncio.Protocol):
    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._upstream.connections.add(transport)

    def connection_lost(self, _: Exception | None) -> None:
        self._upstream.connections.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, rest = self._read.partition(b"\r\n\r\n")
        if end and len(rest) >= (length := _length(head)):
            self._read = rest[length:]
            self._upstream.reached.append(head)
            self._transport.write(_answer(head))


def _answer(head: bytes) -> bytes:
    """Say what is served, and to whom as Envoy tells it."""
    user = next((line.partition(b": ")[2] for line in head.splitlines() if line.startswith(b"x-user: ")), b"nobody")
    body = head.partition(b" HTTP/")[0] + b" for " + user
    return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), b"" if head.startswith(b"HEAD") else body)


def _length(head: bytes) -> int:
    return next((int(line[len(_LENGTH) :]) for line in head.lower().splitlines() if line.startswith(_LENGTH)), 0)


@contextmanager
def upstream() -> Iterator[Upstream]:
    """Serve on a free port, in a thread of its own."""
    made = Upstream()
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: _Serving(made), "127.0.0.1", 0))
    made.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(_end(server, made))
        loop.close()


async def _end(server: asyncio.Server, upstream: Upstream) -> None:
    """Close everything, also what has just come."""
    server.close()
    await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
    for connection in upstream.connections:
        connection.abort()
    await asyncio.sleep(0)  # in which they are closed
