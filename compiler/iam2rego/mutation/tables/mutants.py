"""The mutants of a policy's tables: every operator at every place."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from iam2rego.mutation.mutant import Mutant, Operator, difference
from iam2rego.mutation.tables import comparisons, requirements
from iam2rego.mutation.tables.entries import Entry, actions, entries, flipped, in_capitals, loosened, lost, renamed
from iam2rego.mutation.tables.requirements import Requirement, Requirements
from iam2rego.rego.tables.policy import Tables

_OfRequirement: TypeAlias = Callable[[Requirement], Iterator[Requirements]]
_OfEntry: TypeAlias = Callable[[Entry], Iterator[list[Entry]]]

_OF_REQUIREMENTS: Final[Mapping[Operator, tuple[_OfRequirement, ...]]] = MappingProxyType(
    {
        Operator.DROP_CONDITION: (requirements.dropped,),
        Operator.WEAKEN_EDGE: (requirements.weakened,),
        Operator.SWAP_BUILT_IN: (requirements.swapped,),
        Operator.CHANGE_LITERAL: (requirements.compared(comparisons.changed), requirements.otherwise_named),
        Operator.LOSE_ALTERNATIVE: (requirements.compared(comparisons.poorer), requirements.fewer_named),
        Operator.LOSE_NEGATION: (requirements.affirmed,),
        Operator.FORGET_CASE: (requirements.unfolded,),
        Operator.FORGET_MISSING_KEY: (requirements.met_by_a_missing_key,),
    }
)
_OF_ENTRIES: Final[Mapping[Operator, _OfEntry]] = MappingProxyType(
    {
        Operator.WEAKEN_EDGE: loosened,
        Operator.CHANGE_LITERAL: renamed,
        Operator.LOSE_ALTERNATIVE: lost,
        Operator.FORGET_CASE: in_capitals,
    }
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A policy's tables in a form to mutate: each statement's requirements as JSON, and the entries that find statements."""

    statements: tuple[Requirements, ...]
    entries: tuple[Entry, ...]

    @property
    def lines(self) -> str:
        """The text for reports: a line for each requirement and each entry."""
        required = [f"statement {index}: {json.dumps(each)}" for index, statement in enumerate(self.statements) for each in statement]
        return "\n".join((*required, *map(str, self.entries)))

    @property
    def tables(self) -> str:
        """The tables as JSON."""
        return json.dumps({"statements": self.statements, "actions": actions(self.entries)})


def table_mutants(policy: str, tables: Tables, *, most: int, seed: int) -> list[Mutant]:
    """Return the mutants of the ``tables`` of a policy, none twice; of each operator ``most`` at the most, drawn with ``seed``."""
    right = _Read(tuple(json.loads(json.dumps(tables.statements))), tuple(entries(tables.actions)))
    found: dict[str, Mutant] = {}
    for operator in Operator:
        every = [(statement, changed) for statement, changed in _changed(right, operator) if changed != right]
        drawn = Random(f"{seed}/{policy}/{operator}").sample(range(len(every)), min(most, len(every)))
        for statement, changed in (every[place] for place in sorted(drawn)):
            change = difference(right.lines, changed.lines)
            found.setdefault(changed.tables, Mutant(operator, policy, statement, change, changed.tables))
    return list(found.values())


def _changed(right: _Read, operator: Operator) -> Iterator[tuple[int, _Read]]:
    """Yield tables with one change, and the index of the changed statement."""
    for index, statement in enumerate(right.statements):
        for new in _other_requirements(statement, operator):
            yield index, replace(right, statements=(*right.statements[:index], new, *right.statements[index + 1 :]))
    for place, entry in enumerate(right.entries):
        for some in _OF_ENTRIES[operator](entry) if operator in _OF_ENTRIES and _is_asked(right, entry, operator) else ():
            yield entry.index, replace(right, entries=(*right.entries[:place], *some, *right.entries[place + 1 :]))
    if operator is Operator.FLIP_EFFECT:
        for index in sorted({entry.index for entry in right.entries}):
            yield index, replace(right, entries=tuple(flipped(each) if each.index == index else each for each in right.entries))


def _is_asked(right: _Read, entry: Entry, operator: Operator) -> bool:
    """Return whether requests test every edge of the entry: if a statement has many entries, they test only a few of these."""
    return operator is not Operator.WEAKEN_EDGE or sum(1 for each in right.entries if each.index == entry.index) == 1


def _other_requirements(statement: Requirements, operator: Operator) -> Iterator[Requirements]:
    for change in _OF_REQUIREMENTS.get(operator, ()):
        for place, requirement in enumerate(statement):
            yield from ([*statement[:place], *new, *statement[place + 1 :]] for new in change(requirement))


def read_tables(text: str) -> Tables:
    """Return the tables in the text of a mutant."""
    value: dict[str, Any] = json.loads(text)
    return Tables(value["statements"], value["actions"])
