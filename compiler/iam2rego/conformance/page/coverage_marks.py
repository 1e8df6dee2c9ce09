"""Marks for statements and parts: a sign and words for each, so that the page never relies on colour alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Final, Self

from iam2rego.coverage import Coverage, PartCoverage, StatementCoverage
from iam2rego.coverage.observe import Place

NO_DISAGREEMENTS: Final[Mapping[Place, int]] = MappingProxyType({})


class Sign(Enum):
    """How much the requests showed of a statement or a part; the value is the sign on the page, the name is that of its style."""

    DISAGREES = "✗"
    COVERED = "✓"
    PARTLY = "◐"
    ALWAYS = "●"
    NEVER = "○"
    INFEASIBLE = "–"

    @property
    def style(self) -> str:
        """The name in the style sheet."""
        return self.name.lower()

    @property
    def is_finding(self) -> bool:
        """Whether it deserves a look: the engines disagree, or something possible was not seen."""
        return self in (Sign.DISAGREES, Sign.PARTLY, Sign.ALWAYS, Sign.NEVER)


@dataclass(frozen=True, slots=True)
class Seen:
    """The coverage of a run, statement by statement; `disagreements` counts those that each is part of."""

    never_applied: frozenset[Place]
    always_applied: frozenset[Place]
    detail: dict[Place, StatementCoverage]
    disagreements: Mapping[Place, int] = field(default_factory=dict)

    @classmethod
    def of(cls, coverage: Coverage, disagreements: Mapping[Place, int] = NO_DISAGREEMENTS) -> Self:
        """Index ``coverage`` by statement."""
        detail = {each.place: each for policy in coverage.detail for each in policy.statements}
        return cls(frozenset(coverage.never_applied), frozenset(coverage.always_applied), detail, disagreements)

    def parts(self, place: Place) -> Sequence[PartCoverage]:
        """Return the parts of a statement; empty if parts were not examined."""
        return self.detail[place].parts if place in self.detail else ()

    def sign(self, place: Place) -> Sign:
        """Return the sign of a statement. A disagreement comes first: what was shown of the statement counts for nothing then."""
        if self.disagreements.get(place):
            return Sign.DISAGREES
        parts = self.parts(place)
        if parts and all(part.infeasible for part in parts):
            return Sign.INFEASIBLE
        if place in self.never_applied:
            return Sign.NEVER
        if place in self.always_applied:
            return Sign.ALWAYS
        return Sign.PARTLY if any(sign_of_part(part).is_finding for part in parts) else Sign.COVERED

    def words(self, place: Place) -> str:
        """Return the sign in words."""
        if count := self.disagreements.get(place):
            return f"part of {count:,} {'disagreement' if count == 1 else 'disagreements'}"
        match self.sign(place):
            case Sign.NEVER:
                return "never seen to apply"
            case Sign.ALWAYS:
                return "never seen not to apply"
            case Sign.INFEASIBLE:
                return "no request can show it"
            case _:
                parts = self.parts(place)
                return _counted(parts) if parts else "seen to apply and not to apply"


def sign_of_part(part: PartCoverage) -> Sign:
    """Return the sign of a part: shown by a pair of requests, infeasible for a reason, or neither."""
    if part.pair:
        return Sign.COVERED
    return Sign.INFEASIBLE if part.infeasible else Sign.NEVER


def words_of_part(part: PartCoverage) -> str:
    """Return the same in words."""
    if part.pair:
        return "shown"
    if part.infeasible is None:
        return "not shown"
    by = f": {'; '.join(part.infeasible.by)}" if part.infeasible.by else ""
    return f"{part.infeasible.reason}{by} ({part.infeasible.searched:,} requests searched)"


def _counted(parts: Sequence[PartCoverage]) -> str:
    feasible = [part for part in parts if not part.infeasible]
    shown = sum(part.pair is not None for part in feasible)
    infeasible = len(parts) - len(feasible)
    return f"{shown} of {len(feasible)} parts shown" + (f", {infeasible} infeasible" if infeasible else "")
