"""Which statements were seen both to apply and not to apply."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from iam2rego.conformance.observe import Observation, Place
from iam2rego.ir.policy import Policy


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many statements there are, how many were seen to apply and not to, and which were not."""

    statements: int
    applied: int
    not_applied: int
    never_applied: tuple[Place, ...] = ()
    always_applied: tuple[Place, ...] = ()


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
