"""Propositional formulas in negation normal form. Equal formulas are equal objects of Python, so questions that repeat are seen."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

Atom: TypeAlias = Hashable


@dataclass(frozen=True)
class Literal:
    """An atom, or its negation."""

    atom: Atom
    holds: bool = True


@dataclass(frozen=True)
class All:
    """A conjunction; without parts it is true."""

    parts: tuple["Formula", ...]

    @cached_property
    def _hash(self) -> int:
        return hash(("all", self.parts))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True)
class Any:
    """A disjunction; without parts it is false."""

    parts: tuple["Formula", ...]

    @cached_property
    def _hash(self) -> int:
        return hash(("any", self.parts))

    def __hash__(self) -> int:
        return self._hash


Formula: TypeAlias = Literal | All | Any

TRUE: Final = All(())
FALSE: Final = Any(())


def constant(truth: bool) -> Formula:
    """Return a formula that is always true, or always false."""
    return TRUE if truth else FALSE


def conjunction(formulas: Iterable[Formula]) -> Formula:
    """Return a formula that is true if all others are."""
    parts: dict[Formula, None] = {}
    for each in formulas:
        if each == FALSE:
            return FALSE
        parts.update(dict.fromkeys(each.parts if isinstance(each, All) else (each,)))
    return next(iter(parts)) if len(parts) == 1 else All(tuple(parts))


def disjunction(formulas: Iterable[Formula]) -> Formula:
    """Return a formula that is true if one of the others is."""
    parts: dict[Formula, None] = {}
    for each in formulas:
        if each == TRUE:
            return TRUE
        parts.update(dict.fromkeys(each.parts if isinstance(each, Any) else (each,)))
    return next(iter(parts)) if len(parts) == 1 else Any(tuple(parts))


def negation(formula: Formula) -> Formula:
    """Return a formula that is true if the other is false."""
    match formula:
        case Literal(atom=atom, holds=holds):
            return Literal(atom, not holds)
        case All(parts=parts):
            return disjunction(map(negation, parts))
        case Any(parts=parts):
            return conjunction(map(negation, parts))


def substituted(formula: Formula, value_of: Callable[[Atom], Formula]) -> Formula:
    """Return the formula with every atom replaced."""
    match formula:
        case Literal(atom=atom, holds=holds):
            value = value_of(atom)
            return value if holds else negation(value)
        case All(parts=parts):
            return conjunction(substituted(each, value_of) for each in parts)
        case Any(parts=parts):
            return disjunction(substituted(each, value_of) for each in parts)


def atoms_of(formula: Formula) -> dict[Atom, None]:
    """Return the atoms of a formula in the order in which they first occur."""
    if isinstance(formula, Literal):
        return {formula.atom: None}
    found: dict[Atom, None] = {}
    for each in formula.parts:
        found.update(atoms_of(each))
    return found


def holds_in(formula: Formula, model: Mapping[Atom, bool]) -> bool:
    """Say whether a formula is true, given the truth of all its atoms."""
    match formula:
        case Literal(atom=atom, holds=holds):
            return model[atom] is holds
        case All(parts=parts):
            return all(holds_in(each, model) for each in parts)
        case Any(parts=parts):
            return any(holds_in(each, model) for each in parts)


def reasons(formula: Formula, model: Mapping[Atom, bool]) -> dict[Literal, None]:
    """Return literals that hold in the model and that make a formula true by themselves; few, but not always the fewest."""
    match formula:
        case Literal():
            return {formula: None}
        case All(parts=parts):
            found: dict[Literal, None] = {}
            for each in parts:
                found.update(reasons(each, model))
            return found
        case Any(parts=parts):
            return min((reasons(each, model) for each in parts if holds_in(each, model)), key=len)
