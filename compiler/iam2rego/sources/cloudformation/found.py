"""Finds the policy documents of resources, resolves them and names them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.source import Span
from iam2rego.sources.cloudformation.conditions import holds
from iam2rego.sources.cloudformation.evaluation import call_of, evaluate, text_of
from iam2rego.sources.cloudformation.functions import chosen_branch
from iam2rego.sources.cloudformation.policy_names import ORGANIZATION_POLICY, policy_name
from iam2rego.sources.cloudformation.resolution import Resolution, UnresolvedError
from iam2rego.sources.cloudformation.table import places_of
from iam2rego.sources.cloudformation.template import Resource
from iam2rego.sources.documents import RawDocument, document
from iam2rego.sources.listed import Listed, Outcome
from iam2rego.sources.places import ORGANIZATION, Place
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString, strings

_YAML_BOOLEANS: Final = frozenset({"yes", "no", "on", "off"})


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
        listed: all policies, with what becomes of them.
        created: the resources that are created, by logical id.
        undecided: the names that are needed to know whether a resource is created, by its logical id.
    """

    documents: list[RawDocument] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    unread: list[Policy] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    created: dict[str, Resource] = field(default_factory=dict)
    undecided: dict[str, Iterable[str]] = field(default_factory=dict)

    def note(self, policy: Policy, outcome: Outcome, needs: Iterable[str] = (), *, failed: bool = False) -> None:
        """Note what becomes of a policy."""
        kind, path = policy.place.kind, policy.path or None
        self.listed.append(Listed(policy.name, kind, policy.resource.logical_id, path, policy.span, outcome, tuple(needs), failed))


def find_policies(resolution: Resolution, file: str) -> Found:
    """Find and resolve the policies of all resources."""
    found = Found()
    for resource in resolution.template.resources.values():
        places = _organization(resolution, resource) if resource.type == ORGANIZATION_POLICY else places_of(resource.type)
        with resolution.noted() as needs:
            created = _is_created(resolution, resource)
        if created:
            found.created[resource.logical_id] = resource
        elif created is None:
            found.undecided[resource.logical_id] = needs
        for place in places:
            if created:
                _take_all(resolution, resource, place, file, found)
            else:
                _leave_all(resolution, resource, place, found)
    return found


def _organization(resolution: Resolution, resource: Resource) -> tuple[Place, ...]:
    member = resource.properties.get("Type")
    try:
        kind = text_of(resolution, member.value, optional=True) if member else None
    except UnresolvedError:
        return ()
    return (Place(("Content",), ORGANIZATION[kind]),) if kind and kind in ORGANIZATION else ()


def _is_created(resolution: Resolution, resource: Resource) -> bool | None:
    """Return whether the condition of a resource is true; None if that is not known."""
    if resource.condition is None:
        return True
    try:
        return holds(resolution, resource.condition.value, resource.condition.span)
    except UnresolvedError:
        return None


def leave(resolution: Resolution, policy: Policy, found: Found) -> None:
    """Note a policy whose resource is not created, or of which that is not known."""
    resource = policy.resource
    if resource.logical_id in found.undecided:
        found.note(policy, Outcome.NEEDS_NAMES, found.undecided[resource.logical_id])
        return
    assert resource.condition is not None
    found.note(policy, Outcome.NOT_CREATED)
    message = f"the condition `{resource.condition.value}` is false, so the policy of `{resource.logical_id}` is not created"
    resolution.tell(Diagnostic(Code.NOT_CREATED, message, resolution.source, resource.span))


def _leave_all(resolution: Resolution, resource: Resource, place: Place, found: Found) -> None:
    """Note the documents at a place of a resource that is not created, or of which that is not known."""
    for label, holder, node in _written(resource, place):
        leave(resolution, Policy(policy_name(resolution, resource, place, label, holder), resource, place, label, node.span), found)


def _take_all(resolution: Resolution, resource: Resource, place: Place, file: str, found: Found) -> None:
    """Take the documents at a place; if it is not known which there are, the place counts as one."""
    with resolution.noted() as needs:
        try:
            for label, holder, node in _located(resolution, resource, place):
                policy = Policy(policy_name(resolution, resource, place, label, holder), resource, place, label, node.span)
                _take(resolution, policy, node, file, found)
        except UnresolvedError:
            first = resource.properties[place.path[0]]
            whole = Policy(f"{resolution.stem}/{resource.logical_id}/{first.name}", resource, place, first.name, first.value.span)
            found.note(whole, Outcome.NEEDS_NAMES, needs)


def _take(resolution: Resolution, policy: Policy, node: JsonNode, file: str, found: Found) -> None:
    before = len(resolution.problems.found)
    with resolution.noted() as needs:
        try:
            value = _resolved(resolution, node)
            if value is None:
                return
            _refuse_unquoted(resolution, value)
            with resolution.problems.collected():
                found.documents.append(document(policy.name, value, resolution.source, file, FORMS[policy.place.kind]))
                found.policies.append(policy)
                found.note(policy, Outcome.READ)
                return
        except UnresolvedError:
            pass
    failed = any(each.level == "error" for each in resolution.problems.found[before:])
    found.note(policy, Outcome.NEEDS_NAMES, needs, failed=failed)
    if not failed:
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


def _written(resource: Resource, place: Place) -> Iterator[tuple[str, JsonNode | None, JsonNode]]:
    """Yield what is written at a place of a resource that is not read, as `_located` does."""
    first, *rest = place.path
    found: list[tuple[str, JsonNode | None, JsonNode]] = []
    if first in resource.properties:
        found.append((first, None, resource.properties[first].value))
    for step in rest:
        if step == "*":
            found = [
                (f"{label}[{index}]", item, item)
                for label, _, node in found
                if isinstance(node, JsonArray)
                for index, item in enumerate(node.items)
            ]
        else:
            found = [
                (f"{label}.{step}", holder, each.value)
                for label, holder, node in found
                if isinstance(node, JsonObject)
                for each in node.members
                if each.name == step
            ]
    yield from found
