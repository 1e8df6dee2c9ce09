"""Asks a running OPA for decisions, through opa-python-client, and takes nothing on trust.

OPA answers 200 with an empty object for a package that it does not hold, and for a rule that is undefined. So an answer is one
only if both entry points are there, are of their form and agree; everything else is an `OpaError`, never a deny.
"""

import json
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

import requests
from opa_client.opa import OpaClient  # type: ignore[import-untyped]  # the package ships no types
from pydantic import BaseModel, ValidationError

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.opa.errors import OpaError

_SECONDS_TO_ANSWER: Final = 30.0
_LONGEST_EXCERPT: Final = 500
_TOKEN: Final = re.compile("[!-~]+")
_WHO: Final = 'version := opa.runtime().version; mark := object.get(opa.runtime(), ["config", "labels", "iam2rego"], "")'


@dataclass(frozen=True, slots=True)
class Answer:
    """What OPA said to one request: both entry points, which agree."""

    allow: bool
    decision: Decision


class _Result(BaseModel):
    """The document `data.<package>.authz`; it may hold more than the two entry points."""

    allow: bool
    decision: Decision


class _Body(BaseModel):
    result: _Result | None = None


class _Identity(BaseModel):
    version: str
    mark: str


class _IdentityBody(BaseModel):
    result: list[_Identity]


class _Transport(OpaClient):  # type: ignore[misc]  # its base has no types
    """The library's client with our own text as body: its `query_rule` would spell numbers anew.

    There are no silent retries: an error that goes away by itself is one that a report should show.
    """

    def __init__(self, url: SplitResult, token: str | None, *, use_environment: bool) -> None:
        port = url.port or (443 if url.scheme == "https" else 80)
        super().__init__(host=url.hostname, port=port, ssl=url.scheme == "https", token=token, retries=0, timeout=_SECONDS_TO_ANSWER)
        place = url.path.rstrip("/")
        self.root_url: str = f"{url.scheme}://{url.netloc}{place}/v1"
        self.shown: str = f"{url.scheme}://{url.netloc.rpartition('@')[2]}{place}"  # without a password
        self._session.trust_env = use_environment
        if token:  # `requests` would put what the address or a .netrc file says in its place
            self._session.auth = lambda request: request

    def post(self, path: str, body: str) -> bytes:
        """Post ``body``, a JSON text, to ``path`` below ``/v1``; return the body of the answer."""
        headers = {"Content-Type": "application/json"}
        try:
            response: requests.Response = self._session.post(
                f"{self.root_url}/{path}", data=body.encode("ascii"), headers=headers, timeout=self.timeout, allow_redirects=False
            )
        except requests.RequestException as failure:
            raise OpaError(f"the OPA at {self.shown} does not answer: {_reason(failure)}") from failure
        if response.status_code != requests.codes.ok:
            raise OpaError(f"the OPA at {self.shown} answers with HTTP status {response.status_code}: {_excerpt(response.content)}")
        return response.content


class Client:
    """Asks one OPA server. A context manager that closes the connection."""

    def __init__(self, transport: _Transport) -> None:
        self._transport = transport

    @classmethod
    def at(cls, url: str, token: str | None = None, *, use_environment: bool = True) -> "Client":
        """Return a client for the OPA at ``url``, as in ``http://127.0.0.1:8181``.

        With ``use_environment`` the proxies and certificates that the environment names are used.

        Raises:
            OpaError: ``url`` is not one of http or https, or no header can hold ``token``.
        """
        if token:
            check_token(token)
        return cls(_Transport(check_address(url), token, use_environment=use_environment))

    @property
    def address(self) -> str:
        """The URL of the server, without what is secret in it."""
        return self._transport.shown

    def decide(self, package: str, request: JsonValue) -> Answer:
        """Ask ``data.<package>.authz`` to decide ``request``, which is sent as it is, valid or not.

        Raises:
            OpaError: no answer, an HTTP error, no such package, or entry points that are malformed or disagree.
        """
        path = f"{package.replace('.', '/')}/authz"
        content = self._transport.post(f"data/{path}", f'{{"input": {dumps(request)}}}')
        result = _result(path, content)
        if result.allow != (result.decision.decision is Outcome.ALLOWED):
            raise OpaError(f"`data/{path}` says allow: {result.allow}, but the decision is {result.decision.decision}")
        return Answer(result.allow, result.decision)

    def version(self) -> str:
        """Return the version that the server says it has.

        Raises:
            OpaError: no answer, or none to this question.
        """
        return self._identity().version

    def answers_as(self, mark: str) -> bool:
        """Say whether the server answers and was started with ``mark`` as its label `iam2rego`."""
        try:
            return self._identity().mark == mark
        except OpaError:
            return False

    def close(self) -> None:
        """Close the connection."""
        self._transport.close_connection()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _identity(self) -> _Identity:
        content = self._transport.post("query", json.dumps({"query": _WHO}))
        try:
            (identity,) = _IdentityBody.model_validate_json(content).result
        except ValueError:
            raise OpaError(f"the server does not tell its version as OPA does: {_excerpt(content)}") from None
        return identity


def check_address(url: str) -> SplitResult:
    """Return the parts of ``url``; raise `OpaError` if no OPA can be there."""
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            parts.hostname.encode("idna")  # refuses an empty or an overlong label, as the socket module would
            return parts
    except ValueError:
        pass
    raise OpaError(f"`{url}` is not the address of an OPA, such as `http://127.0.0.1:8181`")


def check_token(token: str) -> None:
    """Raise `OpaError` if no header can hold ``token``; the message does not tell it."""
    if not _TOKEN.fullmatch(token):
        raise OpaError("a bearer token consists of visible ASCII characters")


def _result(path: str, content: bytes) -> _Result:
    try:
        result = _Body.model_validate_json(content, strict=True).result
    except ValidationError as failure:
        raise OpaError(f"`data/{path}` is malformed: {_first(failure)}: {_excerpt(content)}") from None
    if result is None:
        raise OpaError(f"`data/{path}` has no result: this OPA holds no such package")
    return result


def _first(failure: ValidationError) -> str:
    problem = failure.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg'].lower()}"


def _reason(failure: BaseException) -> str:
    """Say in words what `requests` and urllib3 wrap in several exceptions: the innermost one is the system's."""
    if isinstance(failure, requests.Timeout):
        return f"no answer within {_SECONDS_TO_ANSWER:.0f} seconds"
    while inner := failure.__cause__ or failure.__context__:
        failure = inner
    return (failure.strerror if isinstance(failure, OSError) else None) or str(failure)


def _excerpt(content: bytes) -> str:
    return " ".join(content[:_LONGEST_EXCERPT].decode("utf-8", "replace").split())
