"""Fingerprints of findings: they stay the same when a policy is reformatted, or its members, statements or entries are reordered."""

import json
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Any

from iam2rego.diagnostics import Diagnostic, PolicyError
from iam2rego.source import Source, Span
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNull, JsonNumber, JsonObject, JsonString, objects


def fingerprint(finding: Diagnostic) -> str:
    """Return 32 hexadecimal digits made of the code, the statement around the place, and what is marked there.

    The name of the file and the line are not part of it, so the same mistake in two equal statements has one fingerprint. A place that
    is wider than a statement counts by its code only; a finding without a place, by its code and message.
    """
    identity = [str(finding.code), *(_place(finding.source, finding.span) if finding.span else (finding.message,))]
    return sha256(json.dumps(identity).encode()).hexdigest()[:32]


def _place(source: Source, mark: Span) -> Iterator[Any]:
    """Yield the statement around a mark, if there is one, and what is marked; nothing for a mark around a statement."""
    statements = _statements(source)
    after = bisect_right(statements, (mark.line, mark.column), key=_start)
    around = statements[after - 1] if after and statements[after - 1].span.encloses(mark) else None
    if around:
        yield _canonical(around)
    elif after < len(statements) and mark.encloses(statements[after].span):
        return
    yield _marked(around, mark) or " ".join(source.cut(mark).split())


def _marked(statement: JsonNode | None, mark: Span) -> Any:
    """Return the value that is marked as a whole, or None if there is none: the mark is a part of a string, or the name of a member."""
    waiting = [statement] if statement else []
    while waiting:
        node = waiting.pop()
        if node.span == mark:
            return _canonical(node)
        if isinstance(node, JsonObject):
            waiting += [each.value for each in node.members]
        elif isinstance(node, JsonArray):
            waiting += node.items
    return None


@lru_cache(maxsize=1)  # findings come sorted by file
def _statements(source: Source) -> tuple[JsonNode, ...]:
    """Return the statements of all policies in a text, in their order; none if it is not JSON."""
    try:
        tree = parse_json(source)
    except PolicyError:
        return ()
    found = (each.value for node in objects(tree) for each in node.members if each.name == "Statement")
    statements = (item for value in found for item in (value.items if isinstance(value, JsonArray) else (value,)))
    return tuple(sorted(statements, key=_start))


def _start(node: JsonNode) -> tuple[int, int]:
    return node.span.line, node.span.column


def _canonical(node: JsonNode) -> Any:
    """Return the value without what IAM does not read: the order of members and items, and the brackets around a single item."""
    match node:
        case JsonObject(members=members):
            return {"members": sorted(([each.name, _canonical(each.value)] for each in members), key=json.dumps)}
        case JsonArray(items=items):
            values = sorted(map(_canonical, items), key=json.dumps)
            return values[0] if len(values) == 1 else values
        case JsonNumber(text=text):
            return {"number": text}
        case JsonString(value=value) | JsonBoolean(value=value):
            return value
        case JsonNull():
            return None
