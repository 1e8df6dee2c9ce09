"""Mutants of the rules of `lint`: `python -m tests.mutation.rules [COUNT]` prints who survives, and how many were killed.

A negation is lost or added, a bound is moved, an alternative or an exemption is dropped. Rules are drawn with a seed, one mutant of each.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from inspect import getsource
from pkgutil import walk_packages
from random import Random
from typing import Final

from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

from iam2rego.lint import rules
from tests.mutation.mutants import NOISE, Mutant, mutants
from tests.mutation.rule_trial import survives

SEED: Final = 1
COUNT: Final = 40

KINDS: Final = re.compile(
    r"core/(?:AddNot|NumberReplacer|Replace(?:AndWithOr|OrWithAnd|FalseWithTrue|TrueWithFalse|UnaryOperator_Delete_Not|ComparisonOperator_.*))"
)
OPERATORS: Final[Sequence[Operator]] = [
    operator()
    for name in sorted(operator_names())
    if KINDS.fullmatch(name) and not NOISE.fullmatch(name) and not (operator := get_operator(name)).arguments()
]
_DESCRIPTION: Final = "FINDING"
"""What says in words and examples what a rule finds; its mutants are no mistakes of the rule."""


def drawn(count: int = COUNT, seed: int = SEED) -> Iterator[Mutant]:
    """Yield one mutant each of as many rules."""
    random = Random(seed)
    names = sorted(each.name for each in walk_packages(rules.__path__, f"{rules.__name__}.") if not each.ispkg)
    random.shuffle(names)
    found = (mutant for name in names if (mutant := _one_of(name, random)))
    yield from (mutant for _, mutant in zip(range(count), found, strict=False))


def _one_of(name: str, random: Random) -> Mutant | None:
    source = getsource(import_module(name))
    described = _described(source)
    all_ = [each for each in mutants(name, source, OPERATORS) if each.line not in described]
    return random.choice(all_) if all_ else None


def _described(source: str) -> range:
    """Return the lines of the description."""
    (node,) = (each for each in ast.parse(source).body if isinstance(each, ast.AnnAssign) and ast.unparse(each.target) == _DESCRIPTION)
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def survivors(count: int = COUNT, seed: int = SEED) -> tuple[int, Sequence[Mutant]]:
    """Return how many mutants were tried, and those that no test kills."""
    tried = list(drawn(count, seed))
    return len(tried), [each for each in tried if survives(each)]


if __name__ == "__main__":
    if survives(None):
        tried, alive = survivors(*map(int, sys.argv[1:]))
        sys.stdout.write("".join(f"survives: {each}\n" for each in alive) + f"{tried - len(alive)} of {tried} mutants killed\n")
        sys.exit(bool(alive))
    sys.exit("the tests fail without a mutation")
