"""The protocol of engines, which decide requests.

An engine decides for several *units*. A unit is an independent policy set: the policies of one scenario, or one policy by
itself.
"""

from typing import Protocol

from iam2rego.ir.decision import Decision
from iam2rego.jsontext import JsonValue


class Engine(Protocol):
    """Decides requests by the policies of numbered units."""

    @property
    def name(self) -> str:
        """The name that reports use."""

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Decide ``request``, which may be malformed, by the policies of ``unit``.

        Raises:
            EngineError: the engine gave no answer, or one that contradicts itself (`ContradictionError`).
        """
