"""Prints JSON: for people who read what has changed, or in few bytes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from pydantic import TypeAdapter

_ANYTHING: Final[TypeAdapter[Any]] = TypeAdapter(Any)


@dataclass(frozen=True, slots=True)
class Printed:
    """Text that `broken` has printed, for use inside something else."""

    text: str


def broken(value: object, indent: str = "") -> str:
    """Return ``value`` as JSON with a member of an object or an item of a list on a line, and no more in it.

    The first line is without the ``indent``; an item of a list stays on its line whatever it holds.
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
    """Return ``value`` as JSON on one line: OPA keeps all its text in memory while it reads it.

    There is much of it, and pydantic prints it in half the time that `json` takes.
    """
    return _ANYTHING.dump_json(value, ensure_ascii=True).decode()
