"""Engines that decide requests: one protocol, so that a question never knows who answers it.

An engine decides for several *units*, policy sets that do not know of each other: the policies of one scenario, or one policy
by itself. Thousands of units share one OPA, each under a package of its own.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Protocol, Self

from iam2rego.engines.bundles import compiled, package, stored
from iam2rego.engines.errors import Contradiction, ContradictionError, EngineError
from iam2rego.engines.pace import Pace
from iam2rego.ir.decision import Decision
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from iam2rego.opa import OpaError, command_line, server
from iam2rego.opa.answer import Answer
from iam2rego.opa.binary import Binary
from iam2rego.rego import Bundle, Layout, merge


class Engine(Protocol):
    """Decides requests by the policies of numbered units."""

    @property
    def name(self) -> str:
        """The name that reports use."""

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Decide ``request``, which may be malformed, by the policies of ``unit``.

        Raises:
            EngineError: there is no answer, or (`ContradictionError`) one that contradicts itself.
        """


class NativeEngine:
    """The evaluator in `iam2rego.native`."""

    name: Final = "native"

    def __init__(self, units: Sequence[PolicySet]) -> None:
        self._units = units

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Decide in this process."""
        return authorize(self._units[unit], request)


class Opa(Protocol):
    """An OPA that holds bundles, however it is asked."""

    def decide(self, package: str, request: JsonValue) -> Answer:
        """Ask ``data.<package>.authz``; raise `OpaError` when there is no answer."""


@dataclass(frozen=True, slots=True)
class Way:
    """How an OPA of our own is asked: the name that reports use, how many units it holds at once, what opens it with a bundle."""

    name: str
    batch: int
    opened: Callable[[Binary, Path], AbstractContextManager[Opa]]


SERVER: Final = Way("opa", 100, server.serve)
COMMAND_LINE: Final = Way("opa-cli", 1, command_line.run)  # every question reads the whole bundle anew


class OpaEngine:
    """An OPA of our own, from entering to leaving the context.

    Every unit has its own copy of the runtime library, so one OPA holds only so many units: the next batch of them has an OPA
    opened anew. Ask unit by unit.
    """

    def __init__(self, binary: Binary, units: Sequence[PolicySet], way: Way = SERVER, layout: Layout = Layout.MODULES) -> None:
        self._binary = binary
        self._units = units
        self._way = way
        self._layout = layout
        self._stack = ExitStack()
        self._batch: int | None = None

    @property
    def name(self) -> str:
        """The name of the way in which OPA is asked."""
        return self._way.name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Ask the package of ``unit``.

        Raises:
            EngineError: OPA did not decide, or its entry points contradict each other.
            OpaError: OPA does not start, or does not take what was compiled.
        """
        if unit // self._way.batch != self._batch:
            self._open(unit // self._way.batch)
        return _decided(lambda: self._opa.decide(package(unit), request))

    def _open(self, batch: int) -> None:
        """Close the OPA of the batch before and open that of ``batch``."""
        self._stack.close()
        with ExitStack() as stack:
            bundle = stack.enter_context(stored(self._compiled(batch)))
            self._opa = stack.enter_context(self._way.opened(self._binary, bundle))
            self._stack, self._batch = stack.pop_all(), batch

    def _compiled(self, batch: int) -> Bundle:
        start = batch * self._way.batch
        return merge(compiled(islice(enumerate(self._units), start, start + self._way.batch), self._layout))


class DeployedEngine:
    """An OPA whose policies were put there by others: its only unit is what it holds under ``package``."""

    def __init__(self, opa: Opa, package: str, *, name: str = SERVER.name, pace: Pace | None = None) -> None:
        self.name: Final = name
        self._opa = opa
        self._package = package
        self._pace = pace or Pace()

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Ask the one package there is, at the pace that is set."""
        assert unit == 0
        return _decided(lambda: self._pace.kept(lambda: self._opa.decide(self._package, request)))


def _decided(ask: Callable[[], Answer]) -> Decision:
    """Return what one query of both entry points says."""
    try:
        answer = ask()
    except OpaError as failure:
        raise EngineError(str(failure)) from failure
    if answer.contradicts_itself:
        raise ContradictionError(Contradiction(allow=answer.allow, **dict(answer.decision)))
    return answer.decision
