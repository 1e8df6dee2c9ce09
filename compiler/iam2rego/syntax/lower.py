"""The tree of a policy document to the intermediate representation, with every problem that the document has."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Diagnostic, sort
from iam2rego.ir.policy import Document
from iam2rego.source import Source
from iam2rego.syntax.characters import check_characters
from iam2rego.syntax.document import read_document
from iam2rego.syntax.forms import FORMS, Form, Kind
from iam2rego.syntax.members import duplicate_members
from iam2rego.syntax.placeholders import Parameters
from iam2rego.syntax.report import Report
from iam2rego.syntax.tree import JsonNode

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a policy says: the document (None if any diagnostic is an error), the diagnostics by place, and the placeholders in it."""

    document: Document | None
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
    return Reading(None if report.failed else document, tuple(sort(report.diagnostics)), bindings.met)
