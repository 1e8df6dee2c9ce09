"""Lays out JSON values line by line, and marks the lines in which two decision documents differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Final

from iam2rego.engines.compare import Answer
from iam2rego.ir.decision import Decision
from iam2rego.jsontext import JsonValue, dumps, loads

_INDENT: Final = "  "
_DEEPEST: Final = 2
"""The depth to which members get their own line; deeper ones share it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document, and whether the other document lacks it."""

    text: str
    differs: bool = False


def compared(one: Answer, other: Answer) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines of both documents; if an engine failed, its ``error: ...`` is the only difference."""
    if isinstance(one, str) or isinstance(other, str):
        return _failing(one), _failing(other)
    lines, others = _lines(one), _lines(other)
    matcher = SequenceMatcher(None, list(map(_content, lines)), list(map(_content, others)), autojunk=False)
    blocks = matcher.get_matching_blocks()
    same = {block.a + step for block in blocks for step in range(block.size)}
    same_in_other = {block.b + step for block in blocks for step in range(block.size)}
    return _marked(lines, same), _marked(others, same_in_other)


def laid_out(value: JsonValue, label: str = "", depth: int = 0) -> list[str]:
    """Return the lines of ``value``; joined, they are JSON text."""
    before = _INDENT * depth + label
    match value:
        case dict() if value and depth < _DEEPEST:
            members = [laid_out(each, f"{dumps(name)}: ", depth + 1) for name, each in value.items()]
            return [f"{before}{{", *_separated(members), f"{_INDENT * depth}}}"]
        case list() if value and depth < _DEEPEST:
            return [f"{before}[", *_separated([laid_out(each, "", depth + 1) for each in value]), f"{_INDENT * depth}]"]
        case _:
            return [before + dumps(value)]


def _separated(parts: Sequence[Sequence[str]]) -> list[str]:
    *ended, last = parts
    return [*chain.from_iterable((*before, f"{end},") for *before, end in ended), *last]


def _lines(given: Decision) -> list[str]:
    return laid_out(loads(given.model_dump_json()))


def _failing(given: Answer) -> tuple[Line, ...]:
    return (Line(given, differs=True),) if isinstance(given, str) else tuple(map(Line, _lines(given)))


def _content(line: str) -> str:
    return line.removesuffix(",")  # a comma only says that another line follows


def _marked(lines: Sequence[str], same: set[int]) -> tuple[Line, ...]:
    return tuple(Line(text, number not in same) for number, text in enumerate(lines))
