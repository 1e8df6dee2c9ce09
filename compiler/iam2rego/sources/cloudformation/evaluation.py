"""Resolves values: functions give their results, and `AWS::NoValue` takes away the member or item that it stands for."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from iam2rego.source import Source, Span
from iam2rego.sources.cloudformation.resolution import Resolution, resolved_all
from iam2rego.sources.cloudformation.template import PROCESSED
from iam2rego.sources.cloudformation.values import dynamic, scalar_text
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString, Member

_LONGEST: Final = 1024 * 1024
"""The most characters of one resolved text; functions within functions could make any number of them."""


def call_of(node: JsonNode) -> Member | None:
    """Return the function that a value is, with its argument; None if it is an ordinary value."""
    if isinstance(node, JsonObject) and len(node.members) == 1:
        (member,) = node.members
        if member.name == "Ref" or member.name.startswith(("Fn::", "!")):
            return member
    return None


def evaluate(resolution: Resolution, node: JsonNode) -> JsonNode | None:
    """Return the value of ``node``; None is `AWS::NoValue`.

    Raises:
        UnresolvedError: a name is not told, or something is wrong; all that is so within the node has been noted.
    """
    if (call := call_of(node)) is not None:
        return _called(resolution, call, node.span)
    match node:
        case JsonObject(members=members, span=span):
            _refuse_functions(resolution, members)
            values = resolved_all(partial(evaluate, resolution), (member.value for member in members))
            pairs = zip(members, values, strict=True)
            return JsonObject(tuple(Member(old.name, old.name_span, value) for old, value in pairs if value is not None), span)
        case JsonArray(items=items, span=span):
            return JsonArray(tuple(value for value in resolved_all(partial(evaluate, resolution), items) if value is not None), span)
        case JsonString(value=text, span=span) if "{{resolve:" in text:
            return JsonString(dynamic(resolution, text, span), inside(resolution.source, span))
        case _:
            return node


def _called(resolution: Resolution, call: Member, span: Span) -> JsonNode | None:
    function = resolution.functions.get(call.name)
    if call.name.startswith("!"):
        resolution.refuse(f"no function of CloudFormation has the tag {quote(call.name)}", span)
    if function is None:
        resolution.refuse(f"{quote(call.name)} is not read in a policy", span, PROCESSED)
    return function(resolution, call.value, span)


def _refuse_functions(resolution: Resolution, members: Iterable[Member]) -> None:
    for each in members:
        if each.name.startswith("Fn::"):
            resolution.refuse(f"{quote(each.name)} must be the only member of its object", each.name_span, PROCESSED)


def inside(source: Source, span: Span) -> Span:
    """Return the place of a string without its double quotes, if it has any: the text there is not the literal of its resolved value."""
    if span.line != span.end_line or len(text := source.cut(span)) <= len('""') or not text.startswith('"'):
        return span
    return Span(span.line, span.column + 1, span.end_line, span.end_column - 1)


def text_of(resolution: Resolution, node: JsonNode, *, optional: bool = False) -> str | None:
    """Return the text that a value gives; None is `AWS::NoValue`, if it is ``optional``."""
    value = evaluate(resolution, node)
    if value is None and optional:
        return None
    text = None if value is None else scalar_text(value)
    if text is None:
        resolution.refuse("a text is needed here, not a list, a map or nothing", node.span)
    return text


def texts_of(resolution: Resolution, node: JsonNode) -> list[str]:
    """Return the texts that a list, or a function that gives one, holds."""
    value = evaluate(resolution, node)
    if not isinstance(value, JsonArray):
        resolution.refuse("a list is needed here", node.span)
    return [_sure(text_of(resolution, item)) for item in value.items]


def sure_text(resolution: Resolution, node: JsonNode) -> str:
    """Return the text that a value gives."""
    return _sure(text_of(resolution, node))


def joined(resolution: Resolution, parts: Iterable[str], delimiter: str, span: Span) -> JsonString:
    """Return the parts as one text."""
    kept = list(parts)
    if sum(map(len, kept)) + len(delimiter) * len(kept) > _LONGEST:
        resolution.refuse(f"the text has more than {_LONGEST:,} characters", span)
    return JsonString(dynamic(resolution, delimiter.join(kept), span), span)


def _sure(text: str | None) -> str:
    assert text is not None
    return text
