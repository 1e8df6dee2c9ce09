"""Which parts of a statement are true of a request, as the native engine says of each part by itself.

The truths are bits, so that two requests are compared at once. What hangs on the action, the caller, the context alone is looked
at once for each of them, since thousands of requests are made of a few hundred of these.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.conformance.coverage.model import PartKind
from iam2rego.conformance.coverage.parts import IF_EXISTS, Located
from iam2rego.conformance.generate.aim import Aim
from iam2rego.conformance.generate.context import statement_variables
from iam2rego.ir.condition import Condition, Operator
from iam2rego.ir.pattern import ActionEntry, ActionPattern, Text
from iam2rego.ir.policy import PolicyType, Statement
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native.actions import action_matches
from iam2rego.native.case import fold
from iam2rego.native.conditions import condition_holds
from iam2rego.native.operators import NEGATED
from iam2rego.native.principals import match_of
from iam2rego.native.request import Context, RequestError, read_request
from iam2rego.native.resources import resource_matches

SIDES: Final = 3
"""The terms of a statement beside its conditions."""

_TERMS: Final = {PartKind.PRINCIPAL: 0, PartKind.ACTION: 1, PartKind.RESOURCE: 2}
_QUALIFIERS: Final = 2
"""The bits of a condition for its qualifiers: the set operator, and IfExists."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of one request.

    Attributes:
        applies: whether the statement does (E3).
        terms: a bit for each part that has to be true: principals, actions, resources, then each condition.
        atoms: a bit for each entry, true when it matches, and for each condition.
        values: a bit for each value of each condition, true when it compares.
        present: a bit for each condition, true when its key is in the request.
        told: two bits for each condition, true when it would answer otherwise without its set operator, without its IfExists.
    """

    applies: bool
    terms: int
    atoms: int
    values: int
    present: int
    told: int


@dataclass(frozen=True, slots=True)
class World:
    """What is true in one context, which `text` spells."""

    text: str
    context: Context
    conditions: int
    values: int
    present: int
    told: int


@dataclass(frozen=True, slots=True)
class Met:
    """Whether the principal part means a caller, whom `text` spells, and which of its entries do."""

    text: str
    meant: bool
    entries: int


class Truths:
    """Tells the truths of one statement."""

    def __init__(self, statement: Statement, policy_type: PolicyType) -> None:
        self.statement = statement
        self._type = policy_type
        self._first = dict(zip((PartKind.PRINCIPAL, PartKind.ACTION, PartKind.RESOURCE, PartKind.KEY), _offsets(statement), strict=True))
        self.every_condition = _ones(len(statement.conditions)) << self._first[PartKind.KEY]
        self._reads_context = any(True for _ in statement_variables(statement))
        self._actions = _ActionEntries(statement, self._first[PartKind.ACTION])
        self._by_action: dict[str, int | None] = {}
        self._by_resource: dict[tuple[str, str], int | None] = {}
        self._by_context: dict[str, World | None] = {}
        self._by_caller: dict[str, Met | None] = {}

    def bit(self, located: Located) -> int:
        """Return the bit of a part among the atoms: of an entry its own, of any part of a condition the condition's."""
        return 1 << (self._first.get(located.kind, self._first[PartKind.KEY]) + located.place)

    def _group(self, kind: PartKind) -> int:
        """Return the bits of all entries of one kind."""
        entries = {
            PartKind.PRINCIPAL: self.statement.principals.entries if self.statement.principals else (),
            PartKind.ACTION: self.statement.actions.entries,
            PartKind.RESOURCE: self.statement.resources.entries,
        }
        return _ones(len(entries[kind])) << self._first[kind]

    def value_bit(self, located: Located) -> int:
        """Return the bit of a value."""
        return 1 << (_first_value(self.statement, located.place) + located.value)

    def values_of(self, located: Located) -> int:
        """Return the bits of all values of a condition."""
        return _ones(len(self.statement.conditions[located.place].values)) << _first_value(self.statement, located.place)

    @property
    def every_term(self) -> int:
        """The bits of all terms."""
        return _ones(SIDES + len(self.statement.conditions))

    def term(self, located: Located) -> int:
        """Return the bit of the term that a part belongs to."""
        return 1 << (_TERMS[located.kind] if located.kind in _TERMS else SIDES + located.place)

    def alternatives(self, located: Located) -> tuple[int, Callable[[Truth], int]]:
        """Return the bit of an entry or value, and what tells the bits of all beside it."""
        if located.kind is PartKind.VALUE:
            values = self.values_of(located)
            return self.value_bit(located), lambda truth: truth.values & values
        entries = self._group(located.kind)
        return self.bit(located), lambda truth: truth.atoms & entries

    def told_bit(self, located: Located) -> int:
        """Return the bit that says whether a qualifier makes a difference."""
        return 1 << (_QUALIFIERS * located.place + (located.part.text == IF_EXISTS))

    def of(self, aim: Aim) -> Truth | None:
        """Return what is true of a request, or None where it is refused (N3)."""
        caller, action, world = self.caller(aim.principal), self.action(aim.action), self.world(aim.context)
        resource = None if world is None else self.resource(aim.resource, world)
        if caller is None or action is None or world is None or resource is None:
            return None
        return self.joined(caller, action, resource, world)

    def joined(self, caller: Met, action: int, resource: int, world: World) -> Truth:
        """Return what is true when these meet."""
        named = bool(action) is not self.statement.actions.negated
        on = bool(resource) is not self.statement.resources.negated
        applies = caller.meant and named and on and world.conditions == self.every_condition
        atoms = caller.entries | action | resource | world.conditions
        terms = caller.meant | named << 1 | on << 2 | world.conditions >> self._first[PartKind.KEY] << SIDES
        return Truth(applies, terms, atoms, world.values, world.present, world.told)

    def action(self, action: str) -> int | None:
        """Return the bits of the entries that match ``action``."""
        if action not in self._by_action:
            self._by_action[action] = self._actions.matching(action) if _is_well_formed(action=action) else None
        return self._by_action[action]

    def resource(self, resource: str, world: World) -> int | None:
        """Return the bits of the entries that match ``resource`` where variables stand for what they do in ``world``."""
        key = (resource, world.text if self._reads_context else "")
        if key not in self._by_resource:
            self._by_resource[key] = self._matching(resource, world) if _is_well_formed(resource=resource) else None
        return self._by_resource[key]

    def caller(self, principal: JsonValue) -> Met | None:
        """Return whether the principal part means ``principal``, and the bits of the entries that do."""
        key = dumps(principal)
        if key not in self._by_caller:
            self._by_caller[key] = self._meant(key, principal)
        return self._by_caller[key]

    def world(self, context: Mapping[str, JsonValue]) -> World | None:
        """Return what is true in ``context``."""
        text = dumps(dict(context))
        if text not in self._by_context:
            self._by_context[text] = self._read(text, dict(context))
        return self._by_context[text]

    def _matching(self, resource: str, world: World) -> int:
        one = self.statement.resources.model_copy(update={"negated": False})
        return _bits(
            (
                resource_matches(one.model_copy(update={"entries": (entry,)}), self._type, resource, world.context)
                for entry in self.statement.resources.entries
            ),
            self._first[PartKind.RESOURCE],
        )

    def _meant(self, text: str, principal: JsonValue) -> Met | None:
        try:
            caller = read_request(_document(principal=principal)).caller
        except RequestError:
            return None
        met = (match_of(each, caller) is not None for each in _by_principal(self.statement))
        return Met(text, match_of(self.statement, caller) is not None, _bits(met, self._first[PartKind.PRINCIPAL]))

    def _read(self, text: str, context: dict[str, JsonValue]) -> World | None:
        try:
            read = read_request(_document(context=context)).context
        except RequestError:
            return None
        conditions = self.statement.conditions
        return World(
            text,
            read,
            _bits((condition_holds(each, read) for each in conditions), self._first[PartKind.KEY]),
            _bits(_compared(each, read) for each in _single_values(conditions)),
            _bits(fold(each.key) in read for each in conditions),
            _bits(condition_holds(each, read) is not condition_holds(other, read) for each in conditions for other in _plainer(each)),
        )


