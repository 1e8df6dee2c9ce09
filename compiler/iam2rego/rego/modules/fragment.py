"""The Rego for a part of a statement."""

from dataclasses import dataclass
from typing import TypeAlias

from iam2rego.rego.language.tree import Infix, Literal, Rule, SomeIn

Body: TypeAlias = tuple[Literal, ...]
"""Lines that must all hold."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a statement in Rego: the lines that must hold, or None if they never do, and the helper rules that they call."""

    body: Body | None
    helpers: tuple[Rule, ...] = ()


def binds(literal: Literal) -> bool:
    """Return whether a line binds a variable."""
    return isinstance(literal, SomeIn) or (isinstance(literal, Infix) and literal.operator == ":=")
