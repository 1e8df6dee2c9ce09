"""Tests of one text: what action, resource and condition entries come to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from iam2rego.rego.reading.constants import Instant, Number
from iam2rego.rego.reading.pieces import Fixed, Hole

Constant: TypeAlias = str | Number | Instant

Words: TypeAlias = tuple[Fixed | Hole, ...]
"""One text, made of literals and variables; empty for the empty text."""

Chunk: TypeAlias = tuple[Words, ...]
"""What a pattern has between two stars: texts with exactly one character between neighbours. There is at least one text."""

Chunks: TypeAlias = tuple[Chunk, ...]
"""A pattern cut at its stars; where it starts or ends with a star, the first or last chunk is empty."""


class Sign(StrEnum):
    """The orderings."""

    LESS = "<"
    LESS_EQUALS = "<="
    GREATER = ">"
    GREATER_EQUALS = ">="


@dataclass(frozen=True, slots=True)
class OneOf:
    """Equality with one of some constants of one type; there is at least one, each once."""

    constants: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Ordering:
    """A number or an instant on one side of a bound."""

    sign: Sign
    bound: Number | Instant


@dataclass(frozen=True, slots=True)
class Within:
    """An address in one of some CIDR blocks; there is at least one, each once."""

    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Like:
    """A match with a glob. If `by_field`, colons delimit it: some wildcard stays inside its field of an ARN."""

    glob: str
    by_field: bool


@dataclass(frozen=True, slots=True)
class LikeAny:
    """A match with one of some globs, each once; `by_field` as in `Like`."""

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
    """A text as prefix."""

    words: Words


@dataclass(frozen=True, slots=True)
class StartsWithAny:
    """One of some texts as prefix; there are at least two, maybe the same."""

    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndsWith:
    """A text as suffix."""

    words: Words


@dataclass(frozen=True, slots=True)
class Contains:
    """A text anywhere."""

    words: Words


@dataclass(frozen=True, slots=True)
class Ordered:
    """Chunks in their order."""

    chunks: Chunks


@dataclass(frozen=True, slots=True)
class Fields:
    """The six fields of an ARN, each with its chunks; no star leaves its field (C22)."""

    fields: tuple[Chunks, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """The same, but the star that ends a field whose index is in `crossing` may cross colons (R7).

    The chunks do not show which these are: a variable at the end of a field may be the empty text, as the chunk after a last star is.
    """

    fields: tuple[Chunks, ...]
    crossing: tuple[int, ...]


ConstantTest: TypeAlias = OneOf | Ordering | Within | StartsWith | Like | LikeAny
"""A test without variables, whose words are all literals."""

PatternTest: TypeAlias = Equal | EqualFolded | StartsWith | EndsWith | Contains | Ordered | Fields | Resource
"""A match with one pattern of any form. It is undefined where a variable has no value (V7)."""


@dataclass(frozen=True, slots=True)
class AnyPattern:
    """A match with one of some patterns, of which at least one is no glob.

    Attributes:
        each: the test of each pattern.
        globs: what those without variables come to together; None if there are none.
        others: the tests of all others.
    """

    each: tuple[PatternTest, ...]
    globs: ConstantTest | None
    others: tuple[PatternTest, ...]


TextTest: TypeAlias = ConstantTest | AnyPattern
