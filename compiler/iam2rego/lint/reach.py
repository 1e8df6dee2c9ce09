"""Determines which requests a statement covers, and whether another statement certainly covers them all."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, TypeAlias

from iam2rego.ir.condition import Condition, ConditionValue, Operator, Qualifier
from iam2rego.ir.pattern import ActionPattern, AnyResource, ArnPattern, ResourceEntry
from iam2rego.ir.policy import Actions, Effect, Resources, Statement
from iam2rego.ir.principal import Principals
from iam2rego.lint.inclusion import Beginnings, Run, Symbols, Value, covers, fold_key, is_single, joined, spell_action, spell_arn

Meaning: TypeAlias = tuple[Operator, Qualifier | None, bool, str, frozenset[ConditionValue]]
"""What a condition means: operator, set operator, ``IfExists``, the folded key, and the values."""

_CACHED: Final = 4096
_ANY: Final[Symbols] = (Run(),)
ANYTHING: Final[Symbols] = (Run(), ":", Run())
"""Any action, or any resource: only a lone ``*`` begins with a run among resource entries, and it covers more than this."""


@dataclass(frozen=True)
class Part:
    """The actions or resources that a statement names or, if negated, does not name."""

    negated: bool
    patterns: tuple[Symbols, ...]

    @cached_property
    def pieces(self) -> "tuple[Part, ...]":
        """The parts of it that may be reached by different statements: whatever is not named stays one."""
        return (self,) if self.negated else tuple(Part(False, (pattern,)) for pattern in self.patterns)

    @property
    def excludes_by_value(self) -> bool:
        """Whether what is not named depends on a variable that may have no value."""
        return self.negated and any(isinstance(each, Value) and each.default is None for pattern in self.patterns for each in pattern)

    def reaches(self, other: "Part") -> bool:
        """Return whether this part certainly matches everything that the other matches."""
        match self.negated, other.negated:
            case False, False:
                return self._is_whole or all(map(self._matches, other.patterns))
            case False, True:
                return self._is_whole or ANYTHING in self._spelled or self._covers(ANYTHING)
            case True, False:
                return all(map(self._spares, other.patterns))
            case _:
                return all(map(other._covers, self._spelled - other._spelled))

    def reaches_some(self, actions: "Part") -> bool:
        """Say whether these actions certainly include a piece of others."""
        if self.negated or actions.negated:
            return any(map(self.reaches, actions.pieces))
        return not self._spelled.isdisjoint(actions.patterns) or any(map(self._covers, actions.patterns))

    @cached_property
    def services(self) -> frozenset[Symbols | None]:
        """The services that actions begin with; None for one with wildcards, and for all that is not named."""
        if self.negated:
            return frozenset((None,))
        found = (joined(pattern[: pattern.index(":")]) for pattern in self.patterns)  # every action has a colon (A1)
        return frozenset(service if is_single(service) else None for service in found)

    def _matches(self, narrow: Symbols) -> bool:
        return narrow in self._spelled or self._covers(narrow)

    def _covers(self, narrow: Symbols) -> bool:
        """Say whether a pattern with wildcards certainly matches everything that another one does."""
        return bool(self._open) and any(covers(self._open[place], narrow) for place in self._wild.near(narrow))

    @cached_property
    def _is_whole(self) -> bool:
        return _ANY in self._spelled

    def _spares(self, named: Symbols) -> bool:
        """Say whether certainly no pattern matches what ``named`` does. Two texts are compared at once: only equal ones match the same."""
        if named in self._spelled:
            return False
        others = self._open if is_single(named) else self.patterns
        return all(_are_apart(excluded, named) for excluded in others)

    @cached_property
    def _open(self) -> tuple[Symbols, ...]:
        """The patterns that match more than one text, or one that is not known."""
        return tuple(pattern for pattern in self.patterns if not is_single(pattern))

    @cached_property
    def _spelled(self) -> frozenset[Symbols]:
        return frozenset(self.patterns)

    @cached_property
    def _wild(self) -> Beginnings:
        """How the patterns begin that cover more than themselves."""
        return Beginnings(self._open)


class Services:
    """Actions by their services: most statements are about services of their own, so few may reach some of the actions of another."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._places: dict[Symbols | None, list[int]] = {}
        for place, actions in enumerate(parts):
            for service in actions.services:
                self._places.setdefault(service, []).append(place)
        self._all = range(len(parts))

    def near(self, actions: Part) -> Sequence[int]:
        """Return the places of those that may reach some of ``actions``, in order."""
        if actions.negated:
            return self._all
        return sorted({place for service in {*actions.services, None} for place in self._places.get(service, ())})


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
    conditions: frozenset[Meaning]

    @property
    def needed_keys(self) -> Set[str]:
        """The context keys without which it does not apply, in lower case; not all of them are found."""
        return {
            key
            for operator, qualifier, if_exists, key, _ in self.conditions
            if not (if_exists or qualifier is Qualifier.FOR_ALL_VALUES or not is_positive(operator))
        }

    def is_as_wide_for(self, other: "Reach") -> bool:
        """Say whether this one has the effect of the other, and applies whenever the other does if action and resource are right (C1).

        Only the same principals are taken to be as many: of what kind a match is can decide, too (P1).
        """
        return self.effect is other.effect and self.conditions <= other.conditions and self.principals == other.principals

    def covers(self, resources: Part) -> bool:
        """Say whether this one applies to all of some ``resources`` that another one names, if all else is right."""
        if self.effect is Effect.ALLOW and self.resources.excludes_by_value and self.resources != resources:
            return False  # R10: where a value is missing this one does not apply, whatever the other does
        return self.resources.reaches(resources)


def is_positive(operator: Operator) -> bool:
    """Say whether an operator asks for a value that matches: it is not negated, and not Null."""
    return operator is not Operator.NULL and "Not" not in operator


def reach(statement: Statement) -> Reach:
    """Return what a statement reaches; entries that match nothing are left out (L9)."""
    conditions = frozenset(map(_meaning, statement.conditions))
    return Reach(statement.effect, statement.principals, _actions(statement.actions), _resources(statement.resources), conditions)


def names_action(actions: Actions, action: str) -> bool:
    """Return whether a statement with these actions certainly is about ``action``, which has no wildcards."""
    return _actions(actions).reaches(Part(False, (action.lower(),)))


def _actions(actions: Actions) -> Part:
    return Part(actions.negated, tuple(spell_action(each.segments) for each in actions.entries if isinstance(each, ActionPattern)))


def _resources(resources: Resources) -> Part:
    return Part(resources.negated, tuple(symbols for entry in resources.entries for symbols in spell_resource(entry)))


def spell_resource(entry: ResourceEntry) -> Iterator[Symbols]:
    """Yield the symbols of an entry; none if it matches nothing (L9)."""
    match entry:
        case AnyResource():
            yield _ANY
        case ArnPattern():
            yield spell_arn(entry)


@lru_cache(_CACHED)
def _meaning(condition: Condition) -> Meaning:
    """Return a value that is equal for equivalent conditions: the key's case and the values' order do not matter (C2, C3).

    For equal conditions it is the same one, so that most comparisons need not look inside.
    """
    return condition.operator, condition.qualifier, condition.if_exists, fold_key(condition.key), frozenset(condition.values)
