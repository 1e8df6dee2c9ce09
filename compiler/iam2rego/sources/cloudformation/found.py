"""Finds the policy documents of resources, resolves them and names them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.ir.policy import Kind
from iam2rego.source import Span
from iam2rego.sources.cloudformation.conditions import holds
from iam2rego.sources.cloudformation.evaluation import call_of, evaluate, text_of
from iam2rego.sources.cloudformation.functions import chosen_branch
from iam2rego.sources.cloudformation.resolution import Resolution, UnresolvedError
from iam2rego.sources.cloudformation.table import places_of
from iam2rego.sources.cloudformation.template import Resource
from iam2rego.sources.documents import RawDocument, document
from iam2rego.sources.places import ORGANIZATION, Place
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString, strings

_YAML_BOOLEANS: Final = frozenset({"yes", "no", "on", "off"})
_ORGANIZATION: Final = "AWS::Organizations::Policy"
_LATER: Final = re.compile(r"\[[1-9]")
"""An item of a list after the first."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy of a template: its name, the resource that has it, the place of its type, the path there, and the place in the text."""

    name: str
    resource: Resource
    place: Place
    path: str
    span: Span


@dataclass(slots=True)
class Found:
    """The policies of a template.

    Attributes:
        documents: those that were read.
        policies: the same, with where they are.
        unread: where those are that hold a name that nothing tells.
        unknown: the number of those that hold a name that nothing tells.
        broken: the number of those with another error in their functions.
        absent: the number of those whose resource is not created.
        created: the resources that are created, by logical id; where that is not known, they are not in it.
    """

    documents: list[RawDocument] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    unread: list[Policy] = field(default_factory=list)
    unknown: int = 0
    broken: int = 0
    absent: int = 0
    created: dict[str, Resource] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of all policies."""
        return len(self.documents) + self.unknown + self.broken + self.absent


def find_policies(resolution: Resolution, file: str) -> Found:
    """Find and resolve the policies of all resources."""
    found = Found()
    for resource in resolution.template.resources.values():
        places = _organization(resolution, resource) if resource.type == _ORGANIZATION else places_of(resource.type)
        created = is_created(resolution, resource)
        if created:
            found.created[resource.logical_id] = resource
        for place in places:
            _take_all(resolution, resource, place, created, file, found)
    return found


def _organization(resolution: Resolution, resource: Resource) -> tuple[Place, ...]:
    member = resource.properties.get("Type")
    try:
        kind = text_of(resolution, member.value, optional=True) if member else None
    except UnresolvedError:
        return ()
    return (Place(("Content",), ORGANIZATION[kind]),) if kind and kind in ORGANIZATION else ()


def is_created(resolution: Resolution, resource: Resource) -> bool | None:
    """Return whether the condition of a resource is true; None if that is not known."""
    if resource.condition is None:
        return True
    try:
        return holds(resolution, resource.condition.value, resource.condition.span)
    except UnresolvedError:
        return None


def tell_absent(resolution: Resolution, resource: Resource) -> None:
    """Say that a resource is not created, and so its policy is not."""
    assert resource.condition is not None
    message = f"the condition `{resource.condition.value}` is false, so the policy of `{resource.logical_id}` is not created"
    resolution.tell(Diagnostic(Code.NOT_CREATED, message, resolution.source, resource.span))


def _take_all(resolution: Resolution, resource: Resource, place: Place, created: bool | None, file: str, found: Found) -> None:
    """Take the documents at a place, or count them."""
    if created is False:
        count = sum(1 for _ in _written(resource, place))
        found.absent += count
        if count:
            tell_absent(resolution, resource)
        return
    if created is None:
        found.unknown += sum(1 for _ in _written(resource, place))
        return
    try:
        for label, holder, node in _located(resolution, resource, place):
            name = _name(resolution, resource, place, label, holder)
            _take(resolution, Policy(name, resource, place, label, node.span), node, file, found)
    except UnresolvedError:
        found.unknown += 1


def _take(resolution: Resolution, policy: Policy, node: JsonNode, file: str, found: Found) -> None:
    before = len(resolution.problems.found)
    try:
        value = _resolved(resolution, node)
        if value is None:
            return
        _refuse_unquoted(resolution, value)
        with resolution.problems.collected():
            found.documents.append(document(policy.name, value, resolution.source, file, FORMS[policy.place.kind]))
            found.policies.append(policy)
            return
        found.broken += 1
    except UnresolvedError:
        failed = any(each.level == "error" for each in resolution.problems.found[before:])
        if failed:
            found.broken += 1
        else:
            found.unknown += 1
            found.unread.append(policy)


def _resolved(resolution: Resolution, node: JsonNode) -> JsonNode | None:
    try:
        return evaluate(resolution, node)
    except RecursionError:
        resolution.refuse("the functions and names of this policy lead too deep", node.span)


def _refuse_unquoted(resolution: Resolution, value: JsonNode) -> None:
    """Refuse words that are booleans to CloudFormation's YAML and text to others."""
    for text, span in strings(value):
        if text.lower() in _YAML_BOOLEANS and resolution.source.cut(span) == text:
            message = f"`{text}` is a boolean in CloudFormation's YAML, and a text in others"
            resolution.refuse(message, span, "quote it, or write `true` or `false`", Code.WRONG_TYPE)


