"""Prints JSON, either for readable diffs or compactly."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from pydantic import TypeAdapter

_ANYTHING: Final[TypeAdapter[Any]] = TypeAdapter(Any)


@dataclass(frozen=True, slots=True)
class Printed:
    """Text that `broken` has printed, to include in other JSON."""

    text: str


def broken(value: object, indent: str = "") -> str:
    """Return ``value`` as JSON with each member of an object, and each item of a list, on its own line.

    The first line has no ``indent``; an item of a list stays on one line whatever it contains.
    """
    match value:
        case Printed(text=text):
            return text.replace("\n", f"\n{indent}")
        case {} if value:
            return _bracketed("{}", (f"{json.dumps(name)}: {broken(each, f'{indent} ')}" for name, each in value.items()), indent)
        case [*items] if items:
            return _bracketed("[]", map(json.dumps, items), indent)
        case _:
            return json.dumps(value)


def _bracketed(brackets: str, lines: Iterable[str], indent: str) -> str:
    separator = f",\n{indent} "
    return f"{brackets[0]}\n{indent} {separator.join(lines)}\n{indent}{brackets[1]}"


def compact(value: object) -> str:
    """Return ``value`` as JSON on one line, because OPA keeps the whole text in memory while it reads it.

    There is a lot of it, and pydantic needs half the time of `json`.
    """
    return _ANYTHING.dump_json(value, ensure_ascii=True).decode()
