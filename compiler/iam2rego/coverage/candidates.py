"""Requests near a part of a statement, on either side of it and the likeliest first, and requests to start from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from random import Random
from typing import Final

from iam2rego.coverage.model import PartKind
from iam2rego.coverage.parts import Located
from iam2rego.ir.condition import Condition, Operator
from iam2rego.ir.policy import Statement
from iam2rego.ir.principal import Principals
from iam2rego.jsontext import JsonValue
from iam2rego.questions import actions, callers, conditions, resources
from iam2rego.questions.aim import PRINCIPAL, Aim
from iam2rego.questions.attached import otherwise
from iam2rego.questions.context import plain, satisfying, statement_variables, texts_of, unlike
from iam2rego.questions.fill import fold
from iam2rego.questions.substitutions import followed
from iam2rego.questions.values import hit, probes

_FEW: Final = 8
"""How many entries get a request to start from: the first ones."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Makes the requests for one statement.

    Attributes:
        statement: the statement.
        denying: every other Deny statement, since it may hide this one.
        askers: some callers with policies of their own.
        decided: actions for which policies of this type have special rules.
        home: the account that the requests are about.
        random: the source of randomness; the same state gives the same requests.
    """

    statement: Statement
    denying: Sequence[Statement]
    askers: Sequence[str]
    decided: Sequence[str]
    home: str
    random: Random

    def near(self, located: Located, base: Aim) -> Iterator[Aim]:
        """Yield ``base`` with the value that the part reads moved to either side of the part."""
        match located.kind:
            case PartKind.PRINCIPAL:
                yield from self._callers(located.place, base)
            case PartKind.ACTION:
                edges = actions.edges(self.statement.actions.entries[located.place])
                yield from (base.doing(text) for text in chain((base.action, actions.UNLIKE), self.decided, self._spared_actions(), edges))
            case PartKind.RESOURCE:
                yield from self._resources(located.place, base)
            case PartKind.OPERATOR:
                condition = self.statement.conditions[located.place]
                yield from (base.having(condition.key, value) for value in _edge(condition, base))
                yield from self.worlds(condition, base)
            case PartKind.KEY | PartKind.VALUE | PartKind.QUALIFIER:
                yield from self.worlds(self.statement.conditions[located.place], base)

    def begun(self, base: Aim) -> Iterator[Aim]:
        """Yield ``base``, then ``base`` with one part replaced by another that should match as well."""
        yield base
        for entry in self.statement.resources.entries[:_FEW]:
            yield from (homed(base.on(text)) for text in resources.edges(entry, texts_of(base.context), self.random))
        for action in self.statement.actions.entries[:_FEW]:
            yield from (base.doing(text) for text in actions.edges(action))
        for condition in self.statement.conditions:
            yield from self.worlds(condition, base)
        yield from (aim for condition in self.hiding() for aim in otherwise(condition, base))
        yield from (base.by(caller) for caller in self.callers())

    def hiding(self) -> Iterator[Condition]:
        """Yield the conditions of the other Deny statements."""
        for statement in self.denying:
            yield from statement.conditions

    def callers(self) -> Iterator[JsonValue]:
        """Yield callers on both sides of the principals, and callers with policies of their own."""
        if self.statement.principals:
            yield from callers.edges(self.statement.principals, self.home)
        yield from self.askers

    def worlds(self, condition: Condition, base: Aim) -> Iterator[Aim]:
        """Yield ``base`` with the condition's key moved; if a variable reads that key, with the texts that use the variable moved too."""
        yield from _typical(condition, base)
        read = {fold(variable.key) for variable in statement_variables(self.statement)}
        same_key = [each for each in self.statement.conditions if fold(each.key) == fold(condition.key)]
        for each in (condition, *(other for other in same_key if other is not condition)):
            for moved in conditions.edges(each, base, self.random):
                yield moved
                if fold(each.key) in read:
                    yield followed(self.statement, moved, texts_of(moved.context))

    def _callers(self, place: int, base: Aim) -> Iterator[Aim]:
        principals = self.statement.principals
        assert principals is not None, "a principal is in a principal part"
        alone = Principals(entries=(principals.entries[place],))
        yield from (base.by(caller) for caller in chain(callers.edges(alone, self.home), self.askers))

    def _resources(self, place: int, base: Aim) -> Iterator[Aim]:
        found = list(resources.edges(self.statement.resources.entries[place], texts_of(base.context), self.random))
        asked = base.by(homed(base.on(found[0])).principal)
        yield from (asked.on(text) for text in chain((base.resource, resources.UNLIKE), self._spared_resources(base), found))

    def _spared_actions(self) -> Iterator[str]:
        """Yield actions that a Deny with NotAction leaves out."""
        for entry in (entry for each in self.denying if each.actions.negated for entry in each.actions.entries):
            yield from islice(actions.met(entry), 1)

    def _spared_resources(self, base: Aim) -> Iterator[str]:
        """Yield resources that a Deny with NotResource leaves out."""
        for entry in (entry for each in self.denying if each.resources.negated for entry in each.resources.entries):
            yield from islice(resources.met(entry, texts_of(base.context)), 1)


def _typical(condition: Condition, base: Aim) -> Iterator[Aim]:
    """Yield the contexts that show most parts: the key unchanged, absent, unlike all values, and like each value."""
    texts, one, none = texts_of(base.context), satisfying(condition, texts_of(base.context))[:1], unlike(condition)
    yield base
    if not plain(condition):
        yield base.having(condition.key, [*one, none])
    yield base.without(condition.key)
    yield base.having(condition.key, none if plain(condition) else [none])
    for each in condition.values if condition.operator is not Operator.NULL else ():
        met = hit(condition.operator, each, texts)
        yield base.having(condition.key, met if plain(condition) else [met])


def _edge(condition: Condition, base: Aim) -> Iterator[JsonValue]:
    """Yield values around those of the condition, neighbours one after the other."""
    for value in condition.values[:_FEW]:
        for each in probes(condition.operator, value, texts_of(base.context)):
            yield each if plain(condition) else [each]


def homed(aim: Aim) -> Aim:
    """Return ``aim`` with a caller in the partition of its resource: nothing is granted across partitions (E9)."""
    fields = aim.resource.split(":", 2)
    local = isinstance(aim.principal, str) and aim.principal.endswith(PRINCIPAL.partition("::")[2]) and len(fields) > 1
    return aim.by(f"arn:{fields[1]}:iam::{PRINCIPAL.partition('::')[2]}") if local and fields[1] else aim
