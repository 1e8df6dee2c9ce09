"""The answers to a question."""

from dataclasses import dataclass
from typing import TypeAlias

from iam2rego.jsontext import JsonValue


@dataclass(frozen=True, slots=True)
class Proved:
    """It holds for every request."""


@dataclass(frozen=True, slots=True)
class Refuted:
    """It fails for a request, which the native evaluator has confirmed."""

    request: dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Undecided:
    """Neither could be shown; `reason` says why."""

    reason: str


Verdict: TypeAlias = Proved | Refuted | Undecided


class UndecidedError(Exception):
    """A part of the question cannot be decided: a limit was reached, or it has something that is not encoded."""
