"""The functions of templates."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from iam2rego.jsontext import dumps
from iam2rego.source import Span
from iam2rego.sources.cloudformation.conditions import holds
from iam2rego.sources.cloudformation.evaluation import evaluate, joined, sure_text, texts_of
from iam2rego.sources.cloudformation.names import attribute, reference
from iam2rego.sources.cloudformation.resolution import Function, Resolution, resolved_all
from iam2rego.sources.cloudformation.values import scalar_text
from iam2rego.sources.values import value_of
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonNumber, JsonObject, JsonString

_VARIABLE: Final = re.compile(r"\$\{(!?)([^{}]*)\}")
_NAME: Final = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9_.:-]+)?|AWS::[A-Za-z]+")


def _ref(resolution: Resolution, argument: JsonNode, span: Span) -> JsonNode | None:
    return reference(resolution, _literal(resolution, argument, "`Ref`"), span)


def _get_att(resolution: Resolution, argument: JsonNode, span: Span) -> JsonNode:
    if isinstance(argument, JsonString):
        name, _, of = argument.value.partition(".")
        return attribute(resolution, name, of, span)
    first, second = _arguments(resolution, argument, "Fn::GetAtt", 2)
    return attribute(resolution, _literal(resolution, first, "the resource"), sure_text(resolution, second), span)


def _sub(resolution: Resolution, argument: JsonNode, span: Span) -> JsonNode:
    own: Mapping[str, JsonNode] = {}
    if isinstance(argument, JsonArray):
        argument, given = _arguments(resolution, argument, "Fn::Sub", 2)
        if not isinstance(given, JsonObject):
            resolution.refuse("the second argument of `Fn::Sub` must be a map", given.span)
        own = {member.name: member.value for member in given.members}
    text = _literal(resolution, argument, "the text of `Fn::Sub`")
    values = _variables(resolution, dict.fromkeys(found[2].strip() for found in _VARIABLE.finditer(text) if not found[1]), own, span)
    parts: list[str] = []
    end = 0
    for found in _VARIABLE.finditer(text):
        parts += (text[end : found.start()], f"${{{found[2]}}}" if found[1] else values[found[2].strip()])
        end = found.end()
    return joined(resolution, (*parts, text[end:]), "", span)


def _variables(resolution: Resolution, names: Iterable[str], own: Mapping[str, JsonNode], span: Span) -> Mapping[str, str]:
    """Return the values of variables, each resolved once; every name that is needed is noted."""
    return dict(resolved_all(lambda name: (name, _variable(resolution, name, own, span)), names))


def _variable(resolution: Resolution, name: str, own: Mapping[str, JsonNode], span: Span) -> str:
    if name in own:
        return sure_text(resolution, own[name])
    if not _NAME.fullmatch(name):
        hint = f"an IAM variable is written `${{!{name}}}` in `Fn::Sub`"
        resolution.refuse(f"{quote('${' + name + '}')} names no parameter and no resource of the template", span, hint)
    logical, dot, of = name.partition(".")
    value = attribute(resolution, logical, of, span) if dot else reference(resolution, name, span)
    text = None if value is None else scalar_text(value)
    if text is None:
        resolution.refuse(f"{quote('${' + name + '}')} is a list, where a text is needed", span)
    return text


def _join(resolution: Resolution, argument: JsonNode, span: Span) -> JsonNode:
    delimiter, items = _arguments(resolution, argument, "Fn::Join", 2)
    return joined(resolution, texts_of(resolution, items), sure_text(resolution, delimiter), span)


def _split(resolution: Resolution, argument: JsonNode, span: Span) -> JsonNode:
    delimiter, text = (sure_text(resolution, each) for each in _arguments(resolution, argument, "Fn::Split", 2))
    if not delimiter:
        resolution.refuse("the delimiter of `Fn::Split` is empty", span)
    return JsonArray(tuple(JsonString(each, span) for each in text.split(delimiter)), span)


def _select(resolution: Resolution, argument: JsonNode, span: Span) -> JsonNode:
    index, items = _arguments(resolution, argument, "Fn::Select", 2)
    number, found = sure_text(resolution, index), evaluate(resolution, items)
    if not isinstance(found, JsonArray) or not re.fullmatch("[0-9]{1,6}", number) or int(number) >= len(found.items):
        resolution.refuse(f"`Fn::Select` finds no item {quote(number)} in its list", span)
    return _at(found.items[int(number)], span)


def _if(resolution: Resolution, argument: JsonNode, _: Span) -> JsonNode | None:
    return evaluate(resolution, chosen_branch(resolution, argument))


def chosen_branch(resolution: Resolution, argument: JsonNode) -> JsonNode:
    """Return the branch of a `Fn::If` that its condition chooses."""
    name, then, otherwise = _arguments(resolution, argument, "Fn::If", 3)
    return then if holds(resolution, _literal(resolution, name, "the condition"), name.span) else otherwise


def _find_in_map(resolution: Resolution, argument: JsonNode, span: Span) -> JsonNode | None:
    arguments = argument.items if isinstance(argument, JsonArray) else ()
    if len(arguments) not in (3, 4):
        resolution.refuse("`Fn::FindInMap` has three arguments, and may have a map with a `DefaultValue`", span)
    keys = [sure_text(resolution, each) for each in arguments[:3]]
    found: JsonNode | None = resolution.template.mappings.get(keys[0])
    for key in keys[1:]:
        found = _member(found, key)
    if found is not None:
        return _at(found, span)
    default = _member(arguments[-1], "DefaultValue")
    if default is None:
        resolution.refuse(f"the mapping {quote(keys[0])} has no {quote(keys[1])} with {quote(keys[2])}", span)
    return evaluate(resolution, default)


def _import_value(resolution: Resolution, argument: JsonNode, span: Span) -> JsonNode:
    name = sure_text(resolution, argument)
    return _told(resolution, f"import:{name}", span, name)


def _zones(resolution: Resolution, _: JsonNode, span: Span) -> JsonNode:
    zones = _told(resolution, "AZs", span, "us-east-1a,us-east-1b").value.split(",")
    return JsonArray(tuple(JsonString(each.strip(), span) for each in zones), span)


def _told(resolution: Resolution, name: str, span: Span, assumed: str) -> JsonString:
    value = resolution.outside(name, span)
    return JsonString(resolution.need(name, span, assumed) if value is None else value, span)


def _length(resolution: Resolution, argument: JsonNode, span: Span) -> JsonNode:
    return JsonNumber(str(len(texts_of(resolution, argument))), span)


def _to_json(resolution: Resolution, argument: JsonNode, span: Span) -> JsonNode:
    value = evaluate(resolution, argument)
    if value is None:
        resolution.refuse("`Fn::ToJsonString` has nothing to write", span)
    return joined(resolution, [dumps(value_of(value))], "", span)


def _member(node: JsonNode | None, name: str) -> JsonNode | None:
    return next((each.value for each in node.members if each.name == name), None) if isinstance(node, JsonObject) else None


def _at(node: JsonNode, span: Span) -> JsonNode:
    """Return a value with the place of the function that gives it."""
    match node:
        case JsonString(value=text):
            return JsonString(text, span)
        case JsonArray(items=items):
            return JsonArray(tuple(_at(item, span) for item in items), span)
        case _:
            return node


def _arguments(resolution: Resolution, node: JsonNode, name: str, count: int) -> Sequence[JsonNode]:
    if not isinstance(node, JsonArray) or len(node.items) != count:
        resolution.refuse(f"`{name}` has {count} arguments, in a list", node.span)
    return node.items


def _literal(resolution: Resolution, node: JsonNode, what: str) -> str:
    text = scalar_text(node)
    if text is None:
        resolution.refuse(f"{what} must be written as a text", node.span)
    return text


FUNCTIONS: Final[Mapping[str, Function]] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::Sub": _sub,
    "Fn::Join": _join,
    "Fn::Split": _split,
    "Fn::Select": _select,
    "Fn::If": _if,
    "Fn::FindInMap": _find_in_map,
    "Fn::ImportValue": _import_value,
    "Fn::GetAZs": _zones,
    "Fn::Length": _length,
    "Fn::ToJsonString": _to_json,
}
