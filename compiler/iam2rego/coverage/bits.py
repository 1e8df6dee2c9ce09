"""The truths of a statement's parts as bits, so that two requests are compared in one step, and the bit of each part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from iam2rego.coverage.model import PartKind
from iam2rego.coverage.parts import IF_EXISTS, Located
from iam2rego.ir.policy import Statement

SIDES: Final = 3
"""The terms of a statement before its conditions."""

ENTRIES: Final = (PartKind.PRINCIPAL, PartKind.ACTION, PartKind.RESOURCE)
"""The kinds of part that are entries, in the order of those terms."""

_QUALIFIERS: Final = 2
"""The bits of a condition for its qualifiers: the set operator, and IfExists."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The truths of one request.

    Attributes:
        applies: whether the statement applies (E3).
        terms: a bit for each part that must be true: principals, actions, resources, then each condition.
        atoms: a bit for each entry, true if it matches, and for each condition.
        values: a bit for each value of each condition, true if it matches.
        present: a bit for each condition, true if its key is in the request.
        told: two bits for each condition, true if its result would change without its set operator and without its IfExists.
    """

    applies: bool
    terms: int
    atoms: int
    values: int
    present: int
    told: int


@dataclass(frozen=True)
class Layout:
    """Assigns a bit to each part of a statement."""

    statement: Statement

    @cached_property
    def every_term(self) -> int:
        """The bits of all terms."""
        return _ones(SIDES + len(self.statement.conditions))

    @cached_property
    def first_condition(self) -> int:
        """The place of the first condition's bit among the atoms."""
        return sum(self._counts.values())

    def first(self, kind: PartKind) -> int:
        """Return the place of the first entry's bit among the atoms."""
        return self._firsts[kind]

    def atom(self, located: Located) -> int:
        """Return the bit of a part among the atoms: an entry has its own, any part of a condition has the condition's."""
        return 1 << (self._firsts.get(located.kind, self.first_condition) + located.place)

    def term(self, located: Located) -> int:
        """Return the bit of the term that a part belongs to."""
        return 1 << (ENTRIES.index(located.kind) if located.kind in ENTRIES else SIDES + located.place)

    def value(self, located: Located) -> int:
        """Return the bit of a value."""
        return 1 << (self._first_value(located) + located.value)

    def values(self, located: Located) -> int:
        """Return the bits of all values of a condition."""
        return _ones(len(self.statement.conditions[located.place].values)) << self._first_value(located)

    def told(self, located: Located) -> int:
        """Return the bit that says whether a qualifier changes the result."""
        return 1 << (_QUALIFIERS * located.place + (located.part.text == IF_EXISTS))

    def alternatives(self, located: Located) -> tuple[int, Callable[[Truth], int]]:
        """Return the bit of an entry or value, and a function for the bits of all its alternatives."""
        if located.kind is PartKind.VALUE:
            values = self.values(located)
            return self.value(located), lambda truth: truth.values & values
        entries = _ones(self._counts[located.kind]) << self._firsts[located.kind]
        return self.atom(located), lambda truth: truth.atoms & entries

    @cached_property
    def _counts(self) -> Mapping[PartKind, int]:
        principals = self.statement.principals.entries if self.statement.principals else ()
        return dict(zip(ENTRIES, map(len, (principals, self.statement.actions.entries, self.statement.resources.entries)), strict=True))

    @cached_property
    def _firsts(self) -> Mapping[PartKind, int]:
        return dict(zip(ENTRIES, accumulate(self._counts.values(), initial=0), strict=False))

    def _first_value(self, located: Located) -> int:
        return sum(len(each.values) for each in self.statement.conditions[: located.place])


def _ones(count: int) -> int:
    return (1 << count) - 1
