"""What was made of a file, as JSON: texts stand in it once, and that of the file itself not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from iam2rego.diagnostics import Code, Diagnostic, Severity
from iam2rego.ir.attachments import Attachments
from iam2rego.rego.bundle.unit import Unit
from iam2rego.source import Source, Span
from iam2rego.sources.documents import Document
from iam2rego.sources.formats.account_export import Entity, Page
from iam2rego.sources.reading import Reading


@dataclass(frozen=True, slots=True)
class _Page:
    entities: tuple[Entity, ...]
    managed: frozenset[str]
    accounts: frozenset[str]
    truncated: Span | None


@dataclass(frozen=True, slots=True)
class _Document:
    name: str
    text: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Finding:
    code: Code
    message: str
    text: int
    span: Span | None
    hint: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class _Entry:
    """A `Reading`; a text is told by its number, 0 being that of the file, and the names of `texts` lack the file's in front."""

    texts: tuple[Source, ...]
    documents: tuple[_Document, ...]
    made: tuple[Unit, ...]
    attachments: Attachments | _Page | None
    allows_keys: bool
    placeholders: frozenset[str]
    findings: tuple[_Finding, ...]


def written(reading: Reading[Unit]) -> bytes:
    """Return the JSON of what was made of a file without errors."""
    return _adapter().dump_json(_entry(reading))


def read(content: bytes, source: Source) -> Reading[Unit]:
    """Return what `written` was given, for the text ``source`` that it was made of.

    Raises:
        ValueError: the content is anything else.
    """
    entry = _adapter().validate_json(content)
    texts = (source, *(Source(f"{source.name}{each.name}", each.text) for each in entry.texts))
    documents = tuple(Document(each.name, texts[each.text], each.span) for each in entry.documents)
    findings = tuple(Diagnostic(each.code, each.message, texts[each.text], each.span, each.hint, each.severity) for each in entry.findings)
    page = entry.attachments
    attachments = Page(source, page.entities, page.managed, page.accounts, page.truncated) if isinstance(page, _Page) else page
    return Reading(source, documents, entry.made, attachments, entry.allows_keys, entry.placeholders, (), findings)


def _entry(reading: Reading[Unit]) -> _Entry:
    findings = (*reading.structure, *reading.findings)
    numbers = {reading.source: 0}
    for source in (*(each.source for each in reading.documents), *(each.source for each in findings)):
        numbers.setdefault(source, len(numbers))
    return _Entry(
        tuple(_named_below(reading.source, numbers)),
        tuple(_Document(each.name, numbers[each.source], each.span) for each in reading.documents),
        reading.made,
        _attachments(reading.attachments),
        reading.allows_keys,
        reading.placeholders,
        tuple(_Finding(each.code, each.message, numbers[each.source], each.span, each.hint, each.severity) for each in findings),
    )


def _named_below(file: Source, texts: dict[Source, int]) -> Iterator[Source]:
    yield from (Source(each.name.removeprefix(file.name), each.text) for each in texts if each is not file)


def _attachments(attachments: Attachments | Page | None) -> Attachments | _Page | None:
    if isinstance(attachments, Page):
        return _Page(attachments.entities, attachments.managed, attachments.accounts, attachments.truncated)
    return attachments


@cache
def _adapter() -> TypeAdapter[_Entry]:
    return TypeAdapter(_Entry)
