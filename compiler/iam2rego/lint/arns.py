"""What the rules on the ARNs of resources share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from iam2rego.catalogue.resources import ArnFormat
from iam2rego.catalogue.services import Catalogue
from iam2rego.ir.pattern import AnyOne, ArnPattern, Pattern, Segment, Text
from iam2rego.lint.inclusion import One, Run, Symbols
from iam2rego.lint.overlap import overlap
from iam2rego.lint.subject import Subject

SERVICE: Final = 2
REGION: Final = 3
_ACCOUNT: Final = 4
_FIELDS: Final = 6
_CACHED: Final = 1024
_TEMPLATE: Final = re.compile(r"<[^<>]*>|\$\{[^{}]*\}")
"""A placeholder without a value, or a variable in a document without variables (G3)."""

_CLOUD_FORMATION: Final = "${AWS::"


@dataclass(frozen=True, slots=True)
class KnownArn:
    """An ARN of a known service, and the formats of ARNs whose last field can match its own.

    `region` and `account` are None where a wildcard, a variable or a placeholder is in them.
    """

    entry: ArnPattern
    service: str
    region: str | None
    account: str | None
    name: Symbols
    formats: tuple[ArnFormat, ...]


def arns_of(subject: Subject) -> Iterator[ArnPattern]:
    """Yield the ARNs of ``Resource`` and ``NotResource``, except those that CloudFormation fills in."""
    for statement in subject.statements:
        for entry in statement.read.resources.entries:
            if isinstance(entry, ArnPattern) and _CLOUD_FORMATION not in entry.text:
                yield entry


def known_arns(subject: Subject) -> Iterator[KnownArn]:
    """Yield the whole ARNs of services whose resources the catalogue has; without a catalogue, none."""
    if known := subject.catalogue:
        for entry in arns_of(subject):
            service = literal(entry, SERVICE)
            if service and len(entry.fields) == _FIELDS and _formats(known, service):
                name = _symbols(entry.fields[-1])
                matching = _matching(known, service, name)
                yield KnownArn(entry, service, literal(entry, REGION), literal(entry, _ACCOUNT), name, matching)


def literal(entry: ArnPattern, field: int) -> str | None:
    """Return the text of a field; None if the ARN lacks it, or part of it may vary."""
    if field >= len(entry.fields):
        return None
    texts = [each.text for each in entry.fields[field] if isinstance(each, Text)]
    text = "".join(texts)
    return text if len(texts) == len(entry.fields[field]) and not _TEMPLATE.search(text) else None


def glob(pattern: str) -> Symbols:
    """Convert a text in which ``*`` is any run of characters."""
    return tuple(Run() if each == "*" else each for each in pattern)


@cache
def _formats(known: Catalogue, service: str) -> tuple[tuple[ArnFormat, Symbols], ...]:
    return tuple((each, glob(each.name)) for each in known.formats_in(service))


@lru_cache(_CACHED)
def _matching(known: Catalogue, service: str, name: Symbols) -> tuple[ArnFormat, ...]:
    """Return the formats that a last field can match; three rules ask for each ARN."""
    return tuple(each for each, symbols in _formats(known, service) if overlap(symbols, name))


def _symbols(pattern: Pattern) -> Symbols:
    return tuple(symbol for segment in pattern for symbol in _of_segment(segment))


def _of_segment(segment: Segment) -> Symbols:
    match segment:
        case Text(text=text):
            first, *others = _TEMPLATE.split(text)
            return (*first, *(symbol for other in others for symbol in (Run(), *other)))
        case AnyOne():
            return (One(),)
        case _:
            return (Run(),)
