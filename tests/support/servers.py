"""An OPA that downloads its bundles, and servers that it downloads them from."""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, TypeAlias
from urllib.request import urlopen

import pytest

from iam2rego.opa import OpaError, server
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.guard import Guard
from tests.support.ports import free_port
from tests.support.processes import eventually

Answer: TypeAlias = tuple[bytes, Mapping[str, str]]
"""A body, and headers beside its length."""

POLLING: Final = ("polling.min_delay_seconds=1", "polling.max_delay_seconds=1")


@contextmanager
def open_to_all(opa: Binary, folder: Path) -> Iterator[Client]:
    """Start an OPA with the bundle in ``folder`` that answers everybody, as one that users run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "guarded", lambda bundle, _: Guard("unasked", "", ("--bundle", str(bundle))))
        patch.setattr(Client, "answers_as", lambda client, _: _answers(client))
        with server.serve(opa, folder) as client:
            yield client


def _answers(client: Client) -> bool:
    try:
        client.provenance("iam")
    except OpaError:
        return False
    return True


@contextmanager
def answering(answer: Callable[[str], Answer | None], taken: Callable[[bytes], object] = bytes) -> Iterator[str]:
    """A server that answers for each path, and hands what is sent to it to ``taken``; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = answer(self.path)
            body, headers = found or (b"", {})
            self.send_response(200 if found else 404)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def do_POST(self) -> None:
            taken(self.rfile.read(int(self.headers["Content-Length"])))
            self.do_GET()

        do_HEAD = do_GET  # noqa: N815 - the server's name for it

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"127.0.0.1:{http.server_address[1]}"
        finally:
            http.shutdown()
            thread.join()


@contextmanager
def downloading(opa: Binary, *settings: str) -> Iterator[Client]:
    """An OPA with settings, once it has what they tell it to download."""
    with started(opa, *(word for setting in settings for word in ("--set", setting))) as client:
        yield client


@contextmanager
def started(opa: Binary, *words: str | Path, log: Path = Path(os.devnull)) -> Iterator[Client]:
    """An OPA, once it has what it is told to download; what it prints goes to ``log``."""
    address = f"127.0.0.1:{free_port()}"
    command = [opa.path, "run", "--server", "--addr", address, "--log-level", "error", "--skip-version-check", *words]
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as process:
        try:
            assert eventually(lambda: is_up(address) or process.poll() is not None), log.read_text()
            assert process.poll() is None, log.read_text()
            with Client.at(f"http://{address}", use_environment=False) as client:
                yield client
        finally:
            process.kill()


def is_up(address: str) -> bool:
    try:
        with urlopen(f"http://{address}/health?bundles"):
            return True
    except OSError:
        return False
