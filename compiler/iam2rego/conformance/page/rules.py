"""The text of an emitted module, taken apart by the statements that its rules come from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

_HEAD: Final = re.compile(r"^(?:(?:allow|deny|reads_context) contains \[?(\d+)\b|statement_(\d+)_)", re.MULTILINE)
"""A rule of a statement adds the statement's index to a set, or is a helper with the index in its name."""

_METADATA: Final = re.compile(r"# (?:METADATA$|labels:$|  )")
"""The annotation that says where a rule comes from; the page shows that above the rule anyway."""

Lines = tuple[tuple[int, str], ...]
"""Lines with their numbers, from 1."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines of a module: those of each statement by its index, and the rest (package and imports).

    METADATA is left out.
    """

    statements: Mapping[int, Lines]
    others: Lines


def rules_of(module: str) -> Rules:
    """Take the text of a module apart; blank lines only occur between rules, because strings hold no line breaks."""
    found: dict[int | None, list[tuple[int, str]]] = {}
    for block in _blocks(module):
        found.setdefault(_statement(block), []).extend([*_told(block), (block[-1][0] + 1, "")])
    whole = {statement: tuple(lines[:-1]) for statement, lines in found.items()}
    return Rules({index: lines for index, lines in whole.items() if index is not None}, whole.get(None, ()))


def _blocks(module: str) -> Iterator[list[tuple[int, str]]]:
    numbered = enumerate(module.split("\n"), 1)
    yield from (list(lines) for filled, lines in groupby(numbered, key=lambda line: bool(line[1].strip())) if filled)


def _told(block: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(number, text) for number, text in block if not _METADATA.match(text)]


def _statement(block: list[tuple[int, str]]) -> int | None:
    head = _HEAD.search("\n".join(text for _, text in block))
    return int(head[1] or head[2]) if head else None