class _ActionEntries:
    """The entries of a statement, those without wildcards by their text: there may be more than a thousand."""

    def __init__(self, statement: Statement, first: int) -> None:
        self._spelled: dict[str, int] = {}
        self._others = []
        for place, entry in enumerate(statement.actions.entries):
            if text := _literal(entry):
                self._spelled[text] = self._spelled.get(text, 0) | 1 << (first + place)
            else:
                alone = statement.actions.model_copy(update={"negated": False, "entries": (entry,)})
                self._others.append((alone, 1 << (first + place)))

    def matching(self, action: str) -> int:
        return self._spelled.get(fold(action), 0) | sum(bit for alone, bit in self._others if action_matches(alone, action))


def _literal(entry: ActionEntry) -> str:
    """Return the folded text of an entry that is nothing but text (A4)."""
    match entry:
        case ActionPattern(segments=(Text(text=text),)):
            return fold(text)
        case _:
            return ""


def _document(**members: JsonValue) -> JsonValue:
    return {"principal": "*", "action": "probe:Probe", "resource": "*", "context": {}, **members}


def _is_well_formed(**members: JsonValue) -> bool:
    try:
        read_request(_document(**members))
    except RequestError:
        return False
    return True


def _offsets(statement: Statement) -> Iterator[int]:
    """Yield where the bits of principals, actions, resources and conditions begin."""
    first = 0
    for entries in (statement.principals.entries if statement.principals else (), statement.actions.entries, statement.resources.entries):
        yield first
        first += len(entries)
    yield first


def _by_principal(statement: Statement) -> Iterator[Statement]:
    """Yield the statement for each of its principals alone."""
    for entry in statement.principals.entries if statement.principals else ():
        alone = statement.principals.model_copy(update={"negated": False, "entries": (entry,)}) if statement.principals else None
        yield statement.model_copy(update={"principals": alone})


def _first_value(statement: Statement, place: int) -> int:
    return sum(len(each.values) for each in statement.conditions[:place])


def _single_values(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    """Yield each condition with each of its values alone."""
    for condition in conditions:
        yield from (condition.model_copy(update={"values": (value,)}) for value in condition.values)


def _compared(alone: Condition, context: Context) -> bool:
    """Say whether the one value of ``alone`` compares with what is under its key; of Null, whether the condition is true."""
    holds = condition_holds(alone, context)
    if alone.operator is Operator.NULL:
        return holds
    return fold(alone.key) in context and holds is not (alone.operator in NEGATED)


def _plainer(condition: Condition) -> tuple[Condition, Condition]:
    """Return the condition without its set operator, and without its IfExists."""
    return condition.model_copy(update={"qualifier": None}), condition.model_copy(update={"if_exists": False})


def _ones(count: int) -> int:
    return (1 << count) - 1


def _bits(truths: Iterator[bool], first: int = 0) -> int:
    return sum(1 << (first + place) for place, truth in enumerate(truths) if truth)
