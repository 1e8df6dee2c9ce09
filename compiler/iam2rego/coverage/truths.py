"""Finds which parts of a statement are true for a request, by asking the native engine about each part alone.

Each action, resource, context and caller is evaluated only once, since thousands of requests combine a few hundred of these.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iam2rego.coverage.bits import SIDES, Layout, Truth
from iam2rego.coverage.model import PartKind
from iam2rego.coverage.singles import Singles
from iam2rego.ir.policy import PolicyType, Statement
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native.case import fold
from iam2rego.native.principals import match_of
from iam2rego.native.request import Context, Request, RequestError, read_request
from iam2rego.native.resources import excepts_unknown
from iam2rego.questions.aim import Aim
from iam2rego.questions.context import statement_variables


@dataclass(frozen=True, slots=True)
class World:
    """The truths in one context, which `text` spells: the bits of conditions, and the rest as in `Truth`."""

    text: str
    context: Context
    conditions: int
    values: int
    present: int
    told: int


@dataclass(frozen=True, slots=True)
class Met:
    """Whether the principal part matches a caller, which `text` spells, and the bits of the entries that do."""

    text: str
    meant: bool
    entries: int


class Truths:
    """Finds the truths of one statement."""

    def __init__(self, statement: Statement, policy_type: PolicyType) -> None:
        self.statement = statement
        self.layout = Layout(statement)
        self._singles = Singles(statement, policy_type)
        self._reads_context = any(True for _ in statement_variables(statement))
        self._by_action: dict[str, int | None] = {}
        self._by_resource: dict[tuple[str, str], int | None] = {}
        self._by_context: dict[str, World | None] = {}
        self._by_caller: dict[str, Met | None] = {}

    def of(self, aim: Aim) -> Truth | None:
        """Return the truths of a request; None if it is refused (N3)."""
        caller, action, world = self.caller(aim.principal), self.action(aim.action), self.world(aim.context)
        resource = None if world is None else self.resource(aim.resource, world)
        if caller is None or action is None or world is None or resource is None:
            return None
        return self.joined(caller, action, resource, world)

    def joined(self, caller: Met, action: int, resource: int, world: World) -> Truth:
        """Return the truths of a request with these four parts."""
        named = bool(action) is not self.statement.actions.negated
        on = bool(resource) is not self.statement.resources.negated and not excepts_unknown(self.statement, world.context)
        terms = caller.meant | named << 1 | on << 2 | world.conditions >> self.layout.first_condition << SIDES
        atoms = caller.entries | action | resource | world.conditions
        return Truth(terms == self.layout.every_term, terms, atoms, world.values, world.present, world.told)

    def action(self, action: str) -> int | None:
        """Return the bits of the entries that match ``action``; None if it is not an action (A1)."""
        if action not in self._by_action:
            first = self.layout.first(PartKind.ACTION)
            bits = sum(1 << first + place for place in self._singles.naming(action))
            self._by_action[action] = bits if _read(action=action) else None
        return self._by_action[action]

    def resource(self, resource: str, world: World) -> int | None:
        """Return the bits of the entries that match ``resource``, with the values that variables have in ``world``."""
        key = (resource, world.text if self._reads_context else "")
        if key not in self._by_resource:
            matching = self._singles.matching(resource, world.context)
            self._by_resource[key] = _bits(matching, self.layout.first(PartKind.RESOURCE)) if _read(resource=resource) else None
        return self._by_resource[key]

    def caller(self, principal: JsonValue) -> Met | None:
        """Return whether the principal part matches ``principal``, and the bits of the entries that do."""
        text = dumps(principal)
        if text not in self._by_caller:
            request = _read(principal=principal)
            self._by_caller[text] = self._met(text, request) if request else None
        return self._by_caller[text]

    def world(self, context: Mapping[str, JsonValue]) -> World | None:
        """Return the truths in ``context``."""
        text = dumps(dict(context))
        if text not in self._by_context:
            request = _read(context=dict(context))
            self._by_context[text] = self._true_in(text, request.context) if request else None
        return self._by_context[text]

    def _met(self, text: str, request: Request) -> Met:
        meant = match_of(self.statement, request.caller) is not None
        return Met(text, meant, _bits(self._singles.meaning(request.caller), self.layout.first(PartKind.PRINCIPAL)))

    def _true_in(self, text: str, context: Context) -> World:
        singles = self._singles
        return World(
            text,
            context,
            conditions=_bits(singles.holding(context), self.layout.first_condition),
            values=_bits(singles.comparing(context)),
            present=_bits(fold(each.key) in context for each in self.statement.conditions),
            told=_bits(singles.differing(context)),
        )


def _read(**members: JsonValue) -> Request | None:
    """Read a request of which only the given members matter; None if it is refused (N3)."""
    try:
        return read_request({"principal": "*", "action": "probe:Probe", "resource": "*", "context": {}, **members})
    except RequestError:
        return None


def _bits(truths: Iterable[bool], first: int = 0) -> int:
    return sum(1 << first + place for place, truth in enumerate(truths) if truth)
