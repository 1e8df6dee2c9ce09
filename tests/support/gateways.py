"""A gateway before an OPA, which notes what it is asked and answers by itself where a test wants it to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from iam2rego.opa.client import Client


@dataclass
class Gateway:
    """A proxy before an OPA.

    It asks for a token where it has one, answers by itself where `spoil` says so, and calls `passed` when OPA has answered.
    """

    url: str = ""
    token: str = ""
    spoil: Callable[[bytes], tuple[int, bytes] | None] = lambda _: None
    passed: Callable[[], None] = lambda: None
    asked: list[str] = field(default_factory=list)


@contextmanager
def gateway_before(opa: Client) -> Iterator[Gateway]:
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            gateway.asked.append(self.path)
            refused = gateway.token and self.headers.get("Authorization") != f"Bearer {gateway.token}"
            status, answer = (401, b'{"code": "unauthorized"}') if refused else gateway.spoil(body) or self.passed_on(body)
            with suppress(BrokenPipeError, ConnectionResetError):  # who asked may have been killed
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

        do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815 - the server's names for them

        def passed_on(self, body: bytes) -> tuple[int, bytes]:
            headers = {"Content-Type": self.headers.get("Content-Type", "application/json")}
            try:
                with urlopen(Request(opa.address + self.path, body, headers, method=self.command)) as response:
                    status, answer = response.status, response.read()
            except HTTPError as refusal:  # what is deleted may not be there
                status, answer = refusal.code, refusal.read()
            gateway.passed()
            return status, answer

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        gateway.url = f"http://127.0.0.1:{http.server_address[1]}"
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield gateway
        finally:
            http.shutdown()
            thread.join()
