"""A compiled file as JSON for the cache. Texts are in it once, and the text of the file itself is left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from iam2rego.diagnostics import Code, Diagnostic, Level
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import PolicyType
from iam2rego.rego.bundle.unit import Unit
from iam2rego.source import Source, Span
from iam2rego.sources.account_details import AccountDetails, Edge, Entity, Held, Member, Open, Owner
from iam2rego.sources.documents import NamedPlace
from iam2rego.sources.reading import Reading


@dataclass(frozen=True, slots=True)
class _AccountDetails:
    entities: tuple[Entity, ...]
    managed: dict[str, str]
    accounts: frozenset[str]
    truncated: Span | None
    exported: bool
    edges: tuple[Edge, ...]
    held: tuple[Held, ...]
    open: tuple[Open, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    name: str
    text: int
    span: Span
    type: PolicyType


@dataclass(frozen=True, slots=True)
class _Finding:
    code: Code
    message: str
    text: int
    span: Span | None
    hint: str
    given: Level | None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A `Reading`. Texts are referred to by number, 0 being the file's, and the names in `texts` lack the file's name as prefix."""

    texts: tuple[Source, ...]
    documents: tuple[_Document, ...]
    made: tuple[Unit, ...]
    attachments: Attachments | _AccountDetails | Owner | None
    allows_keys: bool
    placeholders: frozenset[str]
    findings: tuple[_Finding, ...]


def written(reading: Reading[Unit]) -> bytes:
    """Return the JSON of a compiled file without errors."""
    return _adapter().dump_json(_entry(reading))


def read(content: bytes, source: Source) -> Reading[Unit]:
    """Return the reading that was given to `written`; ``source`` is the text of its file.

    Raises:
        ValueError: the content is not from `written`.
    """
    entry = _adapter().validate_json(content)
    texts = (source, *(Source(f"{source.name}{each.name}", each.text) for each in entry.texts))
    documents = tuple(NamedPlace(each.name, texts[each.text], each.span, each.type) for each in entry.documents)
    findings = tuple(Diagnostic(each.code, each.message, texts[each.text], each.span, each.hint, each.given) for each in entry.findings)
    kept = entry.attachments
    attachments = _details(source, kept) if isinstance(kept, _AccountDetails) else kept
    return Reading(source, documents, entry.made, attachments, entry.allows_keys, entry.placeholders, (), findings)


def _details(source: Source, kept: _AccountDetails) -> AccountDetails:
    parts = (kept.entities, kept.managed, kept.accounts, kept.truncated, kept.exported, kept.edges, kept.held, kept.open, kept.members)
    return AccountDetails(source, *parts)


def _entry(reading: Reading[Unit]) -> _Entry:
    findings = (*reading.structure, *reading.findings)
    numbers = {reading.source: 0}
    for source in (*(each.source for each in reading.documents), *(each.source for each in findings)):
        numbers.setdefault(source, len(numbers))
    return _Entry(
        tuple(_named_below(reading.source, numbers)),
        tuple(_Document(each.name, numbers[each.source], each.span, each.type) for each in reading.documents),
        reading.made,
        _attachments(reading.attachments),
        reading.allows_keys,
        reading.placeholders,
        tuple(_Finding(Code(each.code), each.message, numbers[each.source], each.span, each.hint, each.given) for each in findings),
    )


def _named_below(file: Source, texts: dict[Source, int]) -> Iterator[Source]:
    yield from (Source(each.name.removeprefix(file.name), each.text) for each in texts if each is not file)


def _attachments(attachments: Attachments | AccountDetails | Owner | None) -> Attachments | _AccountDetails | Owner | None:
    if isinstance(attachments, AccountDetails):
        return _AccountDetails(
            attachments.entities,
            {**attachments.managed},
            attachments.accounts,
            attachments.truncated,
            attachments.exported,
            attachments.edges,
            attachments.held,
            attachments.open,
            attachments.members,
        )
    return attachments


@cache
def _adapter() -> TypeAdapter[_Entry]:
    return TypeAdapter(_Entry)
