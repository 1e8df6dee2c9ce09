"""The native evaluator as an engine."""

from collections.abc import Sequence
from typing import Final

from iam2rego.ir.decision import Decision
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize


class NativeEngine:
    """The evaluator in `iam2rego.native`."""

    name: Final = "native"

    def __init__(self, units: Sequence[PolicySet]) -> None:
        self._units = units

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Decide in this process."""
        return authorize(self._units[unit], request)
