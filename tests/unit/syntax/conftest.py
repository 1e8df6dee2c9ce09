"""Policies in which marks say what is wrong and where: ``⟨IAM107⟩`` stands before the character at which the problem starts.

A bare mark is an error in both modes, ``⟨IAM108 lenient⟩`` an error that `--lenient` turns into a warning, ``⟨IAM110 warning⟩`` and
``⟨IAM113 notice⟩`` are what they say in both.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import pytest

from iam2rego.ir.policy import Document, Kind
from iam2rego.source import Source
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.lower import Reading, read_policy
from iam2rego.syntax.parse import parse_json

_MARK: Final = re.compile(r"⟨(IAM\d{3})(?: (lenient|warning|notice))?⟩")

Problem: TypeAlias = tuple[int, int, str, str]
"""Line, column, severity and code."""


@dataclass(frozen=True)
class Judged:
    """The problems that were found in both modes, and those that the marks want."""

    found: Mapping[str, list[Problem]]
    wanted: Mapping[str, list[Problem]]


def _read(text: str, *, kind: Kind, lenient: bool, parameters: Mapping[str, str]) -> Reading:
    source = Source("policy.json", text)
    return read_policy(parse_json(source), source, FORMS[kind], lenient=lenient, parameters=parameters)


def _found(text: str, *, kind: Kind, lenient: bool, parameters: Mapping[str, str]) -> list[Problem]:
    reading = _read(text, kind=kind, lenient=lenient, parameters=parameters)
    spans = [(each, each.span) for each in reading.diagnostics]
    return [(span.line, span.column, each.severity, each.code) for each, span in spans if span]


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """Take the marks out; return the text, and place, code and kind for each mark."""
    text, places, end = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        end = mark.end()
        places.append((text.count("\n") + 1, len(text) - text.rfind("\n"), mark[1], mark[2] or "error"))
    return text + marked[end:], places


@pytest.fixture
def judge() -> Callable[..., Judged]:
    """Read a marked policy of some kind in both modes, with parameters by name."""

    def judge(marked: str, kind: Kind = Kind.IDENTITY, **parameters: str) -> Judged:
        text, places = _unmarked(marked)
        modes = {"default": {"lenient": "error"}, "lenient": {"lenient": "warning"}}
        return Judged(
            found={mode: _found(text, kind=kind, lenient=mode == "lenient", parameters=parameters) for mode in modes},
            wanted={
                mode: [(line, column, named.get(kind, kind), code) for line, column, code, kind in places] for mode, named in modes.items()
            },
        )

    return judge


@pytest.fixture
def read() -> Callable[..., Document]:
    """Read a policy of some kind that must be accepted, with parameters by name."""

    def read(text: str, kind: Kind = Kind.IDENTITY, *, lenient: bool = False, **parameters: str) -> Document:
        document = _read(text, kind=kind, lenient=lenient, parameters=parameters).document
        assert document is not None
        return document

    return read


@pytest.fixture
def messages() -> Callable[..., list[str]]:
    """Read a policy of some kind, and return the messages of its problems in order."""

    def messages(text: str, kind: Kind = Kind.IDENTITY) -> list[str]:
        return [each.message for each in _read(text, kind=kind, lenient=False, parameters={}).diagnostics]

    return messages


@pytest.fixture
def hints() -> Callable[..., list[str]]:
    """Read a policy of some kind, and return the hints of its problems in order."""

    def hints(text: str, kind: Kind = Kind.IDENTITY) -> list[str]:
        return [each.hint for each in _read(text, kind=kind, lenient=False, parameters={}).diagnostics]

    return hints
