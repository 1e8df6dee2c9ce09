"""Pairs of requests that show one part: they differ only in its truth, and the statement applies to only one of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from iam2rego.coverage.bits import Truth
from iam2rego.coverage.candidates import Candidates
from iam2rego.coverage.model import Pair, PartKind
from iam2rego.coverage.observe import Observation, Place
from iam2rego.coverage.parts import Located
from iam2rego.coverage.truths import Truths
from iam2rego.ir.condition import Operator
from iam2rego.jsontext import JsonValue
from iam2rego.questions.aim import Aim
from iam2rego.questions.fill import fold

Look: TypeAlias = Callable[[JsonValue], Observation]
"""Decides a request by all policies of the unit, and returns which statements show."""

_OF_A_BASE: Final = 3
"""How many pairs near one request are tried; if one does not show, the others are unlikely to."""

_TRIES: Final = 60
"""How many pairs may fail to show in a decision before a part is left to the search."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the pairs of one statement."""

    place: Place
    truths: Truths
    candidates: Candidates
    look: Look

    def pair(self, located: Located, bases: Iterable[Aim]) -> Pair | None:
        """Return a pair that shows the part in decisions; None if none of those tried does."""
        return next((Pair(x, y) for x, y in islice(self._requests(located, bases), _TRIES) if self.shows(x, y)), None)

    def completed(self, located: Located, halves: Iterable[Aim]) -> Pair | None:
        """Return a pair that contains one of ``halves``."""
        return next((Pair(x, y) for half in halves for x, y in self._completions(located, half) if self.shows(x, y)), None)

    def shows(self, applies: JsonValue, misses: JsonValue) -> bool:
        """Say whether the decisions show that the statement applies to ``applies`` and not to ``misses``."""
        return self.place in self.look(applies).applied and self.place in self.look(misses).not_applied

    def bases(self, start: Aim) -> list[Aim]:
        """Return requests to which the statement applies, near ``start``."""
        return [aim for aim in self.candidates.begun(start) if self._applies(aim)]

    def _requests(self, located: Located, bases: Iterable[Aim]) -> Iterator[tuple[JsonValue, JsonValue]]:
        for base in bases:
            for applies, misses in islice(self.pairs(located, self.candidates.near(located, base)), _OF_A_BASE):
                yield applies.request(), misses.request()

    def _completions(self, located: Located, half: Aim) -> Iterator[tuple[JsonValue, JsonValue]]:
        said = self.truths.of(half)
        for aim in self.candidates.near(located, half):
            truth = self.truths.of(aim)
            if truth and said and self._are_pair(located, truth, said):
                yield (aim.request(), half.request()) if truth.applies else (half.request(), aim.request())

    def pairs(self, located: Located, aims: Iterable[Aim]) -> Iterator[tuple[Aim, Aim]]:
        """Yield the pairs among ``aims``, judged only by the truths of the statement's parts, each as soon as it is complete."""
        seen: list[tuple[Aim, Truth]] = []
        for aim in aims:
            truth = self.truths.of(aim)
            if truth is None:
                continue
            for other, said in reversed(seen):
                if self._are_pair(located, truth, said):
                    yield (aim, other) if truth.applies else (other, aim)
            seen.append((aim, truth))

    def _are_pair(self, located: Located, one: Truth, other: Truth) -> bool:
        return one.applies is not other.applies and self._differ_in(located, one, other)

    def _differ_in(self, located: Located, one: Truth, other: Truth) -> bool:
        """Say whether only the truth of the part differs."""
        bit, changed = self.truths.layout.atom(located), one.atoms ^ other.atoms
        match located.kind:
            case PartKind.PRINCIPAL | PartKind.ACTION | PartKind.RESOURCE:
                return changed == bit
            case PartKind.KEY:
                return bool(changed & bit) and not changed & ~self._of_same_key(located) and self._present(located, one, other) == 1
            case PartKind.OPERATOR:
                return changed == bit and (self._present(located, one, other) == 2 or self._is_null(located))
            case PartKind.VALUE:
                values = self.truths.layout.values(located)
                return changed == bit and (one.values ^ other.values) & values == self.truths.layout.value(located)
            case PartKind.QUALIFIER:
                return changed == bit and bool((one.told | other.told) & self.truths.layout.told(located))

    def _present(self, located: Located, one: Truth, other: Truth) -> int:
        """Return in how many of the two requests the key of a condition is present."""
        bit = 1 << located.place
        return bool(one.present & bit) + bool(other.present & bit)

    def _is_null(self, located: Located) -> bool:
        return self.truths.statement.conditions[located.place].operator is Operator.NULL

    def _of_same_key(self, located: Located) -> int:
        """Return the bits of the conditions that read the same key, since all of them change with it."""
        conditions = self.truths.statement.conditions
        key, first = fold(conditions[located.place].key), self.truths.layout.atom(located) >> located.place
        return sum(first << place for place, each in enumerate(conditions) if fold(each.key) == key)

    def _applies(self, aim: Aim) -> bool:
        truth = self.truths.of(aim)
        return truth is not None and truth.applies

    def settled(self, start: Aim) -> Aim:
        """Return ``start`` changed until as many parts as possible are true: one condition after the other, then again."""
        best = start
        for _ in range(2):
            for condition in self.truths.statement.conditions:
                if self._applies(best):
                    return best
                best = max((best, *self.candidates.worlds(condition, best)), key=self._weight)
        return best

    def _weight(self, aim: Aim) -> int:
        truth = self.truths.of(aim)
        return -1 if truth is None else truth.terms.bit_count()
