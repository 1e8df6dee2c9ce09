"""A mutant: the rules of one statement with one change."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile


class Operator(StrEnum):
    """The mutation operators: typical errors of compilers."""

    DROP_CONDITION = "drop a condition"
    WEAKEN_EDGE = "weaken an edge"
    SWAP_BUILT_IN = "swap a built-in"
    CHANGE_LITERAL = "change a literal"
    LOSE_ALTERNATIVE = "lose an alternative"
    LOSE_NEGATION = "lose a negation"
    FLIP_EFFECT = "flip an effect"
    FORGET_CASE = "forget case folding"
    FORGET_MISSING_KEY = "forget a missing-key rule"


@dataclass(frozen=True, slots=True)
class Change:
    """The lines that differ between two texts; `line` counts from 1."""

    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """The operator, the module and statement, and the mutated text of the rules; the line number is that of the printed module."""

    operator: Operator
    module: str
    statement: int
    change: Change
    text: str


def difference(old: str, new: str, *, offset: int = 0) -> Change:
    """Return the difference between two texts; the first is preceded by ``offset`` lines."""
    before, after = old.splitlines(), new.splitlines()
    start = _equal(before, after)
    start += sum(1 for _ in takewhile(lambda line: not line, before[start:]))
    end = _equal(before[start:][::-1], after[start:][::-1])
    return Change(offset + start + 1, _joined(before[start : len(before) - end]), _joined(after[start : len(after) - end]))


def _equal(one: list[str], other: list[str]) -> int:
    """Return how many lines are equal from the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines).strip()
