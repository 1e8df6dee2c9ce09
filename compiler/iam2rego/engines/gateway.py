"""Engines that decide the questions of gateways."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from iam2rego.engines.bundles import stored
from iam2rego.engines.errors import EngineError
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native.gateway import authorize_asked
from iam2rego.opa import OpaError
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.server import serve
from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.gateway.settings import with_gateway

_REVISION: Final = "conformance"


_VERDICTS: Final = ("allowed", "allow", "decision")
"""The members of a response that say whether the request is allowed; the first that is present counts."""


class _Said(BaseModel):
    allow: bool
    decision: Decision
    response: dict[str, Any]

    @property
    def contradicts_itself(self) -> bool:
        allowed = self.decision.decision is Outcome.ALLOWED
        verdict = next((self.response[name] for name in _VERDICTS if name in self.response), None)
        return self.allow is not allowed or verdict is not allowed


class NativeGateway:
    """The native evaluator, by the clock of this machine."""

    name: Final = "native"

    def __init__(self, policies: PolicySet, gateway: Gateway) -> None:
        self._policies = policies
        self._gateway = gateway

    def decide(self, _: int, document: JsonValue) -> Decision:
        """Decide in this process."""
        return authorize_asked(self._policies, self._gateway, document, time.time_ns())


class OpaGateway:
    """An OPA that holds a gateway below a package."""

    name: Final = "opa"

    def __init__(self, client: Client, package: str) -> None:
        self._client = client
        self._path = f"{package.replace('.', '/')}/gateway"

    def decide(self, _: int, document: JsonValue) -> Decision:
        """Return the decision about a document; raises as `ask`."""
        return self.ask(document)[0]

    def ask(self, document: JsonValue) -> tuple[Decision, JsonValue]:
        """Return the decision about a document, and the request read from it; None if it holds none.

        Raises:
            EngineError: OPA gives no answer, or its entry points are malformed or disagree.
        """
        try:
            answer = self._client.document(self._path, dumps(document))
            said = _Said.model_validate_json(dumps(answer))
        except (OpaError, ValidationError) as failure:
            raise EngineError(f"`data/{self._path}` does not decide: {failure}") from failure
        if said.contradicts_itself:
            raise EngineError(f"`data/{self._path}` contradicts itself: {dumps(answer)}")
        return said.decision, answer.get("request") if isinstance(answer, dict) else None


@contextmanager
def compiled(policies: PolicySet, gateway: Gateway, binary: Binary, layout: Layout = Layout.MODULES) -> Iterator[OpaGateway]:
    """Yield an OPA of our own with a newly compiled bundle."""
    bundle = with_gateway(compile_policies(policies, revision=_REVISION, layout=layout), gateway, "iam")
    with stored(bundle) as folder, loaded(folder, "iam", binary) as opa:
        yield opa


@contextmanager
def loaded(folder: Path, package: str, binary: Binary) -> Iterator[OpaGateway]:
    """Yield an OPA of our own with the output in ``folder``."""
    with serve(binary, folder) as client:
        yield OpaGateway(client, package)


@contextmanager
def running(url: str, token: str | None, package: str) -> Iterator[OpaGateway]:
    """Yield the OPA at ``url``, which must already hold the gateway."""
    with Client.at(url, token) as client:
        yield OpaGateway(client, package)
