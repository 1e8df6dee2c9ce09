"""The tree of a policy document to the intermediate representation, with every problem that the document has."""

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
    """What a policy says.

    Attributes:
        document: the document; None if any diagnostic is an error.
        legible: the document with those statements that no error is about; None where nothing is sure, because an error is elsewhere in it.
        diagnostics: what is wrong, by place.
        placeholders: the names of the placeholders in it.
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
        node: the document, or any JSON value in its place.
        source: the text that holds it.
        form: what a document of its kind may hold.
        lenient: whether the errors of docs/semantics.md, "Lenient mode", are warnings.
        parameters: the values of ``<placeholders>`` (T2); names that the document does not use are ignored.
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
    """Leave out the statements that errors are about; an error beside them may be about the version, on which their meaning depends."""
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
