"""Diagnostics: what is wrong, where, and what to do, as data that the command line renders."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self, TypeAlias

from iam2rego.excerpt import marked
from iam2rego.source import Source, Span

Paint: TypeAlias = Callable[[str, str], str]
"""Colours a part of a rendered diagnostic: a level, ``place``, ``margin`` or ``help``; and its text, without line breaks."""


class Level(StrEnum):
    """The severity of a diagnostic, most severe first.

    An error stops a build; a security finding or a warning makes the status of `check` 1; a notice never counts.
    """

    ERROR = "error"
    SECURITY = "security"
    WARNING = "warning"
    NOTICE = "notice"


class Code(StrEnum):
    """The problems in reading text, loading sources and writing output; each with its level, mostly an error.

    Findings about well-formed policies have their codes in `lint.rules`. `lint.reported` explains the codes, with examples.

    IAM0xx: text and JSON. IAM1xx: structure of a policy. IAM2xx: actions, resources and principals. IAM3xx: conditions.
    IAM4xx: variables and placeholders. IAM6xx: sources, requests, scenarios, configuration and output. IAM7xx: gateways.
    """

    level: Level

    def __new__(cls, code: str, level: Level = Level.ERROR) -> Self:
        """Make the member with its level."""
        member = str.__new__(cls, code)
        member._value_, member.level = code, level
        return member

    BAD_ENCODING = "IAM001"
    OVERSIZED_TEXT = "IAM002"
    EMPTY_TEXT = "IAM003"
    UNEXPECTED_TEXT = "IAM004"
    INCOMPLETE_TEXT = "IAM005"
    MALFORMED_STRING = "IAM006"
    MALFORMED_NUMBER = "IAM007"
    TOO_DEEP = "IAM008"
    DUPLICATE_MEMBER = "IAM009"
    LONE_SURROGATE = "IAM010"
    WRONG_TYPE = "IAM101"
    UNKNOWN_MEMBER = "IAM102"
    MISSING_MEMBER = "IAM103"
    CONFLICTING_MEMBERS = "IAM104"
    MISPLACED_MEMBER = "IAM105"
    INVALID_VERSION = "IAM106"
    INVALID_EFFECT = "IAM107"
    INVALID_SID = "IAM108"
    DUPLICATE_SID = "IAM109"
    EMPTY_LIST = "IAM111"
    FORBIDDEN_CHARACTER = "IAM112"
    INVALID_ACTION = "IAM201"
    VARIABLE_IN_ACTION = "IAM202"
    INVALID_RESOURCE = "IAM205"
    MISSING_RESOURCE = "IAM206"
    SHORT_ARN = "IAM208"
    MISSING_PRINCIPAL = "IAM209"
    INVALID_PRINCIPAL = "IAM210"
    WILDCARD_IN_PRINCIPAL = "IAM211"
    VARIABLE_IN_PRINCIPAL = "IAM212"
    ALLOW_NOT_PRINCIPAL = "IAM213"
    ALLOW_IN_RESOURCE_CONTROL = "IAM216"
    ANY_ACTION_IN_RESOURCE_CONTROL = "IAM217"
    UNKNOWN_OPERATOR = "IAM301"
    NULL_IF_EXISTS = "IAM303"
    AMBIGUOUS_KEY = "IAM305"
    MIXED_VALUES = "IAM309"
    LONG_NUMBER = "IAM310"
    UNREADABLE_VALUE = "IAM311"
    MALFORMED_VARIABLE = "IAM401"
    VARIABLE_IN_TYPED_VALUE = "IAM402"
    UNBOUND_PLACEHOLDER = "IAM404"
    INVALID_PARAMETER = "IAM405"
    TOO_MANY_STARS = "IAM409"
    UNREADABLE = "IAM601"
    UNKNOWN_SOURCE = "IAM602"
    NO_POLICY = "IAM603"
    POLICY_NAME_TAKEN = "IAM605"
    UNKNOWN_SOURCE_MEMBER = "IAM606"
    WRONG_SOURCE_TYPE = "IAM607"
    MISSING_SOURCE_MEMBER = "IAM608"
    UNUSED_PARAMETER = "IAM609", Level.WARNING
    BAD_PARAMETERS = "IAM610"
    BAD_REQUEST = "IAM611"
    BAD_OUTPUT = "IAM612"
    UNKNOWN_REFERENCE = "IAM613"
    INCOMPLETE_EXPORT = "IAM614"
    CONFLICTING_SOURCES = "IAM615"
    APPLIES_TO_ALL = "IAM616", Level.WARNING
    INVALID_INPUT = "IAM617"
    BAD_NOTES = "IAM618"
    TOO_MANY_STATEMENTS = "IAM619"
    UNKNOWN_NAME = "IAM620"
    AFTER_APPLY = "IAM621", Level.WARNING
    OUTSIDE_PATTERN = "IAM622", Level.WARNING
    DEFAULT_KEY_POLICIES = "IAM623", Level.NOTICE
    NOT_CREATED = "IAM624", Level.NOTICE
    NOT_ATTACHED = "IAM625", Level.NOTICE
    INVALID_TEMPLATE = "IAM626"
    TEMPLATE_READ = "IAM627", Level.NOTICE
    PASSED_OVER = "IAM628", Level.NOTICE
    NOT_EXCLUSIVE = "IAM629", Level.NOTICE
    OLD_CATALOGUE = "IAM630", Level.NOTICE
    BAD_CONFIGURATION = "IAM631"
    UNUSED_ACCEPT = "IAM632", Level.WARNING
    EXPIRED_ACCEPT = "IAM633", Level.WARNING
    BAD_GATEWAY = "IAM701"
    BAD_TEMPLATE = "IAM702"
    OVERLAPPING_ROUTES = "IAM703"
    UNREACHABLE_ROUTE = "IAM704"
    UNVERIFIED_VALUE = "IAM705"
    UNUSABLE_KEYS = "IAM706"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a problem is about; ``message`` says in a few words how."""

    message: str
    source: Source
    span: Span


