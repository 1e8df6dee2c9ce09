"""OPA as an engine: one of our own, in which thousands of units are side by side, each in its own package; or one that runs already."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Protocol, Self

from iam2rego.engines.bundles import compiled, package, stored
from iam2rego.engines.contradiction import Contradiction, ContradictionError
from iam2rego.engines.errors import EngineError
from iam2rego.engines.pace import Pace
from iam2rego.ir.decision import Decision
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.opa import OpaError, command_line, server
from iam2rego.opa.answer import Answer
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.assemble import Bundle, merge
from iam2rego.rego.bundle.layouts import Layout


class Opa(Protocol):
    """An OPA that has loaded bundles, whichever way it is queried."""

    def decide(self, package: str, request: JsonValue) -> Answer:
        """Ask ``data.<package>.authz``; raise `OpaError` when there is no answer."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to query an OPA of our own: its name in reports, how many units it holds at once, and how it opens with a bundle."""

    name: str
    batch: int
    opened: Callable[[Binary, Path], AbstractContextManager[Opa]]


SERVER: Final = Way("opa", 100, server.serve)
COMMAND_LINE: Final = Way("opa-cli", 1, command_line.run)  # every query loads the whole bundle


class OpaEngine:
    """An OPA of our own that runs while the context is open.

    Every unit has its own copy of the runtime library, so one OPA holds a limited number of units, and each batch of them opens a
    new one. Ask unit by unit.
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
        """The name of the way in which OPA is queried."""
        return self._way.name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Ask the package of ``unit``.

        Raises:
            EngineError: OPA did not decide, or its entry points contradict each other.
            OpaError: OPA does not start, or rejects the bundle.
        """
        if unit // self._way.batch != self._batch:
            self._open(unit // self._way.batch)
        return _decided(lambda: self._opa.decide(package(unit), request))

    def _open(self, batch: int) -> None:
        """Close the OPA of the previous batch and open the one of ``batch``."""
        self._stack.close()
        with ExitStack() as stack:
            bundle = stack.enter_context(stored(self._compiled(batch)))
            self._opa = stack.enter_context(self._way.opened(self._binary, bundle))
            self._stack, self._batch = stack.pop_all(), batch

    def _compiled(self, batch: int) -> Bundle:
        start = batch * self._way.batch
        return merge(compiled(islice(enumerate(self._units), start, start + self._way.batch), self._layout))


class DeployedEngine:
    """An OPA whose policies others have loaded: its only unit is the package ``package``."""

    def __init__(self, opa: Opa, package: str, *, name: str = SERVER.name, pace: Pace | None = None) -> None:
        self.name: Final = name
        self._opa = opa
        self._package = package
        self._pace = pace or Pace()

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Ask the package, at the given pace."""
        assert unit == 0
        return _decided(lambda: self._pace.kept(lambda: self._opa.decide(self._package, request)))


def _decided(ask: Callable[[], Answer]) -> Decision:
    """Return the decision of one query of both entry points."""
    try:
        answer = ask()
    except OpaError as failure:
        raise EngineError(str(failure)) from failure
    if answer.contradicts_itself:
        raise ContradictionError(Contradiction(allow=answer.allow, **dict(answer.decision)))
    return answer.decision
