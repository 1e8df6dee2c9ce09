"""The differences between two requests that show a part of a statement."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.coverage import Pair
from iam2rego.jsontext import JsonValue, dumps

_ABSENT: Final = "absent"


@dataclass(frozen=True, slots=True)
class Change:
    """A member of a request, such as ``context.aws:SourceIp``, and its values when the statement applies and when not."""

    member: str
    applies: str
    misses: str


def changes(pair: Pair) -> Iterator[Change]:
    """Yield the members that differ, those of the context included, with the value for which the statement applies first."""
    applies, misses = dict(_members(pair.applies)), dict(_members(pair.misses))
    for member in {**applies, **misses}:
        one, other = applies.get(member, _ABSENT), misses.get(member, _ABSENT)
        if one != other:
            yield Change(member, one, other)


def _members(value: JsonValue, before: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and value:
        for name, each in value.items():
            yield from _members(each, f"{before}.{name}" if before else name)
    else:
        yield before, dumps(value)
