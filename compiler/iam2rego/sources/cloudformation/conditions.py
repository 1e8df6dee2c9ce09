"""Conditions of templates."""

from collections.abc import Sequence
from typing import Final

from iam2rego.source import Span
from iam2rego.sources.cloudformation.evaluation import evaluate
from iam2rego.sources.cloudformation.resolution import Resolution
from iam2rego.sources.cloudformation.values import scalar_text
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, Member

_OPERATORS: Final = {"Fn::And": 0, "Fn::Or": 0, "Fn::Not": 1, "Fn::Equals": 2}
"""The functions that conditions are made of, with the number of their arguments; 0 is any."""


def holds(resolution: Resolution, name: str, span: Span) -> bool:
    """Return whether the condition ``name`` is true; it raises `UnresolvedError` if that is not known."""
    written = resolution.template.conditions.get(name)
    if written is None:
        resolution.refuse(f"the template has no condition {quote(name)}", span)
    return bool(resolution.once(f"the condition `{name}`", written.span, lambda: _is_true(resolution, written)))


def _is_true(resolution: Resolution, node: JsonNode) -> bool:
    call = _only_member(node)
    if call is not None and call.name == "Condition" and (name := scalar_text(call.value)):
        return holds(resolution, name, node.span)
    if call is None or call.name not in _OPERATORS:
        resolution.refuse("a condition is `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not` or `Condition`", node.span)
    items = _items(resolution, call, _OPERATORS[call.name])
    if call.name == "Fn::Equals":
        one, two = items
        return _compared(resolution, one) == _compared(resolution, two)
    found = (_is_true(resolution, each) for each in items)
    return any(found) if call.name == "Fn::Or" else all(found) == (call.name == "Fn::And")


def _compared(resolution: Resolution, node: JsonNode) -> str | tuple[str | None, ...]:
    """Return what `Fn::Equals` compares: a text, or the texts of a list."""
    resolution.choosing += 1
    try:
        value = evaluate(resolution, node)
    finally:
        resolution.choosing -= 1
    if isinstance(value, JsonArray):
        return tuple(map(scalar_text, value.items))
    text = None if value is None else scalar_text(value)
    if text is None:
        resolution.refuse("`Fn::Equals` compares texts, not maps or nothing", node.span)
    return text


def _items(resolution: Resolution, call: Member, count: int) -> Sequence[JsonNode]:
    items = call.value.items if isinstance(call.value, JsonArray) else ()
    if not items or (count and len(items) != count):
        resolution.refuse(f"`{call.name}` has {count or 'two or more'} argument{'' if count == 1 else 's'}, in a list", call.value.span)
    return items


def _only_member(node: JsonNode) -> Member | None:
    return node.members[0] if isinstance(node, JsonObject) and len(node.members) == 1 else None
