"""The entries by which actions find statements (each a name, prefix or glob), and mutation operators on them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from iam2rego.mutation.edges import other_wildcards
from iam2rego.mutation.tables.comparisons import anywhere, shorter

_NAMES: Final = "names"
_PREFIXES: Final = "prefixes"
_GLOBS: Final = "globs"
_ANY: Final = "any_service"
_OPPOSITE: Final = {"allow": "deny", "deny": "allow"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the tables of actions: the effect, service, kind and text of a pattern, and the `index` of its statement.

    Service and text are empty for actions of any service.
    """

    effect: str
    service: str
    kind: str
    text: str
    index: int

    def __str__(self) -> str:
        where = f"{self.service}:{self.text}" if self.service else "any service"
        return f"{self.effect} {where} ({self.kind}) {self.index}"


def entries(actions: Mapping[str, Any]) -> list[Entry]:
    """Return the entries of a policy's actions."""
    return [entry for effect, table in actions.items() for entry in _of_table(effect, table)]


def _of_table(effect: str, table: Mapping[str, Any]) -> Iterator[Entry]:
    for service, found in table["services"].items():
        for name, indexes in found[_NAMES].items():
            yield from (Entry(effect, service, _NAMES, name, index) for index in indexes)
        for kind in (_PREFIXES, _GLOBS):
            yield from (Entry(effect, service, kind, text, index) for index, texts in found[kind] for text in texts)
    yield from (Entry(effect, "", _ANY, "", index) for index in table[_ANY])


def actions(found: Sequence[Entry]) -> dict[str, Any]:
    """Return the tables of actions with these entries."""
    tables: dict[str, Any] = {}
    for entry in found:
        table = tables.setdefault(entry.effect, {"services": {}, _ANY: []})
        if entry.kind == _ANY:
            table[_ANY].append(entry.index)
            continue
        service = table["services"].setdefault(entry.service, {_NAMES: {}, _PREFIXES: [], _GLOBS: []})
        if entry.kind == _NAMES:
            service[_NAMES].setdefault(entry.text, []).append(entry.index)
        else:
            service[entry.kind].append([entry.index, [entry.text]])
    return tables


def lost(_: Entry) -> Iterator[list[Entry]]:
    """Yield no entries in place of this one."""
    yield []


def renamed(entry: Entry) -> Iterator[list[Entry]]:
    """Yield the entry with a text one character shorter, and with another statement's index."""
    if entry.text:
        yield [replace(entry, text=shorter(entry.text))]
    yield [replace(entry, index=entry.index + 1)]


def loosened(entry: Entry) -> Iterator[list[Entry]]:
    """Yield a prefix for a name, a glob with the text anywhere for a prefix, and globs with one wildcard that matches more or less."""
    match entry.kind:
        case "names":
            yield [replace(entry, kind=_PREFIXES)]
        case "prefixes" if entry.text:
            yield [replace(entry, kind=_GLOBS, text=anywhere(entry.text))]
        case "globs":
            yield from ([replace(entry, text=new)] for new in other_wildcards(entry.text, fields=False))


def in_capitals(entry: Entry) -> Iterator[list[Entry]]:
    """Yield the entry in capitals, so that no lower-case action matches it."""
    if entry.text.upper() != entry.text:
        yield [replace(entry, text=entry.text.upper())]


def flipped(entry: Entry) -> Entry:
    """Return the entry under the other effect."""
    return replace(entry, effect=_OPPOSITE[entry.effect])
