"""Flattens patterns to pieces that match one whole text. What a segment may match depends on its place, so it is determined here.

Fields 2 to 5 of an ARN limit their wildcards and variables (R7, V9, C22); all others are unlimited. In `Run` and `One`, `crosses` says
whether they also match colons; in `Hole`, `bounded` says that a value with a colon matches nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from iam2rego.ir.pattern import AnyOne, AnyRun, Pattern, Segment, Text, Variable
from iam2rego.ir.policy import PolicyType
from iam2rego.rego.reading.folding import fold

_FIELDS: Final = 6


@dataclass(frozen=True, slots=True)
class Fixed:
    """Literal text."""

    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Any run of characters."""

    crosses: bool = True


@dataclass(frozen=True, slots=True)
class One:
    """Exactly one character."""

    crosses: bool = True


@dataclass(frozen=True, slots=True)
class Hole:
    """The value of a policy variable, as literal text (V6); the key is in lower case (N1)."""

    key: str
    default: str | None
    bounded: bool = False


Piece: TypeAlias = Fixed | Run | One | Hole
Pieces: TypeAlias = tuple[Piece, ...]


def of_text(pattern: Pattern) -> Pieces:
    """Flatten a pattern whose wildcards match everything (A3, C13)."""
    return _merge(_piece(segment, crosses=True, bounded=False) for segment in pattern)


def of_resource(fields: tuple[Pattern, ...], policy_type: PolicyType) -> Pieces | None:
    """Flatten a resource entry: missing fields become ``*`` or it matches nothing (R5); a field's last ``*`` may cross colons (R7)."""
    if len(fields) < _FIELDS and not _completes(fields, policy_type):
        return None
    complete = (*fields, *[(AnyRun(),)] * (_FIELDS - len(fields)))
    return _join(complete, last_run_crosses=True)


def _completes(fields: tuple[Pattern, ...], policy_type: PolicyType) -> bool:
    """Return whether the missing fields of a short ARN become ``*`` in this type of policy (R5)."""
    match policy_type:
        case PolicyType.IDENTITY | PolicyType.SESSION | PolicyType.PERMISSIONS_BOUNDARY:
            return True
        case PolicyType.RESOURCE | PolicyType.VPC_ENDPOINT:
            return any(isinstance(segment, AnyRun) for field in fields for segment in field)
        case PolicyType.SERVICE_CONTROL:
            return isinstance(fields[-1][-1] if fields[-1] else None, AnyRun)
        case PolicyType.RESOURCE_CONTROL:
            return False


def of_arn(fields: tuple[Pattern, ...]) -> Pieces:
    """Flatten an Arn value of six fields, whose wildcards stay inside their field (C22)."""
    return _join(fields, last_run_crosses=False)


def _join(fields: tuple[Pattern, ...], *, last_run_crosses: bool) -> Pieces:
    return _merge(_joined(fields, last_run_crosses))


def _joined(fields: tuple[Pattern, ...], last_run_crosses: bool) -> Iterator[Piece]:
    for number, field in enumerate(fields, start=1):
        if number > 1:
            yield Fixed(":")
        inner = number < _FIELDS
        for position, segment in enumerate(field, start=1):
            last = position == len(field) and last_run_crosses and isinstance(segment, AnyRun)
            yield _piece(segment, crosses=last or not inner, bounded=inner)


def _piece(segment: Segment, *, crosses: bool, bounded: bool) -> Piece:
    match segment:
        case Text(text=text):
            return Fixed(text)
        case AnyRun():
            return Run(crosses)
        case AnyOne():
            return One(crosses)
        case Variable(key=key, default=default):
            return Hole(fold(key), default, bounded)


def _merge(pieces: Iterable[Piece]) -> Pieces:
    """Join adjacent literals, and adjacent runs: together they cross colons if one of them does."""
    merged: list[Piece] = []
    for piece in pieces:
        before = merged[-1] if merged else None
        match before, piece:
            case Fixed(text=first), Fixed(text=second):
                merged[-1] = Fixed(first + second)
            case Run(crosses=first_crosses), Run(crosses=second_crosses):
                merged[-1] = Run(first_crosses or second_crosses)
            case _:
                merged.append(piece)
    return tuple(merged)
