"""What the page says of statements and parts: a sign and words each, so that nothing is said by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Self

from iam2rego.coverage import Coverage, PartCoverage, StatementCoverage
from iam2rego.coverage.observe import Place


class Sign(Enum):
    """How much the requests showed of a statement or a part; the value is what a reader sees, the name is that of a style."""

    COVERED = "✓"
    PARTLY = "◐"
    ALWAYS = "●"
    NEVER = "○"
    INFEASIBLE = "–"

    @property
    def style(self) -> str:
        """The name that the style sheet knows it by."""
        return self.name.lower()

    @property
    def is_finding(self) -> bool:
        """Whether a reader should look at it: something was not seen that may be possible."""
        return self in (Sign.PARTLY, Sign.ALWAYS, Sign.NEVER)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run's coverage says of single statements."""

    never_applied: frozenset[Place]
    always_applied: frozenset[Place]
    detail: dict[Place, StatementCoverage]

    @classmethod
    def of(cls, coverage: Coverage) -> Self:
        """Sort ``coverage`` by statements."""
        detail = {each.place: each for policy in coverage.detail for each in policy.statements}
        return cls(frozenset(coverage.never_applied), frozenset(coverage.always_applied), detail)

    def parts(self, place: Place) -> Sequence[PartCoverage]:
        """Return the parts of a statement; none where no parts were looked at."""
        return self.detail[place].parts if place in self.detail else ()

    def sign(self, place: Place) -> Sign:
        """Return how much is known of a statement."""
        parts = self.parts(place)
        if parts and all(part.infeasible for part in parts):
            return Sign.INFEASIBLE
        if place in self.never_applied:
            return Sign.NEVER
        if place in self.always_applied:
            return Sign.ALWAYS
        return Sign.PARTLY if any(sign_of_part(part).is_finding for part in parts) else Sign.COVERED

    def words(self, place: Place) -> str:
        """Return the same in words."""
        match self.sign(place):
            case Sign.NEVER:
                return "never seen to apply"
            case Sign.ALWAYS:
                return "never seen not to apply"
            case Sign.INFEASIBLE:
                return "no request can show it"
            case Sign.COVERED | Sign.PARTLY:
                parts = self.parts(place)
                return _counted(parts) if parts else "seen to apply and not to apply"


def sign_of_part(part: PartCoverage) -> Sign:
    """Return whether a pair of requests shows the part, or there is a reason why none does."""
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
