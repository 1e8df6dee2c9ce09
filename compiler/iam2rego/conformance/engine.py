"""Engines that decide requests: one protocol, so that a question never knows who answers it.

An engine decides for several *units*, policy sets that do not know of each other: the policies of one scenario, or one policy
by itself. Thousands of units share one OPA, each under a package of its own.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol, Self

from iam2rego.ir.decision import Decision
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from iam2rego.opa import OpaError
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.server import serve
from iam2rego.rego import Bundle, compile_policies, merge
from iam2rego.rego.output import write

_REVISION: Final = "conformance"
_BATCH: Final = 100


class EngineError(Exception):
    """An engine failed to decide. That is neither a deny nor any other decision."""


class Engine(Protocol):
    """Decides requests by the policies of numbered units."""

    @property
    def name(self) -> str:
        """The name that reports use."""

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Decide ``request``, which may be malformed, by the policies of ``unit``; raise `EngineError` when there is no answer."""


class NativeEngine:
    """The evaluator in `iam2rego.native`."""

    name: Final = "native"

    def __init__(self, units: Sequence[PolicySet]) -> None:
        self._units = units

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Decide in this process."""
        return authorize(self._units[unit], request)


class OpaEngine:
    """An OPA of our own, from entering to leaving the context.

    Every unit has its own copy of the runtime library, so one OPA holds only so many units: the next batch of them has an OPA
    started anew. Ask unit by unit.
    """

    name: Final = "opa"

    def __init__(self, binary: Binary, units: Sequence[PolicySet]) -> None:
        self._binary = binary
        self._units = units
        self._stack = ExitStack()
        self._batch: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Ask the package of ``unit``.

        Raises:
            EngineError: OPA did not decide.
            OpaError: OPA does not start, or does not take what was compiled.
        """
        if unit // _BATCH != self._batch:
            self._start(unit // _BATCH)
        return _ask(self._client, _package(unit), request)

    def _start(self, batch: int) -> None:
        """Stop the OPA of the batch before and start that of ``batch``."""
        self._stack.close()
        with ExitStack() as stack:
            bundle = Path(stack.enter_context(TemporaryDirectory(prefix="iam2rego-")), "bundle")
            write(self._compiled(batch), bundle)
            self._client = stack.enter_context(serve(self._binary, bundle))
            self._stack, self._batch = stack.pop_all(), batch

    def _compiled(self, batch: int) -> Bundle:
        units = range(len(self._units))[batch * _BATCH :][:_BATCH]
        return merge([compile_policies(self._units[unit], revision=_REVISION, package=_package(unit)) for unit in units])


class DeployedEngine:
    """A running OPA whose policies were put there by others: its only unit is what it holds under ``package``."""

    name: Final = "opa"

    def __init__(self, client: Client, package: str) -> None:
        self._client = client
        self._package = package

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Ask the one package there is."""
        assert unit == 0
        return _ask(self._client, self._package, request)


def _package(unit: int) -> str:
    return f"unit{unit}"


def _ask(client: Client, package: str, request: JsonValue) -> Decision:
    try:
        return client.decide(package, request).decision
    except OpaError as failure:
        raise EngineError(str(failure)) from failure
