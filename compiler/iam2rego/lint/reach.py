"""Determines which requests a statement covers, and whether another statement certainly covers them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from iam2rego.ir.condition import Condition
from iam2rego.ir.pattern import ActionPattern, AnyResource, ArnPattern, ResourceEntry
from iam2rego.ir.policy import Actions, Effect, Resources, Statement
from iam2rego.ir.principal import Principals
from iam2rego.lint.inclusion import Run, Symbols, Value, beginning, covers, fold_key, is_single, spell_action, spell_arn

ANYTHING: Final[Symbols] = (Run(), ":", Run())
"""Any action, or any resource: only a lone ``*`` begins with a run among resource entries, and it covers more than this."""


@dataclass(frozen=True)
class Part:
    """The actions or resources that a statement names or, if negated, does not name."""

    negated: bool
    patterns: tuple[Symbols, ...]

    def pieces(self) -> "tuple[Part, ...]":
        """Return the parts of it that may be reached by different statements: whatever is not named stays one."""
        return (self,) if self.negated else tuple(Part(False, (pattern,)) for pattern in self.patterns)

    @property
    def excludes_by_value(self) -> bool:
        """Whether what is not named depends on a variable that may have no value."""
        return self.negated and any(isinstance(each, Value) and each.default is None for pattern in self.patterns for each in pattern)

    def reaches(self, other: "Part") -> bool:
        """Return whether this part certainly matches everything that the other matches."""
        match self.negated, other.negated:
            case False, False:
                return all(map(self._names, other.patterns))
            case False, True:
                return self._names(ANYTHING)
            case True, False:
                return all(_are_apart(excluded, named) for excluded in self.patterns for named in other.patterns)
            case _:
                return all(map(other._names, self.patterns))

    def _names(self, narrow: Symbols) -> bool:
        return narrow in self._spelled or any(narrow[: len(head)] == head and covers(wide, narrow) for head, wide in self._wild)

    @cached_property
    def _spelled(self) -> frozenset[Symbols]:
        return frozenset(self.patterns)

    @cached_property
    def _wild(self) -> tuple[tuple[Symbols, Symbols], ...]:
        """The patterns that cover more than themselves, after how they begin."""
        return tuple((beginning(pattern), pattern) for pattern in self.patterns if not is_single(pattern))


def _are_apart(excluded: Symbols, named: Symbols) -> bool:
    """Return whether certainly no text matches both patterns."""
    if _part_ways(excluded, named):
        return True
    decidable = is_single(named) and not any(isinstance(symbol, Value) for symbol in excluded)
    return decidable and not covers(excluded, named)


def _part_ways(one: Symbols, other: Symbols) -> bool:
    """Say whether two patterns differ in a character before the first wildcard or variable of either."""
    for left, right in zip(one, other, strict=False):
        if left != right or not isinstance(left, str):
            return isinstance(left, str) and isinstance(right, str)
    return False


@dataclass(frozen=True, slots=True)
class Reach:
    """The requests to which a statement applies."""

    effect: Effect
    principals: Principals | None
    actions: Part
    resources: Part
    conditions: frozenset[object]

    def covers_all_but_actions(self, other: "Reach", resources: Part) -> bool:
        """Say whether this one applies to those ``resources`` whenever the other does, if the action is right (C1).

        Only the same principals are taken to be as many: of what kind a match is can decide, too (P1).
        """
        alike = self.effect is other.effect and self.principals == other.principals
        if self.effect is Effect.ALLOW and self.resources.excludes_by_value and self.resources != resources:
            return False  # R10: where a value is missing this one does not apply, whatever the other does
        return alike and self.conditions <= other.conditions and self.resources.reaches(resources)


def reach(statement: Statement) -> Reach:
    """Return what a statement reaches; entries that match nothing are left out (L9)."""
    conditions = frozenset(map(_meaning, statement.conditions))
    return Reach(statement.effect, statement.principals, _actions(statement.actions), _resources(statement.resources), conditions)


def names_action(actions: Actions, action: str) -> bool:
    """Return whether a statement with these actions certainly is about ``action``, which has no wildcards."""
    return _actions(actions).reaches(Part(False, (tuple(action.lower()),)))


def _actions(actions: Actions) -> Part:
    return Part(actions.negated, tuple(spell_action(each.segments) for each in actions.entries if isinstance(each, ActionPattern)))


def _resources(resources: Resources) -> Part:
    return Part(resources.negated, tuple(symbols for entry in resources.entries for symbols in spell_resource(entry)))


def spell_resource(entry: ResourceEntry) -> Iterator[Symbols]:
    """Yield the symbols of an entry; none if it matches nothing (L9)."""
    match entry:
        case AnyResource():
            yield (Run(),)
        case ArnPattern():
            yield spell_arn(entry)


def _meaning(condition: Condition) -> tuple[object, ...]:
    """Return a value that is equal for equivalent conditions: the key's case and the values' order do not matter (C2, C3)."""
    return condition.operator, condition.qualifier, condition.if_exists, fold_key(condition.key), frozenset(condition.values)
