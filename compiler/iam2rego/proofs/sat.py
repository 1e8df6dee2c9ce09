"""Satisfiability of propositional formulas, by unit propagation and search: the formulas of policies are small."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from iam2rego.proofs.formula import Any, Atom, Formula, Literal, atoms_of
from iam2rego.proofs.verdict import UndecidedError

_Clause: TypeAlias = tuple[int, ...]
"""Numbers of variables, negative ones negated; at least one must be true."""

_Assignment: TypeAlias = dict[int, bool]

_MOST_TRIED: Final = 10_000
"""How many assignments may be tried for one model."""


class Problem:
    """A formula that must be true, and clauses that are learned on the way.

    Raises:
        UndecidedError: the formula is too deep, which no policy makes it.
    """

    def __init__(self, formula: Formula) -> None:
        self._clauses: list[_Clause] = []
        try:
            self._numbers: dict[Atom, int] = {atom: number for number, atom in enumerate(atoms_of(formula), 1)}
            self._last = len(self._numbers)
            self._clauses.append((self._number(formula),))
        except RecursionError:
            raise UndecidedError("its statements are too deep together") from None

    def exclude(self, literals: Sequence[Literal]) -> None:
        """Demand that not all of these hold."""
        self._clauses.append(tuple(-self._signed(each) for each in literals))

    def model(self) -> Mapping[Atom, bool] | None:
        """Return the truth of every atom in some solution, atoms that do not matter being false; None without a solution.

        Raises:
            UndecidedError: the search is too long.
        """
        found = _search(self._clauses)
        return None if found is None else {atom: found.get(number, False) for atom, number in self._numbers.items()}

    def _signed(self, literal: Literal) -> int:
        number = self._numbers[literal.atom]
        return number if literal.holds else -number

    def _number(self, formula: Formula) -> int:
        """Return a variable whose truth implies the formula's, with the clauses that say so."""
        if isinstance(formula, Literal):
            return self._signed(formula)
        self._last += 1
        number, parts = self._last, [self._number(each) for each in formula.parts]
        self._clauses += [(-number, *parts)] if isinstance(formula, Any) else [(-number, each) for each in parts]
        return number


def _search(clauses: Sequence[_Clause]) -> _Assignment | None:
    """Return an assignment that satisfies all clauses; None without one.

    Raises:
        UndecidedError: too many assignments were tried.
    """
    waiting: list[tuple[Sequence[_Clause], _Assignment]] = [(clauses, {})]
    for _ in range(_MOST_TRIED):
        if not waiting:
            return None
        left, assignment = waiting.pop()
        open_ = _propagated(left, assignment)
        if open_ is None:
            continue
        if not open_:
            return assignment
        decided = min(open_, key=len)[0]
        waiting += [(open_, {**assignment, abs(literal): literal > 0}) for literal in (-decided, decided)]
    raise UndecidedError(f"its statements have more than {_MOST_TRIED:,} combinations")


def _propagated(clauses: Sequence[_Clause], assignment: _Assignment) -> Sequence[_Clause] | None:
    """Add to the assignment what follows from it, and return the clauses that remain; None if it contradicts one."""
    while True:
        left: list[_Clause] = []
        units = False
        for clause in clauses:
            if any(assignment.get(abs(each)) is (each > 0) for each in clause):
                continue
            rest = tuple(each for each in clause if abs(each) not in assignment)
            if not rest:
                return None
            if len(rest) == 1:
                assignment[abs(rest[0])] = rest[0] > 0
                units = True
            left.append(rest)
        if not units:
            return left
        clauses = left