@dataclass(frozen=True)
class Diagnostic:
    """One problem.

    Attributes:
        code: a `Code`, or the code of a finding of `lint`.
        message: what is wrong, in lower case, with user text in backticks.
        source: the text or file with the problem.
        span: its place there, if it has one.
        hint: what to do.
        given: the level, if it differs from that of the `Code`.
        aws: the issue code of IAM Access Analyzer's policy validation for it, if one is known.
        related: other places that it is about.
    """

    code: str
    message: str
    source: Source
    span: Span | None = None
    hint: str = ""
    given: Level | None = None
    aws: str | None = None
    related: tuple[Related, ...] = ()

    @property
    def level(self) -> Level:
        """Its severity."""
        return self.given or Code(self.code).level

    @property
    def sentence(self) -> str:
        """The message with the hint, for formats that have one text."""
        return printable(f"{self.message} ({self.hint})" if self.hint else self.message)

    def as_json(self) -> dict[str, Any]:
        """Return the diagnostic as ``--format json`` prints it; an unknown place is null."""
        return {
            **_place_as_json(self.source, self.span),
            "code": str(self.code),
            "severity": self.level.value,
            "message": self.message,
            "hint": self.hint,
            "related": [{**_place_as_json(each.source, each.span), "message": each.message} for each in self.related],
            "aws": self.aws,
        }


def _place_as_json(source: Source, span: Span | None) -> dict[str, Any]:
    edges = (span.line, span.column, span.end_line, span.end_column) if span else (None,) * 4
    return {"file": source.name} | dict(zip(("line", "column", "end_line", "end_column"), edges, strict=True))


class PolicyError(Exception):
    """The input cannot be used; has all diagnostics, at least one of them an error."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(render(each) for each in grouped(self.diagnostics)))


def sort(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Order diagnostics by file, place and code, so that output never depends on the order of discovery."""
    return sorted(diagnostics, key=_place)


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span = diagnostic.span or Span(0, 0, 0, 0)
    return diagnostic.source.name, span.line, span.column, diagnostic.code, diagnostic.message


def grouped(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Join the errors about each name without a value to one, at the first place, with the others as related places."""
    found: dict[object, Diagnostic] = {}
    for number, each in enumerate(diagnostics):
        key = (each.message, each.level) if each.code in (Code.UNBOUND_PLACEHOLDER, Code.UNKNOWN_NAME, Code.UNKNOWN_REFERENCE) else number
        first = found.setdefault(key, each)
        if first is not each and each.span:
            found[key] = replace(first, related=(*first.related, Related("also here", each.source, each.span)))
    return list(found.values())


def plain(_part: str, text: str) -> str:
    """Leave a text without colour."""
    return text


def render(diagnostic: Diagnostic, paint: Paint = plain) -> str:
    """Return ``FILE:LINE:COLUMN: error[CODE]: message`` with the source line, a caret and the hint below."""
    span, level = diagnostic.span, diagnostic.level
    place = f"{diagnostic.source.name}:{span.line}:{span.column}" if span else diagnostic.source.name
    lines = [f"{paint('place', printable(place))}: {paint(level, f'{level}[{diagnostic.code}]')}: {printable(diagnostic.message)}"]
    if span:
        number, blank = str(span.line), " " * len(str(span.line))
        shown, carets = marked(diagnostic.source.line(span.line), span, printable)
        lines.append(f" {paint('margin', f'{number} |')} {shown}")
        lines.append(f" {paint('margin', f'{blank} |')} {paint(level, carets)}")
    if diagnostic.hint:
        lines.append(f"   {paint('margin', '=')} {paint('help', 'help')}: {printable(diagnostic.hint)}")
    lines += (f"   {paint('margin', '=')} {printable(each)}" for each in related(diagnostic))
    return "\n".join(lines)


def related(diagnostic: Diagnostic) -> Iterator[str]:
    """Yield a line for the related places of each kind, as in ``also here: a.json:3:5, 7:9; b.json:1:2``."""
    kinds: dict[str, dict[str, list[str]]] = {}
    for each in diagnostic.related:
        kinds.setdefault(each.message, {}).setdefault(each.source.name, []).append(f"{each.span.line}:{each.span.column}")
    for message, files in kinds.items():
        yield f"{message}: " + "; ".join(f"{name}:{', '.join(places)}" for name, places in files.items())


def printable(text: str) -> str:
    """Replace characters that could control a terminal or reorder a line (controls, separators, bidirectional marks) by U+FFFD."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
