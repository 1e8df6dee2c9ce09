"""The service behind Envoy: serves whatever it is asked for, and keeps what reached it."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Final, TypeAlias

_LENGTH: Final = b"content-length:"

_Running: TypeAlias = tuple[asyncio.AbstractEventLoop, asyncio.Event]
"""A loop that serves, and what ends it."""


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
    """Serve on a free port, in a thread and a loop of its own: the thread of the tests may have a loop that runs already."""
    made, started = Upstream(), SimpleQueue[_Running]()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(made, started)))
    thread.start()
    loop, is_over = started.get()
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(is_over.set)
        thread.join()


async def _serve(made: Upstream, started: SimpleQueue[_Running]) -> None:
    """Serve until it is over, then close everything, also what has just come."""
    loop, is_over = asyncio.get_running_loop(), asyncio.Event()
    server = await loop.create_server(lambda: _Serving(made), "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    started.put((loop, is_over))
    await is_over.wait()
    while accepting := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.gather(*accepting)  # what is half accepted cannot be closed
    server.close()
    for connection in made.connections:
        connection.abort()
    await asyncio.sleep(0)  # in which they are closed
