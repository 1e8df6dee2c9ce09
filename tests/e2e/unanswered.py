"""A server that does not answer, and a client that gives it up soon."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest

from iam2rego.opa.transport import Transport

_IS_OVER: Final = threading.Event()


def silent(_: bytes) -> tuple[int, bytes]:
    """Give no answer before the client has given up."""
    _IS_OVER.wait()
    return 503, b"too late"


@contextmanager
def giving_up(word: str) -> Iterator[None]:
    """Let the client give up soon what has a word in it, and nothing else: a busy machine may take its time to answer."""
    send = Transport.post

    def post(client: Transport, path: str, body: str) -> bytes:
        client.timeout = 0.2 if word in body else 600.0
        return send(client, path, body)

    _IS_OVER.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Transport, "post", post)
        try:
            yield
        finally:
            _IS_OVER.set()
