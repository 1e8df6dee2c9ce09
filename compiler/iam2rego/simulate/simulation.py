"""Reads a simulation in the form of ``aws iam simulate-custom-policy --cli-input-json`` (D6, D9)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import Kind, PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.simulate.callers import owner_of, read_caller, read_owner, some_user
from iam2rego.simulate.check import ELSEWHERE, Checker, invalid
from iam2rego.simulate.context import read_context
from iam2rego.simulate.handling import check_handling
from iam2rego.simulate.shapes import REQUEST
from iam2rego.source import Source, Span
from iam2rego.sources.documents import RawDocument, document
from iam2rego.sources.files import read_path
from iam2rego.sources.loading import NO_PARAMETERS, read_policies
from iam2rego.sources.members import require
from iam2rego.sources.problems import Problems
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonNumber, JsonObject, JsonString

ANY_RESOURCE: Final = ("*",)
"""The resources of a request that names none."""

_ACTION: Final = re.compile(r"[A-Za-z0-9.-]+:[A-Za-z0-9._-]+")
_RESOURCE: Final = re.compile(r"\*|arn:[^:]+(?::[^:]*){3}:.*", re.DOTALL)
_ROLE: Final = re.compile(r"arn:[^:]*:iam::[^:]*:role/.*", re.DOTALL)
_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Simulation:
    """A request of SimulateCustomPolicy.

    Attributes:
        source: the text of the request.
        place: the place of the request in it.
        policies: the policies, with the API's names (D4).
        actions: the actions, each simulated on each resource.
        resources: ARNs, or only ``*`` if none is named.
        caller: the principal; None for some user of the account that owns the resource.
        owner: partition and id of the account that ``ResourceOwner`` names.
        context: the context of every request.
        first: how many actions earlier pages of the response contain.
        most: how many actions this page may contain.
        diagnostics: warnings and notices about the policies.
    """

    source: Source
    place: Span
    policies: PolicySet
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    caller: str | None
    owner: tuple[str, str] | None
    context: Mapping[str, JsonValue]
    first: int
    most: int
    diagnostics: tuple[Diagnostic, ...]

    def owner_of(self, resource: str) -> tuple[str, str]:
        """Return partition and account of the owner of a resource."""
        return owner_of(resource, self.owner, self.caller)

    def caller_for(self, resource: str) -> str:
        """Return the caller for a resource."""
        return self.caller or some_user(*self.owner_of(resource))


def read_simulation(path: str, *, lenient: bool = False, parameters: Mapping[str, str] = NO_PARAMETERS) -> Simulation:
    """Read a request of SimulateCustomPolicy from a file, or stdin for ``-``.

    Raises:
        PolicyError: the API would reject the request or a policy in it; with all problems.
    """
    source = read_path(path)
    root = parse_json(source)
    problems = Problems()
    Checker(source, problems).check(root, REQUEST, "")
    problems.settled()
    assert isinstance(root, JsonObject), "the form has been checked"
    return _Reader(source, path, root, {member.name: member.value for member in root.members}).simulation(lenient, parameters)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a request whose form has been checked."""

    source: Source
    file: str
    root: JsonObject
    values: Mapping[str, JsonNode]
    problems: Problems = field(default_factory=Problems)
    found: list[RawDocument] = field(default_factory=list)

    def simulation(self, lenient: bool, parameters: Mapping[str, str]) -> Simulation:
        attachments = self._attachments()
        policies = read_policies(self.found, self.problems, lenient=lenient, parameters=parameters)
        resources = self._resources()
        caller, owner = self._caller(), self._owner()
        self._check_handling(resources)
        context = read_context(self._items("ContextEntries"), self.source, self.problems)
        actions = self._actions()
        first = self._first(len(actions))
        diagnostics = self.problems.settled()
        attached = PolicySet(policies=policies, attachments=attachments)
        return Simulation(
            self.source, self.root.span, attached, actions, resources, caller, owner, context, first, self._most(), diagnostics
        )

    def _attachments(self) -> Attachments:
        return Attachments(
            simulated=True,
            identity=tuple(self._policies("PolicyInputList", self._items("PolicyInputList"), Kind.IDENTITY)),
            permissions_boundary=self._boundary(),
            service_control=self._levels(),
            resource=self._take("ResourcePolicy", self.values["ResourcePolicy"], Kind.RESOURCE)
            if "ResourcePolicy" in self.values
            else None,
        )

    def _boundary(self) -> tuple[str, ...] | None:
        name = "PermissionsBoundaryPolicyInputList"
        if name not in self.values:
            return None
        items = self._items(name)
        if len(items) > 1:
            self.problems.add([invalid(self.source, self.values[name].span, f"`{name}` has {len(items)} items; the maximum is 1")])
        return tuple(self._policies(name, items, Kind.PERMISSIONS_BOUNDARY))

    def _levels(self) -> tuple[tuple[str, ...], ...] | None:
        name = "OrderedOrganizationPolicyInputList"
        if name not in self.values:
            return None
        levels = enumerate(self._items(name), 1)
        return tuple(tuple(self._level(f"{name}.{number}", level)) for number, level in levels)

    def _level(self, what: str, level: JsonNode) -> Iterator[str]:
        """Read one level; without a list, it has no policies."""
        assert isinstance(level, JsonObject)
        for member in level.members:
            yield from self._policies(f"{what}.{member.name}", _items_of(member.value), Kind.SERVICE_CONTROL)

    def _policies(self, what: str, nodes: Sequence[JsonNode], kind: Kind) -> Iterator[str]:
        for number, node in enumerate(nodes, 1):
            yield self._take(f"{what}.{number}", node, kind)

    def _take(self, name: str, node: JsonNode, kind: Kind) -> str:
        """Add a policy, or a problem if the string is not JSON, and return its name."""
        with self.problems.collected():
            self.found.append(document(name, node, self.source, self.file, FORMS[kind]))
        return name

    def _actions(self) -> tuple[str, ...]:
        nodes = self._strings("ActionNames")
        for node in nodes:
            if not _ACTION.fullmatch(node.value):
                message = f"{quote(node.value)} is not an action"
                self.problems.add([invalid(self.source, node.span, message, "name one action, without wildcards: `service:Name`")])
        return tuple(node.value for node in nodes)

    def _resources(self) -> tuple[str, ...]:
        nodes = self._strings("ResourceArns")
        self.problems.add(problem for node in nodes for problem in self._wrong_resource(node))
        return tuple(node.value for node in nodes) or ANY_RESOURCE

    def _wrong_resource(self, node: JsonString) -> Iterator[Diagnostic]:
        if not _RESOURCE.fullmatch(node.value):
            yield invalid(self.source, node.span, f"{quote(node.value)} is neither `*` nor an ARN of six fields")
        elif "ResourcePolicy" in self.values and _ROLE.fullmatch(node.value):
            yield invalid(self.source, node.span, "a role in `ResourceArns` cannot be simulated with a `ResourcePolicy`", ELSEWHERE)

    def _caller(self) -> str | None:
        policy, caller = self.values.get("ResourcePolicy"), self._string("CallerArn")
        with self.problems.collected():
            if caller is not None:
                return read_caller(caller, self.source, resource_policy=policy is not None)
            if policy is not None:
                require(policy, {}, self.source, "a request with `ResourcePolicy`", ("CallerArn",))
        return None

    def _owner(self) -> tuple[str, str] | None:
        with self.problems.collected():
            owner = self._string("ResourceOwner")
            return read_owner(owner, self.source) if owner is not None else None
        return None

    def _check_handling(self, resources: Sequence[str]) -> None:
        with self.problems.collected():
            if option := self._string("ResourceHandlingOption"):
                check_handling(option, resources, self.source)

    def _first(self, actions: int) -> int:
        """Return where the page starts: a marker is the number of actions before it."""
        marker = self._string("Marker")
        if marker is None:
            return 0
        if marker.value not in map(str, range(1, actions)):
            self.problems.add(
                [invalid(self.source, marker.span, f"no response to this request ends with the `Marker` {quote(marker.value)}")]
            )
            return 0
        return int(marker.value)

    def _most(self) -> int:
        most = self.values.get("MaxItems")
        return int(most.text) if isinstance(most, JsonNumber) else _PAGE

    def _string(self, name: str) -> JsonString | None:
        node = self.values.get(name)
        return node if isinstance(node, JsonString) else None

    def _strings(self, name: str) -> list[JsonString]:
        return [node for node in self._items(name) if isinstance(node, JsonString)]

    def _items(self, name: str) -> Sequence[JsonNode]:
        return _items_of(self.values[name]) if name in self.values else ()


def _items_of(node: JsonNode) -> Sequence[JsonNode]:
    assert isinstance(node, JsonArray), "the form has been checked"
    return node.items
