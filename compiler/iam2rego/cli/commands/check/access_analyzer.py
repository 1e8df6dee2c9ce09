"""Findings in the form in which IAM Access Analyzer's ValidatePolicy responds.

See https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from iam2rego.diagnostics import Diagnostic, Level, PolicyError
from iam2rego.lint.finding import POLICY_CHECKS
from iam2rego.source import Source, Span
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString

_TYPES: Final[Mapping[Level, str]] = MappingProxyType(
    {Level.ERROR: "ERROR", Level.SECURITY: "SECURITY_WARNING", Level.WARNING: "WARNING", Level.NOTICE: "SUGGESTION"}
)
_CHARACTER: Final = re.compile(r'\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^"]')
"""One character of a string as it is written in JSON; quotes around the string are none."""


def response(findings: Iterable[Diagnostic], *, named: bool) -> dict[str, Any]:
    """Return the response with the findings that AWS has an issue code for.

    AWS validates one policy, so its form has no place for a file; where ``named``, the details begin with its name.
    """
    return {"findings": [_finding(each, named) for each in findings if each.aws]}


def _finding(finding: Diagnostic, named: bool) -> dict[str, Any]:
    spans = [finding.span, *(each.span for each in finding.related if each.source == finding.source)]
    return {
        "findingDetails": f"{finding.source.name}: {finding.sentence}" if named else finding.sentence,
        "findingType": _TYPES[finding.level],
        "issueCode": finding.aws,
        "learnMoreLink": POLICY_CHECKS,
        "locations": [_location(finding.source, span) for span in spans if span],
    }


def _location(source: Source, span: Span) -> dict[str, Any]:
    tree = _tree(source)
    return {
        "path": [*_path(tree, span, source)] if tree else [],
        "span": {"start": _position(source, span.line, span.column), "end": _position(source, span.end_line, span.end_column)},
    }


@lru_cache(maxsize=1)  # findings come sorted by file
def _tree(source: Source) -> JsonNode | None:
    try:
        return parse_json(source)
    except PolicyError:
        return None


def _path(node: JsonNode, mark: Span, source: Source) -> Iterator[dict[str, Any]]:
    """Yield the steps from a node to what is marked in it."""
    match node:
        case JsonObject(members=members):
            for each in members:
                if each.name_span.encloses(mark):
                    yield {"key": each.name}
                elif each.value.span.encloses(mark):
                    yield {"value": each.name}
                    yield from _path(each.value, mark, source)
        case JsonArray(items=items):
            for index, item in enumerate(items):
                if item.span.encloses(mark):
                    yield {"index": index}
                    yield from _path(item, mark, source)
        case JsonString(span=span) if span != mark:
            before = source.cut(Span(span.line, span.column, mark.line, mark.column))
            yield {"substring": {"start": _length(before), "length": _length(source.cut(mark))}}
        case _:
            pass


def _length(written: str) -> int:
    """Return the number of characters in a part of a string as it is written."""
    return len(_CHARACTER.findall(written))


def _position(source: Source, line: int, column: int) -> dict[str, int]:
    """Return a position as AWS counts: lines from 1, columns and offsets from 0."""
    before = source.lines[: line - source.first_line]
    return {"line": line, "column": column - 1, "offset": sum(len(each) + 1 for each in before) + column - 1}
