"""Lowers the tree of a policy document to the IR, and collects every problem in the document."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Diagnostic, Level, sort
from iam2rego.ir.policy import Document, Kind
from iam2rego.source import Source, Span
from iam2rego.syntax.characters import check_characters
from iam2rego.syntax.document import read_document
from iam2rego.syntax.forms import FORMS, Form
from iam2rego.syntax.members import duplicate_members
from iam2rego.syntax.placeholders import Parameters
from iam2rego.syntax.report import Report
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading a policy.

    Attributes:
        document: the document, or None if any diagnostic is an error.
        legible: the document with the statements that have no errors; None if there is an error outside the statements.
        diagnostics: the problems, sorted by place.
        placeholders: the names of its placeholders.
    """

    document: Document | None
    legible: Document | None
    diagnostics: tuple[Diagnostic, ...]
    placeholders: frozenset[str]


def read_policy(
    node: JsonNode,
    source: Source,
    form: Form = FORMS[Kind.IDENTITY],
    *,
    lenient: bool = False,
    parameters: Mapping[str, str] = _NONE,
) -> Reading:
    """Read the policy document at ``node`` of ``source``.

    Args:
        node: the document; any other JSON value is reported.
        source: the text that contains it.
        form: what a document of its kind may contain.
        lenient: whether the errors that docs/semantics.md lists under "Lenient mode" are warnings.
        parameters: the values of ``<placeholders>`` (T2); unused names are ignored.
    """
    report = Report(source, lenient)
    bindings = Parameters(parameters, report, checked=form.checked)
    report.diagnostics.extend(duplicate_members(node, source))
    well_formed = check_characters(node, report, checked=form.checked)
    document = read_document(node, report, bindings, form) if well_formed else None
    whole = None if report.failed else document
    legible = whole or (document and _legible(document, node, [each.span for each in report.diagnostics if each.level is Level.ERROR]))
    return Reading(whole, legible, tuple(sort(report.diagnostics)), bindings.met)


def _legible(document: Document, node: JsonNode, errors: Sequence[Span | None]) -> Document | None:
    """Drop the statements with errors. Return None for an error elsewhere: it may be in the version, which changes their meaning."""
    written = sorted(_statements(node), key=_start)
    broken: set[Span] = set()
    for error in errors:
        at = bisect_right(written, _start(error), key=_start) - 1 if error else -1
        if at < 0 or not error or _end(written[at]) < _end(error):
            return None
        broken.add(written[at])
    return document.model_copy(update={"statements": tuple(each for each in document.statements if each.span not in broken)})


def _statements(node: JsonNode) -> Iterator[Span]:
    for member in node.members if isinstance(node, JsonObject) else ():
        if member.name == "Statement":
            items = member.value.items if isinstance(member.value, JsonArray) else (member.value,)
            yield from (item.span for item in items)


def _start(span: Span) -> tuple[int, int]:
    return span.line, span.column


def _end(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column
