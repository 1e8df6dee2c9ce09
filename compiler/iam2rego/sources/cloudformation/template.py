"""The sections of a template that policies depend on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source, Span
from iam2rego.sources.members import object_members, text_of
from iam2rego.sources.problems import Problems
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString, Member

PROCESSED: Final = "read what CloudFormation makes of it: `aws cloudformation get-template --template-stage Processed`"

_HARMLESS: Final = ("AWS::LanguageExtensions", "AWS::CodeDeployBlueGreen")
"""Transforms that neither add nor change a policy."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource: its logical id, the place of that, its type, its properties by name, and the name of its condition."""

    logical_id: str
    span: Span
    type: str
    properties: Mapping[str, Member]
    condition: JsonString | None


@dataclass(frozen=True, slots=True)
class Template:
    """The sections that policies depend on, by name."""

    source: Source
    parameters: Mapping[str, JsonNode]
    mappings: Mapping[str, JsonNode]
    conditions: Mapping[str, JsonNode]
    resources: Mapping[str, Resource]


def is_template(root: JsonNode) -> bool:
    """Return whether it has `Resources`, one of which has a `Type` with `::`, or is made by a function."""
    if not isinstance(root, JsonObject):
        return False
    resources = next((each.value for each in root.members if each.name == "Resources"), None)
    members = resources.members if isinstance(resources, JsonObject) else ()
    return any(each.name.startswith("Fn::") or "::" in (type_of(each.value) or "") for each in members)


def read_template(root: JsonNode, source: Source, problems: Problems) -> Template:
    """Return the sections; a resource without a type is a problem, and so is a macro, which changes the template before AWS reads it.

    Raises:
        PolicyError: a section is no object or there twice.
    """
    sections = object_members(root, source, "a template", None)
    if "Transform" in sections:
        with problems.collected():
            _refuse_macros(sections["Transform"].value, source)
    parameters, mappings, conditions = (_section(sections, name, source) for name in ("Parameters", "Mappings", "Conditions"))
    resources = {}
    for name, member in object_members(sections["Resources"].value, source, "`Resources`", None).items():
        with problems.collected():
            resources[name] = _resource(member, source)
    return Template(source, parameters, mappings, conditions, resources)


def invalid(message: str, source: Source, span: Span, hint: str = "") -> PolicyError:
    """Return an error about a part of a template that CloudFormation would refuse, or that is not read."""
    return PolicyError([Diagnostic(Code.INVALID_TEMPLATE, message, source, span, hint)])


def _section(sections: Mapping[str, Member], name: str, source: Source) -> Mapping[str, JsonNode]:
    if name not in sections:
        return {}
    return {each: member.value for each, member in object_members(sections[name].value, source, f"`{name}`", None).items()}


def _refuse_macros(node: JsonNode, source: Source) -> None:
    for each in node.items if isinstance(node, JsonArray) else (node,):
        name = each.value if isinstance(each, JsonString) else "AWS::Include"
        if name not in _HARMLESS:
            raise invalid(f"the transform {quote(name)} changes the template before its policies are known", source, each.span, PROCESSED)


def _resource(member: Member, source: Source) -> Resource:
    if member.name.startswith("Fn::"):
        raise invalid(f"{quote(member.name)} makes resources that are not known yet", source, member.name_span, PROCESSED)
    kind = type_of(member.value)
    if kind is None:
        raise invalid(f"the resource {quote(member.name)} has no `Type`", source, member.name_span)
    if kind.endswith("::MODULE"):
        raise invalid(f"{quote(kind)} stands for resources that are not known yet", source, member.name_span, PROCESSED)
    parts = {each.name: each for each in _members(member.value)}
    properties = object_members(parts["Properties"].value, source, "`Properties`", None) if "Properties" in parts else {}
    for each in properties.values():
        if each.name == "Ref" or each.name.startswith("Fn::"):
            raise invalid("`Properties` must be written out, and not be made by a function", source, each.name_span, PROCESSED)
    condition = parts.get("Condition")
    if condition is not None:
        text_of(condition.value, source, "`Condition`")
    named = condition.value if condition and isinstance(condition.value, JsonString) else None
    return Resource(member.name, member.name_span, kind, properties, named)


def type_of(node: JsonNode) -> str | None:
    """Return the type of a resource; None if it has none."""
    value = next((each.value for each in _members(node) if each.name == "Type"), None)
    return value.value if isinstance(value, JsonString) else None


def _members(node: JsonNode) -> Iterator[Member]:
    yield from node.members if isinstance(node, JsonObject) else ()
