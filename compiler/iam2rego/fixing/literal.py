"""Tells what a file spells out from what functions of a template give. Only the former is edited: the latter changes with parameters."""

from collections.abc import Iterator

from iam2rego.lint.fix import Fix, Safety
from iam2rego.source import Span
from iam2rego.sources.files import TextFile
from iam2rego.sources.parsing import parse
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject


class Written:
    """The values of a file that can be parsed, as they are written."""

    def __init__(self, file: TextFile) -> None:
        self._nodes = {node.span: node for node in _nodes(parse(file))}

    def allows(self, fix: Fix, policy: JsonObject) -> bool:
        """Say whether a fix of a policy is right whatever the parameters of the file are.

        A safe fix keeps the meaning of each statement that it edits, so only these must be spelled out; others depend on the whole policy.
        """
        if self._has(policy):
            return True
        spelled_out = [each.span for each in _statements(policy) if self._has(each)]
        return fix.safety is Safety.SAFE and all(_is_within(edit.span, spelled_out) for edit in fix.edits)

    def _has(self, node: JsonNode) -> bool:
        return self._nodes.get(node.span) == node


def _is_within(span: Span, statements: list[Span]) -> bool:
    return any(each.encloses(span) for each in statements)


def _nodes(node: JsonNode) -> Iterator[JsonNode]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        if isinstance(each, JsonObject):
            waiting += [member.value for member in each.members]
        elif isinstance(each, JsonArray):
            waiting += each.items


def _statements(policy: JsonObject) -> Iterator[JsonNode]:
    for member in policy.members:
        if member.name == "Statement":
            yield from member.value.items if isinstance(member.value, JsonArray) else (member.value,)
