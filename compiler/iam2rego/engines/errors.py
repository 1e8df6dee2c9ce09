"""What an engine answers in place of a decision."""

from iam2rego.ir.decision import Decision


class EngineError(Exception):
    """An engine failed to decide. That is neither a deny nor any other decision."""


class Contradiction(Decision):
    """What `decision` says where `allow` says something else: a wrong answer, whichever of the two is right."""

    allow: bool

    @property
    def words(self) -> str:
        """What the entry points say."""
        return f"allow is {str(self.allow).lower()}, but the decision is {self.decision}"


class ContradictionError(EngineError):
    """An engine answered with a ``contradiction``."""

    def __init__(self, contradiction: Contradiction) -> None:
        super().__init__(f"the entry points contradict each other: {contradiction.words}")
        self.contradiction = contradiction
