"""Envoy's authorization service before an OPA: what opa-envoy-plugin is in production, whose Go modules a test cannot have.

It asks OPA over REST where the plugin asks the OPA that it is part of. Whatever fails denies, as there.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import Final

import grpc
from envoy.config.core.v3.base_pb2 import HeaderValue, HeaderValueOption
from envoy.service.auth.v3.external_auth_pb2 import CheckRequest, CheckResponse
from envoy.service.auth.v3.external_auth_pb2_grpc import AuthorizationServicer, add_AuthorizationServicer_to_server
from google.rpc.code_pb2 import OK, PERMISSION_DENIED
from plugin_input import plugin_input

from iam2rego.jsontext import JsonValue, dumps, loads

RESPONSE: Final = "iam/gateway/response"
SECONDS: Final = 0.5
"""OPA is given up after them, and the request denied."""

_WORKERS: Final = 16


class Authorization(AuthorizationServicer):
    """Answers Envoy by the response object of OPA."""

    def __init__(self, opa: str, rule: str) -> None:
        self._opa = opa
        self._path = f"/v1/data/{rule}"
        self._idle: deque[HTTPConnection] = deque()

    def Check(self, request: CheckRequest, _: grpc.ServicerContext) -> CheckResponse:  # noqa: N802 - the service's name for it
        try:
            return answered(self._asked(plugin_input(request)))
        except (OSError, HTTPException, ValueError):
            return denied(403, "", {})

    def _asked(self, document: JsonValue) -> JsonValue:
        with self._connection() as connection:
            connection.request("POST", self._path, f'{{"input": {dumps(document)}}}'.encode(), {"Content-Type": "application/json"})
            return loads(connection.getresponse().read().decode())

    @contextmanager
    def _connection(self) -> Iterator[HTTPConnection]:
        """A connection that nobody uses meanwhile, and that is used again unless something fails."""
        connection = self._idle.pop() if self._idle else HTTPConnection(self._opa, timeout=SECONDS)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)

    def close(self) -> None:
        for connection in self._idle:
            connection.close()


def answered(said: JsonValue) -> CheckResponse:
    """Make of the response object what the plugin makes of it; what has not its form denies."""
    match said:
        case {"result": {"allowed": True, **rest}}:
            response = CheckResponse()
            response.status.code = OK
            response.ok_response.headers.extend(header_options(rest.get("headers")))
            return response
        case {"result": {"allowed": False, **rest}}:
            return denied(int(str(rest.get("http_status", 403))), str(rest.get("body", "")), rest.get("headers"))
    raise ValueError(f"no response object: {said}")


def denied(status: int, body: str, headers: JsonValue) -> CheckResponse:
    response = CheckResponse()
    response.status.code = PERMISSION_DENIED
    response.denied_response.status.code = status  # type: ignore[assignment]
    response.denied_response.body = body
    response.denied_response.headers.extend(header_options(headers))
    return response


def header_options(headers: JsonValue) -> list[HeaderValueOption]:
    pairs = headers.items() if isinstance(headers, Mapping) else ()
    return [HeaderValueOption(header=HeaderValue(key=name, value=str(value))) for name, value in pairs]


class Plugin:
    """The service at a port of its own, which a test ends and starts again."""

    def __init__(self, opa: str, rule: str = RESPONSE) -> None:
        self._service = Authorization(opa, rule)
        self.port = 0
        self.start()

    def start(self) -> None:
        self._server = grpc.server(ThreadPoolExecutor(_WORKERS))
        add_AuthorizationServicer_to_server(self._service, self._server)
        self.port = self._server.add_insecure_port(f"127.0.0.1:{self.port}")
        self._server.start()

    def end(self) -> None:
        self._server.stop(None).wait()

    def close(self) -> None:
        self.end()
        self._service.close()
