"""The ARNs among the resources of a policy, and the formats that a catalogue has for them."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from iam2rego.catalogue.resources import ArnFormat
from iam2rego.catalogue.services import Catalogue
from iam2rego.ir.pattern import AnyOne, ArnPattern, Pattern, Segment, Text
from iam2rego.lint.arns import FIELDS, TEMPLATE, Field, arns_of, literal
from iam2rego.lint.finding import Occurrence
from iam2rego.lint.inclusion import One, Run, Symbol, Symbols, joined
from iam2rego.lint.overlap import overlap
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

_CACHED: Final = 1024


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


def known_arns(subject: Subject) -> Sequence[KnownArn]:
    """Return the whole ARNs of services whose resources the catalogue has."""
    return subject.once(_known_arns)


def _known_arns(subject: Subject) -> Sequence[KnownArn]:
    return [*_found(subject)]


def _found(subject: Subject) -> Iterator[KnownArn]:
    known = subject.catalogue
    for entry in arns_of(subject):
        service = literal(entry, Field.SERVICE)
        if service and len(entry.fields) == FIELDS and _formats(known, service):
            name = _symbols(entry.fields[-1])
            matching = _matching(known, service, name)
            yield KnownArn(entry, service, literal(entry, Field.REGION), literal(entry, Field.ACCOUNT), name, matching)


def misplaced(arn: KnownArn, noun: str, written: str | None, known: Set[str], *, may_lack: bool = False) -> Iterator[Occurrence]:
    """Compare a field of an ARN, an account or a Region, with those of the formats ``known``, where ``*`` may be empty or not."""
    text, service = quote(arn.entry.text), quote(arn.service)
    if written and known == {""}:
        message = f"{text} has the {noun} {quote(written)}, but such ARNs of {service} have none"
        yield Occurrence(arn.entry.span, message, "leave the field empty", f"ARN_{noun.upper()}_NOT_ALLOWED")
    elif written == "" and arn.formats and known.isdisjoint(("", "*")) and not may_lack:
        article = "an" if noun[0] in "aeiou" else "a"
        message = f"{text} has no {noun}, but such ARNs of {service} have one"
        yield Occurrence(arn.entry.span, message, f"write {article} {noun} or `*`", f"MISSING_ARN_{noun.upper()}")


def glob(pattern: str) -> Symbols:
    """Convert a text in which ``*`` is any run of characters."""
    return joined([Run() if each == "*" else each for each in pattern])


@cache
def _formats(known: Catalogue, service: str) -> tuple[tuple[ArnFormat, Symbols], ...]:
    return tuple((each, glob(each.name)) for each in known.formats_in(service))


@lru_cache(_CACHED)
def _matching(known: Catalogue, service: str, name: Symbols) -> tuple[ArnFormat, ...]:
    """Return the formats that a last field can match; three rules ask for each ARN."""
    return tuple(each for each, symbols in _formats(known, service) if overlap(symbols, name))


def _symbols(pattern: Pattern) -> Symbols:
    return joined([symbol for segment in pattern for symbol in _of_segment(segment)])


def _of_segment(segment: Segment) -> Sequence[Symbol]:
    match segment:
        case Text(text=text):
            first, *others = TEMPLATE.split(text)
            return (*first, *(symbol for other in others for symbol in (Run(), *other)))
        case AnyOne():
            return (One(),)
        case _:
            return (Run(),)
