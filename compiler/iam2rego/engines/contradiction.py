"""Answers of an engine that contradict each other."""

from iam2rego.engines.errors import EngineError
from iam2rego.ir.decision import Decision


class Contradiction(Decision):
    """A `decision` that `allow` contradicts: a wrong answer, whichever of the two is right."""

    allow: bool

    @property
    def words(self) -> str:
        """What the entry points say."""
        return f"allow is {str(self.allow).lower()}, but the decision is {self.decision}"


class ContradictionError(EngineError):
    """An engine's answer is a ``contradiction``."""

    def __init__(self, contradiction: Contradiction) -> None:
        super().__init__(f"the entry points contradict each other: {contradiction.words}")
        self.contradiction = contradiction
