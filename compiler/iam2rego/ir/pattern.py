"""Texts with wildcards and variables, of which action, resource and condition entries consist.

A pattern is a tuple of segments in the order of the text. Adjacent `Text` segments are merged, so equal patterns are equal
tuples. `${*}`, `${?}`, `${$}` (V5) and bound placeholders (T2) are `Text`. Segments carry no span: they are shared by all entries and
values that they are equal in, and lie in the span of each.
"""

from typing import Annotated, Literal

from pydantic import Field

from iam2rego.ir.node import Node


class Text(Node):
    """Literal characters, never empty."""

    kind: Literal["text"] = "text"
    text: Annotated[str, Field(min_length=1)]


class AnyRun(Node):
    """``*``: any number of characters, including none (A3, R6, C13)."""

    kind: Literal["any_run"] = "any_run"


class AnyOne(Node):
    """``?``: exactly one character (A3, R6, C13)."""

    kind: Literal["any_one"] = "any_one"


class Variable(Node):
    """``${key}`` or ``${key, 'default'}`` (V3, V4): the key as written, and the default or None."""

    kind: Literal["variable"] = "variable"
    key: Annotated[str, Field(min_length=1)]
    default: str | None = None


Segment = Annotated[Text | AnyRun | AnyOne | Variable, Field(discriminator="kind")]
Pattern = tuple[Segment, ...]


class Unmatchable(Node):
    """An invalid entry that `--lenient` accepts (L9): it matches nothing and excludes nothing."""

    kind: Literal["unmatchable"] = "unmatchable"
    text: str


class ActionPattern(Node):
    """An action entry (A2 to A7), compared with the whole ``service:Name`` ignoring case; never contains variables."""

    kind: Literal["action"] = "action"
    text: str
    segments: Pattern


class AnyResource(Node):
    """A resource entry made of ``*`` only, which alone matches a request for ``*`` (R2, R11)."""

    kind: Literal["any_resource"] = "any_resource"
    text: str


class ArnPattern(Node):
    """A resource entry that starts with ``arn:``, split at its first five colons outside ``${...}`` (R3, V9).

    `fields` has one to six patterns as written; the back ends complete a short ARN (R5).
    """

    kind: Literal["arn"] = "arn"
    text: str
    fields: Annotated[tuple[Pattern, ...], Field(min_length=1, max_length=6)]


ActionEntry = Annotated[ActionPattern | Unmatchable, Field(discriminator="kind")]
ResourceEntry = Annotated[AnyResource | ArnPattern | Unmatchable, Field(discriminator="kind")]
