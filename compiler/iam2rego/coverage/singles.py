"""A statement taken apart: each part alone, in a form that the native engine can evaluate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from iam2rego.ir.condition import Condition, Operator
from iam2rego.ir.pattern import ActionEntry, ActionPattern, Text
from iam2rego.ir.policy import Actions, PolicyType, Resources, Statement
from iam2rego.native.actions import action_matches
from iam2rego.native.case import fold
from iam2rego.native.conditions import condition_holds
from iam2rego.native.operators import NEGATED
from iam2rego.native.principal import Caller
from iam2rego.native.principals import match_of
from iam2rego.native.request import Context
from iam2rego.native.resources import resource_matches


@dataclass(frozen=True)
class Singles:
    """The parts of one statement in a policy of a type; every answer is in the order of the parts."""

    statement: Statement
    type: PolicyType

    def meaning(self, caller: Caller) -> Iterator[bool]:
        """Say for each principal whether it matches the caller."""
        return (match_of(each, caller) is not None for each in self._principals)

    def naming(self, action: str) -> Iterator[int]:
        """Yield the indexes of the actions that match; there may be over a thousand, so most are looked up by text."""
        yield from self._spelled.get(fold(action), ())
        yield from (place for place, alone in self._patterns if action_matches(alone, action))

    def matching(self, resource: str, context: Context) -> Iterator[bool]:
        """Say for each resource whether it matches."""
        return (resource_matches(each, self.type, resource, context) for each in self._resources)

    def holding(self, context: Context) -> Iterator[bool]:
        """Say for each condition whether it is true."""
        return (condition_holds(each, context) for each in self.statement.conditions)

    def comparing(self, context: Context) -> Iterator[bool]:
        """Say for each value of each condition whether it matches the key's value; for Null, whether it makes the condition true."""
        return (_compares(each, context) for each in self._values)

    def differing(self, context: Context) -> Iterator[bool]:
        """Say for each condition whether its result would change without its set operator, then without its IfExists."""
        return (condition_holds(each, context) is not condition_holds(plainer, context) for each, plainer in self._plainer)

    @cached_property
    def _principals(self) -> Sequence[Statement]:
        principals = self.statement.principals
        alone = [principals.model_copy(update={"negated": False, "entries": (each,)}) for each in principals.entries] if principals else []
        return [self.statement.model_copy(update={"principals": each}) for each in alone]

    @cached_property
    def _spelled(self) -> dict[str, list[int]]:
        """The indexes of the actions without wildcards, by their folded text (A4)."""
        spelled: dict[str, list[int]] = {}
        for place, entry in enumerate(self.statement.actions.entries):
            if text := _literal(entry):
                spelled.setdefault(text, []).append(place)
        return spelled

    @cached_property
    def _patterns(self) -> Sequence[tuple[int, Actions]]:
        """The other actions, each with its index."""
        return [
            (place, self.statement.actions.model_copy(update={"negated": False, "entries": (entry,)}))
            for place, entry in enumerate(self.statement.actions.entries)
            if not _literal(entry)
        ]

    @cached_property
    def _resources(self) -> Sequence[Resources]:
        resources = self.statement.resources
        return [resources.model_copy(update={"negated": False, "entries": (each,)}) for each in resources.entries]

    @cached_property
    def _values(self) -> Sequence[Condition]:
        return [each.model_copy(update={"values": (value,)}) for each in self.statement.conditions for value in each.values]

    @cached_property
    def _plainer(self) -> Sequence[tuple[Condition, Condition]]:
        without = ({"qualifier": None}, {"if_exists": False})
        return [(each, each.model_copy(update=update)) for each in self.statement.conditions for update in without]


def _literal(entry: ActionEntry) -> str:
    match entry:
        case ActionPattern(segments=(Text(text=text),)):
            return fold(text)
        case _:
            return ""


def _compares(alone: Condition, context: Context) -> bool:
    holds = condition_holds(alone, context)
    if alone.operator is Operator.NULL:
        return holds
    return fold(alone.key) in context and holds is not (alone.operator in NEGATED)
