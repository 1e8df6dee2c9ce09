"""Clients that ask without pause, and what becomes of every request."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from tests.gateway.chains import Chain
from tests.gateway.clients import Connection
from tests.support.processes import eventually

CONNECTIONS: Final = 8
NUMBER: Final = "x-number"
"""The header that tells requests apart, in the log of decisions too."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Which request, its number in the load, the status of its answer (0 for none), and the monotonic seconds of both."""

    number: int
    which: int
    status: int
    start: float
    end: float


@dataclass
class Load:
    """What was sent so far."""

    sent: list[Sent] = field(default_factory=list)

    def await_answers(self, requests: int) -> None:
        """Wait until this many ``requests`` have been answered in all."""
        assert eventually(lambda: len(self.sent) >= requests), "the load does not go on"


@contextmanager
def load(chain: Chain, requests: Sequence[bytes]) -> Iterator[Load]:
    """Send ``requests`` again and again on 8 connections, until the block has ended."""
    made, numbers, ended = Load(), count(), threading.Event()
    threads = [threading.Thread(target=_ask, args=(chain.port, requests, numbers, ended, made.sent)) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def _ask(port: int, requests: Sequence[bytes], numbers: Iterator[int], ended: threading.Event, sent: list[Sent]) -> None:
    connection = Connection(port)
    while not ended.is_set():
        number = next(numbers)
        which = number % len(requests)
        text = requests[which].replace(b"\r\n\r\n", f"\r\n{NUMBER}: {number}\r\n\r\n".encode(), 1)
        start = time.monotonic()
        status = connection.ask(text).status
        sent.append(Sent(number, which, status, start, time.monotonic()))
        if status == 0:
            connection.close()
            connection = Connection(port)
    connection.close()


def logged(chain: Chain) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Read what OPA has logged of the requests of loads, with the number of each."""
    for entry in chain.opa.decisions():
        if number := entry["input"]["attributes"]["request"]["http"]["headers"].get(NUMBER):
            yield int(number), entry
