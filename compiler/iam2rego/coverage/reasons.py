"""Finds why no pair of requests shows a part, from the properties that all requests of a search share.

A statement applies if all its *terms* are true: its principal, action and resource part, and each condition (E3). An entry, or
a value of a condition, is one of several *alternatives*.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_, or_
from typing import Final, TypeAlias

from iam2rego.coverage.bits import SIDES, Truth
from iam2rego.coverage.model import PartKind, Reason
from iam2rego.coverage.parts import Located, parts_of
from iam2rego.coverage.truths import Truths
from iam2rego.ir.condition import Condition

Cause: TypeAlias = tuple[Reason, tuple[str, ...]]
"""A reason with the parts or statements that cause it."""

_NEVER: Final[Cause] = (Reason.NO_VALUE, ("no request matches it",))
_ALWAYS: Final[Cause] = (Reason.NO_VALUE, ("every request matches it",))


@dataclass(frozen=True, slots=True)
class Reasons:
    """Finds why parts of one statement cannot be shown, from the truths of all requests of a search."""

    truths: Truths
    met: Sequence[Truth]

    def cause(self, located: Located) -> Cause | None:
        """Return why the part cannot be shown; None if these requests give no reason."""
        match located.kind:
            case PartKind.PRINCIPAL | PartKind.ACTION | PartKind.RESOURCE:
                return self._of_alternative(located) or self._of_contradiction()
            case PartKind.VALUE:
                return self._of_alternative(located) or self._of_term(located)
            case PartKind.KEY:
                return self._of_term(located) or self._of_presence(located)
            case PartKind.OPERATOR:
                return self._of_term(located) or self._of_edge(located)
            case PartKind.QUALIFIER:
                return self._of_difference(located) or self._of_term(located)

    def _of_alternative(self, located: Located) -> Cause | None:
        """Compare an entry or a value with its alternatives, then with the terms that must also be true."""
        bit, bits = self.truths.layout.alternatives(located)
        true = [truth for truth in self.met if bits(truth) & bit]
        if len(true) in (0, len(self.met)):
            return _ALWAYS if true else _NEVER
        alone = [truth for truth in true if bits(truth) == bit]
        if not alone:
            return Reason.EQUIVALENT, tuple(self._beside(located, _covering([bits(truth) & ~bit for truth in true])))
        own = self.truths.layout.term(located)
        never = self.truths.layout.every_term & ~own & ~reduce(or_, (truth.terms for truth in alone))
        return (Reason.CONTRADICTORY, (_quoted(located), self._name(never))) if never else None

    def _of_contradiction(self) -> Cause | None:
        """Name two terms that are never true together."""
        for one, other in combinations(range(self._terms), 2):
            both = 1 << one | 1 << other
            if not any(truth.terms & both == both for truth in self.met):
                return Reason.CONTRADICTORY, (self._name(1 << one), self._name(1 << other))
        return None

    def _of_term(self, located: Located) -> Cause | None:
        """Compare a condition with the other terms: it must be true together with them, and false together with them."""
        own, every = self.truths.layout.term(located), self.truths.layout.every_term
        true = [truth for truth in self.met if truth.terms & own]
        if len(true) in (0, len(self.met)):
            return _ALWAYS if true else _NEVER
        if not any(truth.applies for truth in true):
            return self._of_contradiction()
        if any(truth.terms == every & ~own for truth in self.met):
            return None
        return self._including(lambda truth: not truth.terms & own)

    def _including(self, holds: Callable[[Truth], bool]) -> Cause | None:
        """Name a term that is never true for requests for which ``holds`` is true."""
        never = self.truths.layout.every_term & ~reduce(or_, (truth.terms for truth in self.met if holds(truth)), 0)
        return (Reason.EQUIVALENT, (self._name(never),)) if never else None

    def _of_presence(self, located: Located) -> Cause | None:
        """Name another term that needs the key."""
        return self._including(lambda truth: not truth.present & 1 << located.place)

    def _of_edge(self, located: Located) -> Cause | None:
        """Find that all values of the key are on one side, or name a term that is never true on the other side."""
        own = self.truths.layout.term(located)
        sides = {bool(truth.terms & own) for truth in self.met if truth.present & 1 << located.place}
        if len(sides) == 1:
            return _ALWAYS if True in sides else _NEVER
        return self._including(lambda truth: bool(truth.present & 1 << located.place) and not truth.terms & own)

    def _of_difference(self, located: Located) -> Cause | None:
        """Find that the qualifier never changes the condition, or name a term that is never true when it does."""
        told = [truth for truth in self.met if truth.told & self.truths.layout.told(located)]
        if not told:
            return Reason.EQUIVALENT, (_condition(self.truths.statement.conditions[located.place]),)
        never = self.truths.layout.every_term & ~self.truths.layout.term(located) & ~reduce(or_, (truth.terms for truth in told))
        return (Reason.CONTRADICTORY, (_quoted(located), self._name(never))) if never else None

    @property
    def _terms(self) -> int:
        return SIDES + len(self.truths.statement.conditions)

    def _name(self, terms: int) -> str:
        """Name the last of ``terms``: conditions are more specific than the three parts before them."""
        place = terms.bit_length() - 1
        statement = self.truths.statement
        return ("the principals", "the actions", "the resources", *map(_condition, statement.conditions))[place]

    def _beside(self, located: Located, bits: int) -> Iterator[str]:
        """Yield the alternatives of a part that have these ``bits``."""
        for other in parts_of(self.truths.statement):
            if other.kind is located.kind and self.truths.layout.alternatives(other)[0] & bits:
                yield _quoted(other)


def _covering(bits: Sequence[int]) -> int:
    """Return one bit that all have, or a few bits so that each has one of them."""
    common = reduce(and_, bits)
    if common:
        return common & -common
    chosen = 0
    for each in bits:
        chosen |= 0 if each & chosen else each & -each
    return chosen


def _condition(condition: Condition) -> str:
    return f"`{condition.operator}` of `{condition.key}`"


def _quoted(located: Located) -> str:
    return f"`{located.part.text}`"
