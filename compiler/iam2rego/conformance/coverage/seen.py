"""Which statements were seen both to apply and not to apply."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from iam2rego.conformance.coverage.model import Coverage
from iam2rego.conformance.observe import Observation, Place
from iam2rego.ir.policy import Policy


@dataclass(slots=True)
class Seen:
    """Gathers what observations say about statements."""

    applied: set[Place] = field(default_factory=set)
    not_applied: set[Place] = field(default_factory=set)

    def note(self, observation: Observation) -> None:
        """Add what one decision shows."""
        self.applied |= observation.applied
        self.not_applied |= observation.not_applied

    def coverage(self, policies: Iterable[Policy]) -> Coverage:
        """Return what was seen so far of the statements of ``policies``, in their order."""
        every = [Place(policy.name, index) for policy in policies for index, _ in enumerate(policy.document.statements)]
        never = tuple(each for each in every if each not in self.applied)
        always = tuple(each for each in every if each not in self.not_applied)
        return Coverage(len(every), len(every) - len(never), len(every) - len(always), never, always)
