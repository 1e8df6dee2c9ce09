"""What a check may look at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from iam2rego.catalogue.services import Catalogue, catalogue
from iam2rego.ir.condition import Condition
from iam2rego.ir.policy import Policy, PolicySet, Statement
from iam2rego.lint.reach import Reach, reach
from iam2rego.source import Source, Span
from iam2rego.syntax.operators import read_operator
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString, Member

if TYPE_CHECKING:
    from iam2rego.ir.gateway import Gateway

Made = TypeVar("Made")

_ENTRIES: Final = ("Action", "NotAction", "Resource", "NotResource")
_PRINCIPALS: Final = ("Principal", "NotPrincipal")


@dataclass(frozen=True, slots=True)
class Tested:
    """A condition, with the members that spell its operator and its key."""

    condition: Condition
    operator: Member
    key: Member


@dataclass(frozen=True)
class Written:
    """A statement: its number in the policy, what it means, and the object that says so."""

    index: int
    read: Statement
    node: JsonObject

    def member(self, *names: str) -> Member | None:
        """Return the member of one of ``names``, of which a statement has one at most."""
        return next((self._members[each] for each in names if each in self._members), None)

    @cached_property
    def _members(self) -> Mapping[str, Member]:
        return {each.name: each for each in self.node.members}

    @property
    def operators(self) -> tuple[Member, ...]:
        """The operators of the ``Condition``."""
        block = self.member("Condition")
        return block.value.members if block and isinstance(block.value, JsonObject) else ()

    @cached_property
    def reach(self) -> Reach:
        """What the statement covers."""
        return reach(self.read)

    @cached_property
    def tests(self) -> tuple[Tested, ...]:
        """The conditions, in the order in which they are written."""
        written = [
            (operator, key)
            for operator in self.operators
            if read_operator(operator.name) and isinstance(operator.value, JsonObject)
            for key in operator.value.members
        ]
        return tuple(Tested(condition, *members) for condition, members in zip(self.read.conditions, written, strict=True))

    @cached_property
    def strings(self) -> Mapping[Span, str]:
        """The strings that entries and values are read from, by their places."""
        return {string.span: string.value for node in self._nodes() for string in _strings(node)}

    def _nodes(self) -> Iterator[JsonNode]:
        yield from (each.value for each in self.node.members if each.name in _ENTRIES)
        yield from (test.key.value for test in self.tests)
        principals = self.member(*_PRINCIPALS)
        if self.read.principals and principals and isinstance(principals.value, JsonObject):
            yield from (kind.value for kind in principals.value.members)


def _strings(node: JsonNode) -> Iterator[JsonString]:
    items = node.items if isinstance(node, JsonArray) else (node,)
    return (item for item in items if isinstance(item, JsonString))


@dataclass(frozen=True)
class Subject:
    """One policy, its text, and what is known of AWS.

    A statement that could not be read is not in `policy` and so in none of the `statements`. `accounts` are the ids of the accounts that
    the user calls their own.
    """

    policy: Policy
    source: Source
    node: JsonObject
    catalogue: Catalogue = field(default_factory=catalogue)
    accounts: frozenset[str] = frozenset()
    _made: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @cached_property
    def statements(self) -> tuple[Written, ...]:
        """The statements that could be read, in their order."""
        read = {each.span: each for each in self.policy.document.statements}
        return tuple(
            Written(index, read[node.span], node)
            for index, node in enumerate(self._objects())
            if isinstance(node, JsonObject) and node.span in read
        )

    @property
    def tests(self) -> Iterator[Tested]:
        """The conditions of all statements."""
        return (test for statement in self.statements for test in statement.tests)

    def once(self, make: "Callable[[Subject], Made]") -> Made:
        """Return what a function makes of the policy, made once for all rules that ask."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def member(self, name: str) -> Member | None:
        """Return a member of the document."""
        return next((each for each in self.node.members if each.name == name), None)

    def _objects(self) -> Iterator[JsonNode]:
        statement = self.member("Statement")
        if statement:
            yield from statement.value.items if isinstance(statement.value, JsonArray) else (statement.value,)


@dataclass(frozen=True, slots=True)
class Front:
    """A gateway, the text that describes it, and the policies behind it."""

    gateway: "Gateway"
    source: Source
    policies: PolicySet
