"""Envoy's authorization service before an OPA: what opa-envoy-plugin is in production, whose Go modules a test cannot have.

It asks OPA over REST where the plugin asks the OPA that it is part of. Whatever fails denies, as there.
"""

import json
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import Any, Final, TypeAlias

import grpc
from envoy.config.core.v3.base_pb2 import HeaderValue, HeaderValueOption
from envoy.service.auth.v3.external_auth_pb2 import CheckRequest, CheckResponse
from envoy.service.auth.v3.external_auth_pb2_grpc import AuthorizationServicer, add_AuthorizationServicer_to_server
from google.rpc.code_pb2 import OK, PERMISSION_DENIED

from tests.gateway.plugin_input import plugin_input

Document: TypeAlias = dict[str, Any]

PATH: Final = "/v1/data/iam/gateway/response"
_WORKERS: Final = 16


class Authorization(AuthorizationServicer):
    """Answers Envoy by the response object of OPA; counts the questions that OPA has not answered by one."""

    def __init__(self, opa: str, seconds: float) -> None:
        self._opa, self._seconds = opa, seconds
        self._idle: deque[HTTPConnection] = deque()
        self.failures = 0

    def Check(self, request: CheckRequest, _: grpc.ServicerContext) -> CheckResponse:  # noqa: N802 - the service's name for it
        try:
            return answered(self._asked(plugin_input(request)))
        except (OSError, HTTPException, ValueError):
            self.failures += 1
            return denied({})

    def _asked(self, document: Document) -> Document:
        with self._connection() as connection:
            connection.request("POST", PATH, json.dumps({"input": document}), {"Content-Type": "application/json"})
            answer: Document = json.load(connection.getresponse())
            return answer

    @contextmanager
    def _connection(self) -> Iterator[HTTPConnection]:
        """A connection that nobody uses meanwhile, and that is used again unless something fails."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = HTTPConnection(self._opa, timeout=self._seconds)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)

    def close(self) -> None:
        for connection in self._idle:
            connection.close()


def answered(said: Document) -> CheckResponse:
    """Make of the response object what the plugin makes of it; what has not its form denies."""
    match said:
        case {"result": {"allowed": True, **rest}}:
            response = CheckResponse()
            response.status.code = OK
            response.ok_response.headers.extend(options(rest))
            return response
        case {"result": {"allowed": False, **rest}}:
            return denied(rest)
    raise ValueError(f"no response object: {said}")


def denied(how: Document) -> CheckResponse:
    """Deny with the status, the body and the headers that the response object has."""
    response = CheckResponse()
    response.status.code = PERMISSION_DENIED
    response.denied_response.status.code = how.get("http_status", 403)
    response.denied_response.body = how.get("body", "")
    response.denied_response.headers.extend(options(how))
    return response


def options(how: Document) -> list[HeaderValueOption]:
    return [HeaderValueOption(header=HeaderValue(key=name, value=value)) for name, value in how.get("headers", {}).items()]


class Plugin:
    """The service at a port of its own, which a test ends and starts again. It gives up an OPA that takes longer than ``seconds``."""

    def __init__(self, opa: str, seconds: float) -> None:
        self.service = Authorization(opa, seconds)
        self.port = 0
        self.start()

    def start(self) -> None:
        self._server = grpc.server(ThreadPoolExecutor(_WORKERS))
        add_AuthorizationServicer_to_server(self.service, self._server)
        self.port = self._server.add_insecure_port(f"127.0.0.1:{self.port}")
        self._server.start()

    def end(self) -> None:
        self._server.stop(None).wait()

    def close(self) -> None:
        self.end()
        self.service.close()
