"""Tests of one text, to which action, resource and condition entries are reduced."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from iam2rego.rego.reading.constants import Instant, Number
from iam2rego.rego.reading.pieces import Fixed, Hole

Constant: TypeAlias = str | Number | Instant

Words: TypeAlias = tuple[Fixed | Hole, ...]
"""One text, of literals and variables; empty for the empty text."""

Chunk: TypeAlias = tuple[Words, ...]
"""The piece of a pattern between two stars: one or more texts, with exactly one character between neighbours."""

Chunks: TypeAlias = tuple[Chunk, ...]
"""A pattern split at its stars; if it starts or ends with a star, the first or last chunk is empty."""


class Sign(StrEnum):
    """The orderings."""

    LESS = "<"
    LESS_EQUALS = "<="
    GREATER = ">"
    GREATER_EQUALS = ">="


@dataclass(frozen=True, slots=True)
class OneOf:
    """Equality with one of some constants of one type; there is at least one, without duplicates."""

    constants: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Ordering:
    """A number or an instant on one side of a bound."""

    sign: Sign
    bound: Number | Instant


@dataclass(frozen=True, slots=True)
class Within:
    """An address in one of some CIDR blocks; there is at least one, without duplicates."""

    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Like:
    """A match with a glob. If `by_field`, colons delimit it: some wildcard stays inside its field of an ARN."""

    glob: str
    by_field: bool


@dataclass(frozen=True, slots=True)
class LikeAny:
    """A match with one of some globs, without duplicates; `by_field` as in `Like`."""

    globs: tuple[str, ...]
    by_field: bool


@dataclass(frozen=True, slots=True)
class Equal:
    """Equality with a text."""

    words: Words


@dataclass(frozen=True, slots=True)
class EqualFolded:
    """Equality with a text in lower case (C12)."""

    words: Words


@dataclass(frozen=True, slots=True)
class StartsWith:
    """A prefix."""

    words: Words


@dataclass(frozen=True, slots=True)
class StartsWithAny:
    """One of at least two prefixes, which may be equal."""

    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndsWith:
    """A suffix."""

    words: Words


@dataclass(frozen=True, slots=True)
class Contains:
    """A text anywhere."""

    words: Words


@dataclass(frozen=True, slots=True)
class Ordered:
    """Chunks in order."""

    chunks: Chunks


@dataclass(frozen=True, slots=True)
class Fields:
    """The six fields of an ARN, each with its chunks; no star leaves its field (C22)."""

    fields: tuple[Chunks, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """The same, but the star that ends a field whose index is in `crossing` may cross colons (R7).

    The chunks do not show which fields these are: a variable at the end of a field may be empty, like the chunk after a last star.
    """

    fields: tuple[Chunks, ...]
    crossing: tuple[int, ...]


ConstantTest: TypeAlias = OneOf | Ordering | Within | StartsWith | Like | LikeAny
"""A test without variables."""

PatternTest: TypeAlias = Equal | EqualFolded | StartsWith | EndsWith | Contains | Ordered | Fields | Resource
"""A match with one pattern of any form. It is undefined if a variable has no value (V7)."""


@dataclass(frozen=True, slots=True)
class AnyPattern:
    """A match with one of some patterns, at least one of which cannot be a glob.

    Attributes:
        each: the test of each pattern.
        globs: the combined test of those without variables; None if there are none.
        others: the tests of all others.
    """

    each: tuple[PatternTest, ...]
    globs: ConstantTest | None
    others: tuple[PatternTest, ...]


TextTest: TypeAlias = ConstantTest | AnyPattern
