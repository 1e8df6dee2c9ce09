"""The ways in which an engine fails to decide."""

from iam2rego.ir.decision import Decision


class EngineError(Exception):
    """An engine failed to decide. That is not a deny."""


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
