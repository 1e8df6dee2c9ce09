"""A server that gives the answer of a test."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Final

DENIED = {"decision": "implicitDeny", "matched_statements": [], "denied_by": ["identity"], "missing_context_keys": [], "errors": []}


NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


@contextmanager
def answering(
    body: bytes, status: int = 200, seen: list[tuple[str, bytes, str]] | None = None, headers: Mapping[str, str] = NO_HEADERS
) -> Iterator[str]:
    """A server that gives one answer to everything and notes what it is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            if seen is not None:
                seen.append((self.path, asked, self.headers.get("Authorization", "")))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_address[1]}"
        finally:
            http.shutdown()
            thread.join()


def result(allow: object, decision: object) -> bytes:
    return json.dumps({"result": {"allow": allow, "decision": decision}}).encode()
