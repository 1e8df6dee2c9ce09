"""The mutants of a module: every operator at every place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random
from types import MappingProxyType
from typing import Final, TypeVar

from iam2rego.mutation import edges, rules, terms
from iam2rego.mutation.mutant import Mutant, Operator, difference
from iam2rego.mutation.rewriting import Rewriting, of_literals, of_rules, of_terms
from iam2rego.rego.language.printer import print_module
from iam2rego.rego.language.tree import Array, Module, Number, Rule

_T = TypeVar("_T")

_REWRITINGS: Final[Mapping[Operator, tuple[Rewriting, ...]]] = MappingProxyType(
    {
        Operator.DROP_CONDITION: (of_rules(rules.without_a_condition),),
        Operator.WEAKEN_EDGE: (of_terms(edges.weakened),),
        Operator.SWAP_BUILT_IN: (of_terms(terms.swapped),),
        Operator.CHANGE_LITERAL: (of_terms(terms.changed), of_rules(rules.renumbered)),
        Operator.LOSE_ALTERNATIVE: (of_terms(terms.poorer), rules.without_a_rule),
        Operator.LOSE_NEGATION: (of_literals(rules.affirmed),),
        Operator.FLIP_EFFECT: (of_rules(rules.flipped),),
        Operator.FORGET_CASE: (of_terms(terms.unfolded),),
        Operator.FORGET_MISSING_KEY: (of_terms(terms.resolved), of_literals(rules.present), of_rules(rules.met_by_a_missing_key)),
    }
)


@dataclass(frozen=True, slots=True)
class StatementModule:
    """The rules of one statement as a separate module; in the original module they are `offset` lines further down."""

    statement: int
    module: Module
    offset: int


def parts(module: Module) -> list[StatementModule]:
    """Split ``module`` by statement; no rule refers to a rule of another statement."""
    found: list[StatementModule] = []
    lines = _lines(replace(module, rules=()))
    offset = 0
    for index, some in groupby(module.rules, key=_statement):
        part = StatementModule(index, replace(module, rules=tuple(some)), offset)
        offset += _lines(part.module) - lines
        found.append(part)
    return found


def _lines(module: Module) -> int:
    return print_module(module).count("\n")


def _statement(rule: Rule) -> int:
    """Return the index of a rule's statement, from the value that the rule adds to its set or from the name of a helper."""
    match rule.contains:
        case Number(text=index) | Array(items=(Number(text=index), _)):
            return int(index)
    return int(rule.name.split("_")[1])


def mutants(module: Module, *, most: int, seed: int) -> list[Mutant]:
    """Return the mutants of ``module``, without duplicates: at most ``most`` for each operator, drawn with ``seed``."""
    found: dict[tuple[int, str], Mutant] = {}
    divided = parts(module)
    for operator in Operator:
        every = [(part, changed) for part in divided for changed in _changed(part.module, operator)]
        for part, changed in _drawn(every, most, Random(f"{seed}/{module.package}/{operator}")):
            text = print_module(changed)
            found.setdefault((part.statement, text), _mutant(operator, part, text))
    return list(found.values())


def _changed(module: Module, operator: Operator) -> Iterator[Module]:
    for rewriting in _REWRITINGS[operator]:
        yield from rewriting(module)


def _drawn(items: list[_T], most: int, random: Random) -> list[_T]:
    """Draw ``most`` of the items, in order."""
    return [items[place] for place in sorted(random.sample(range(len(items)), min(most, len(items))))]


def _mutant(operator: Operator, part: StatementModule, text: str) -> Mutant:
    name = part.module.package.rpartition(".")[2]
    return Mutant(operator, name, part.statement, difference(print_module(part.module), text, offset=part.offset), text)