def _located(resolution: Resolution, resource: Resource, place: Place) -> Iterator[tuple[str, JsonNode | None, JsonNode]]:
    """Yield the documents at a place, each with its path and with the item of a list that holds it."""
    first, *rest = place.path
    if first in resource.properties:
        yield from _below(resolution, resource.properties[first].value, rest, first, None)


def _below(
    resolution: Resolution, node: JsonNode, path: list[str], label: str, holder: JsonNode | None
) -> Iterator[tuple[str, JsonNode | None, JsonNode]]:
    chosen = _chosen(resolution, node, whole=not path)
    if chosen is None:
        return
    if not path:
        yield label, holder, chosen
    elif path[0] == "*":
        if not isinstance(chosen, JsonArray):
            resolution.refuse(f"`{label}` must be a list", chosen.span)
        for index, item in enumerate(chosen.items):
            if (each := _chosen(resolution, item)) is not None:
                yield from _below(resolution, each, path[1:], f"{label}[{index}]", each)
    else:
        if not isinstance(chosen, JsonObject):
            resolution.refuse(f"`{label}` must be an object", chosen.span)
        for member in chosen.members:
            if member.name == path[0]:
                yield from _below(resolution, member.value, path[1:], f"{label}.{path[0]}", holder)


def _chosen(resolution: Resolution, node: JsonNode, *, whole: bool = False) -> JsonNode | None:
    """Return what a value is once conditions have chosen. A ``whole`` document is left to be resolved later, but not if it is nothing."""
    call = call_of(node)
    while call is not None and call.name == "Fn::If":
        node = chosen_branch(resolution, call.value)
        call = call_of(node)
    if call is None or (whole and not _is_no_value(node)):
        return node
    return evaluate(resolution, node)


def _is_no_value(node: JsonNode) -> bool:
    call = call_of(node)
    return call is not None and call.name == "Ref" and isinstance(call.value, JsonString) and call.value.value == "AWS::NoValue"


def _written(resource: Resource, place: Place) -> Iterator[JsonNode]:
    """Yield what is written at a place of a resource that is not created."""
    nodes = [member.value for name, member in resource.properties.items() if name == place.path[0]]
    for step in place.path[1:]:
        if step == "*":
            nodes = [item for node in nodes if isinstance(node, JsonArray) for item in node.items]
        else:
            nodes = [each.value for node in nodes if isinstance(node, JsonObject) for each in node.members if each.name == step]
    yield from nodes


def _name(resolution: Resolution, resource: Resource, place: Place, label: str, holder: JsonNode | None) -> str:
    """Return the name of a policy. It stays the same whatever is bound, unless the template's own names depend on that."""
    stem = f"{resolution.stem}/{resource.logical_id}"
    if place.kind is Kind.TRUST:
        return f"{stem}/trust"
    if place.path[0] == "Policies":
        name = _inline_name(resolution, holder)
        if name is None:
            return f"{stem}/policy{label[len('Policies') : label.index(']') + 1]}"
        return f"{stem}/{name}#inline" if name == "trust" else f"{stem}/{name}"
    first = resource.type == _ORGANIZATION or place is places_of(resource.type)[0]
    return stem if first and not _LATER.search(label) else f"{stem}/{label}"


def _inline_name(resolution: Resolution, holder: JsonNode | None) -> str | None:
    """Return the name of an inline policy; None if it has none, or depends on a name that nothing tells."""
    members = holder.members if isinstance(holder, JsonObject) else ()
    node = next((each.value for each in members if each.name == "PolicyName"), None)
    with resolution.apart():
        try:
            return text_of(resolution, node, optional=True) if node else None
        except UnresolvedError:
            return None
