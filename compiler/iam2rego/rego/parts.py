"""What a part of a statement becomes, and how much of it one rule holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from iam2rego.rego.conditions import Body
from iam2rego.rego.tree import Rule

MOST: Final = 16
"""How many entries one rule tests: with an item a line, a rule stays within Regal's 30 lines."""

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement in Rego: the lines that must hold, or None when they never do, and the helper rules they call."""

    body: Body | None
    helpers: tuple[Rule, ...] = ()


def cut(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """Cut a long list into parts of about the same length, none longer than one rule holds."""
    count = -(-len(items) // MOST)
    return (items[number * len(items) // count : (number + 1) * len(items) // count] for number in range(count))
