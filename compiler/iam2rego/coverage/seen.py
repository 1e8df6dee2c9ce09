"""Collects which statements, and which of their parts, were seen both true and false."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from iam2rego.coverage.model import Coverage, PartCoverage, PolicyCoverage, StatementCoverage
from iam2rego.coverage.observe import Observation, Place
from iam2rego.ir.policy import Policy
from iam2rego.jsontext import JsonValue


@dataclass(slots=True)
class Seen:
    """Collects the observations of statements, and the coverage of their parts."""

    applied: set[Place] = field(default_factory=set)
    not_applied: set[Place] = field(default_factory=set)
    parts: dict[Place, tuple[PartCoverage, ...]] = field(default_factory=dict)

    def note(self, observation: Observation) -> None:
        """Add the observation of one decision."""
        self.applied |= observation.applied
        self.not_applied |= observation.not_applied

    def cover(self, place: Place, parts: Sequence[PartCoverage]) -> None:
        """Add the coverage of a statement's parts; if its policy takes part in several ways, a pair from one of them is enough."""
        before = self.parts.get(place, parts)
        self.parts[place] = tuple(one if one.pair else other for one, other in zip(before, parts, strict=True))

    def coverage(self, policies: Iterable[Policy]) -> Coverage:
        """Return the coverage so far of the statements of ``policies``, in order."""
        detail = tuple(PolicyCoverage(policy.name, tuple(self._statements(policy))) for policy in policies)
        statements = [statement for policy in detail for statement in policy.statements]
        parts = [part for statement in statements for part in statement.parts]
        never = tuple(each.place for each in statements if not each.applied)
        always = tuple(each.place for each in statements if not each.not_applied)
        return Coverage(
            statements=len(statements),
            applied=len(statements) - len(never),
            not_applied=len(statements) - len(always),
            never_applied=never,
            always_applied=always,
            parts=len(parts),
            flipped=sum(part.pair is not None for part in parts),
            infeasible=sum(part.infeasible is not None for part in parts),
            detail=detail,
        )

    def _statements(self, policy: Policy) -> Iterator[StatementCoverage]:
        for index, statement in enumerate(policy.document.statements):
            place = Place(policy.name, index)
            parts = self.parts.get(place, ())
            yield StatementCoverage(place, statement.effect, statement.sid, parts, place in self.applied, place in self.not_applied)


def requests_of(parts: Iterable[PartCoverage]) -> Iterator[JsonValue]:
    """Yield the requests of all pairs."""
    for pair in (each.pair for each in parts if each.pair):
        yield from (pair.applies, pair.misses)
