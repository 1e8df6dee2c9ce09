"""Resources of a plan or a state, and what else in the file policies depend on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.jsontext import JsonValue
from iam2rego.source import Span
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.addresses import Address, address_of
from iam2rego.sources.terraform.text import Step, Text

_ACTIONS: Final = frozenset({"no-op", "create", "read", "update", "delete", "forget"})


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """An instance of a resource, or of a data source.

    Attributes:
        address: its address, and `parts` are those of it.
        values: its attributes; those before the change if it is gone.
        unknown: which attributes are known after apply, as plans say it: true, or an object or array of such. None if the file does
            not say it.
        gone: whether the plan takes it away.
        start: the offset of the object in the file that speaks of it, and `path` leads from there to its attributes.
    """

    address: str
    parts: Address
    values: Mapping[str, JsonValue]
    unknown: JsonValue
    gone: bool
    start: int
    path: tuple[Step, ...]

    @property
    def type(self) -> str:
        """Its type."""
        return self.parts.type

    def is_unknown(self, *path: Step) -> bool:
        """Return whether the plan says that an attribute, or a part of one, is known after apply."""
        node = self.unknown
        for step in path:
            match node:
                case dict() if isinstance(step, str):
                    node = node.get(step)
                case list() if isinstance(step, int) and step < len(node):
                    node = node[step]
                case _:
                    break
        return node is True

    def waits(self, attribute: str) -> bool:
        """Return whether an attribute, or a part of it, is known after apply."""
        return self.unknown is True or (isinstance(self.unknown, dict) and _has_true(self.unknown.get(attribute)))


@dataclass(slots=True)
class Plan:
    """What a plan or a state says.

    Attributes:
        text: the text of the file.
        resources: those of types that policies depend on.
        configuration: the member `configuration` of a plan, and its offset.
        unfinished: the place that says that the plan is not complete.
    """

    text: Text
    resources: list[Resource] = field(default_factory=list)
    configuration: JsonValue = None
    configured: int | None = None
    unfinished: Span | None = None


Wanted = Callable[[str, str], bool]
"""Says of a mode and a type whether policies depend on it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Collects resources; what is wrong with one of them is a problem, and the others are read."""

    plan: Plan
    problems: Problems
    wanted: Wanted

    def change(self, _: int, start: int) -> int:
        """Read an item of `resource_changes`; return its end."""
        text = self.plan.text
        value, end = text.decode(start)
        with self.problems.collected():
            members = self._members(value, start, "a change of a resource")
            if (found := self._address(members, start)) is not None and "deposed" not in members:
                change = self._inner(members, start, "change")
                actions = self._actions(change, start)
                gone = actions in (["delete"], ["forget"])
                side = "before" if gone else "after"
                values = change.get(side)
                if values is not None and not isinstance(values, dict):
                    text.wrong_type(values, text.place(start, "change", side), f"`{side}`", "an object or null")
                unknown = {} if gone else change.get("after_unknown", {})
                if not isinstance(unknown, dict | bool):
                    text.wrong_type(unknown, text.place(start, "change", "after_unknown"), "`after_unknown`", "an object or a boolean")
                path = ("change", side)
                self.plan.resources.append(Resource(found[0], found[1], values or {}, unknown, gone, start, path))
        return end

    def module(self, start: int, what: str) -> int:
        """Read a module of `values` or `planned_values`, with those in it; return its end."""
        text = self.plan.text

        def read(name: str, at: int) -> int:
            if name == "resources":
                return text.array(at, "`resources`", self._resource)
            if name == "child_modules":
                return text.array(at, "`child_modules`", lambda _, item: self.module(item, "a module"))
            return text.skip(at)

        return text.object(start, what, read)

    def _resource(self, _: int, start: int) -> int:
        value, end = self.plan.text.decode(start)
        with self.problems.collected():
            members = self._members(value, start, "a resource")
            if (found := self._address(members, start)) is not None:
                values = self._inner(members, start, "values") if "values" in members else {}
                self.plan.resources.append(Resource(found[0], found[1], values, None, False, start, ("values",)))
        return end

    def _address(self, members: Mapping[str, JsonValue], start: int) -> tuple[str, Address] | None:
        """Return the address of a resource; None if no policy depends on it."""
        text = self.plan.text
        address, mode, kind = (self.string(members, start, name) for name in ("address", "mode", "type"))
        if not self.wanted(mode, kind):
            return None
        text.refuse_surrogates(address, lambda: text.place(start, "address"))
        parts = address_of(address)
        if parts is None or parts.type != kind:
            message = f"`address` is not that of a resource of the type `{kind}`"
            text.refuse(Code.WRONG_SOURCE_TYPE, message, text.place(start, "address"))
        return address, parts

    def _actions(self, change: Mapping[str, JsonValue], start: int) -> list[JsonValue]:
        text = self.plan.text
        actions = change.get("actions")
        if not isinstance(actions, list) or not actions or not all(isinstance(each, str) and each in _ACTIONS for each in actions):
            known = ", ".join(f"`{each}`" for each in sorted(_ACTIONS))
            text.refuse(Code.WRONG_SOURCE_TYPE, f"`actions` must be a list of some of {known}", text.place(start, "change", "actions"))
        return actions

    def string(self, members: Mapping[str, JsonValue], start: int, name: str) -> str:
        """Return a member that must be a string."""
        text, value = self.plan.text, members.get(name)
        if name not in members:
            text.refuse(Code.MISSING_SOURCE_MEMBER, f"a resource is missing the required member `{name}`", text.span(start))
        if not isinstance(value, str):
            text.wrong_type(value, text.place(start, name), f"`{name}`", "a string")
        return value

    def _inner(self, members: Mapping[str, JsonValue], start: int, name: str) -> Mapping[str, JsonValue]:
        text = self.plan.text
        if name not in members:
            text.refuse(Code.MISSING_SOURCE_MEMBER, f"a resource is missing the required member `{name}`", text.span(start))
        value = members[name]
        if not isinstance(value, dict):
            text.wrong_type(value, text.place(start, name), f"`{name}`", "an object")
        return value

    def _members(self, value: JsonValue, start: int, what: str) -> Mapping[str, JsonValue]:
        if not isinstance(value, dict):
            self.plan.text.wrong_type(value, self.plan.text.span(start), what, "an object")
        return value


def flags(node: JsonValue) -> Iterator[bool]:
    """Yield what marks of unknown values say, at any depth."""
    waiting = [node]
    while waiting:
        match waiting.pop():
            case bool() as found:
                yield found
            case list() as items:
                waiting.extend(items)
            case dict() as members:
                waiting.extend(members.values())
            case _:
                pass


def _has_true(node: JsonValue) -> bool:
    return any(flags(node))
