"""Queries a running OPA for decisions, and checks everything that it answers.

OPA answers 200 with an empty object for an unknown package and for an undefined rule. So an answer counts only if both entry points are
present and well-formed; everything else is an `OpaError`, never a deny.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from iam2rego.jsontext import JsonValue, dumps, loads
from iam2rego.opa.address import check_address, check_token
from iam2rego.opa.answer import Answer, Result, answer_of, malformed
from iam2rego.opa.errors import OpaError, excerpt
from iam2rego.opa.guard import MARK
from iam2rego.opa.transport import Transport


@dataclass(frozen=True, slots=True)
class Provenance:
    """A server's version, and the revision of each of its bundles, by the bundle's name."""

    version: str
    revisions: Mapping[str, str]


class _Body(BaseModel):
    result: Result | None = None


class _Bundle(BaseModel):
    revision: str = ""


class _Provenance(BaseModel):
    version: str
    bundles: dict[str, _Bundle] = {}


class _ProvenanceBody(BaseModel):
    provenance: _Provenance


class _MarkBody(BaseModel):
    result: str


class Client:
    """A client of one OPA server. A context manager that closes the connection."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @classmethod
    def at(cls, url: str, token: str | None = None, *, use_environment: bool = True) -> "Client":
        """Return a client for the OPA at ``url``, as in ``http://127.0.0.1:8181``.

        With ``use_environment``, it uses the proxies and certificates of the environment.

        Raises:
            OpaError: ``url`` is not http or https, or ``token`` cannot be in a header.
        """
        if token:
            check_token(token)
        return cls(Transport(check_address(url), token, use_environment=use_environment))

    @property
    def address(self) -> str:
        """The URL of the server without secrets."""
        return self._transport.shown

    def decide(self, package: str, request: JsonValue) -> Answer:
        """Ask ``data.<package>.authz`` to decide ``request``, which is sent unchanged, valid or not.

        Raises:
            BusyError: the server asks us to retry later.
            OpaError: no answer, an HTTP error, no such package, or malformed entry points.
        """
        path = _authz(package)
        content = self._transport.post(path, f'{{"input": {dumps(request)}}}')
        try:
            return answer_of(path, _Body.model_validate_json(content, strict=True).result)
        except ValidationError as failure:
            raise malformed(path, failure, content) from None

    def document(self, path: str, question: str) -> JsonValue:
        """Return ``data/<path>`` for ``question``, a JSON text, as input.

        Raises:
            OpaError: no answer, an HTTP error, or no such document.
        """
        content = self._transport.post(f"data/{path}", f'{{"input": {question}}}')
        match loads(content.decode()):
            case {"result": value}:
                return value
        raise OpaError(f"`data/{path}` has no result: {excerpt(content)}")

    def provenance(self, package: str) -> Provenance:
        """Return the server's version and bundles, from the decision query itself, because others may be forbidden.

        Raises:
            BusyError: the server asks us to retry later.
            OpaError: no answer, or one without provenance.
        """
        content = self._transport.post(f"{_authz(package)}?provenance=true", "{}")
        try:
            told = _ProvenanceBody.model_validate_json(content).provenance
        except ValidationError:
            raise OpaError(f"the server does not report its version as OPA does: {excerpt(content)}") from None
        return Provenance(told.version, {name: bundle.revision for name, bundle in told.bundles.items()})

    def answers_as(self, mark: str) -> bool:
        """Return whether the server answers and is the one that was `guarded` with ``mark``."""
        try:
            return _MarkBody.model_validate_json(self._transport.post(MARK, "{}")).result == mark
        except (OpaError, ValidationError):
            return False

    def close(self) -> None:
        """Close the connection."""
        self._transport.close_connection()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _authz(package: str) -> str:
    return f"data/{package.replace('.', '/')}/authz"
