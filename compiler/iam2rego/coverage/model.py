"""Coverage by statement and by part: modified condition/decision coverage (MC/DC) of policies.

The parts of a statement are the conditions of MC/DC, and whether the statement applies is the decision. A part is covered by
two requests that differ only in the truth of that part, where the statement applies to one and not to the other.
"""

from dataclasses import dataclass
from enum import StrEnum

from iam2rego.coverage.observe import Place
from iam2rego.ir.policy import Effect
from iam2rego.jsontext import JsonValue
from iam2rego.source import Span


class PartKind(StrEnum):
    """The kinds of part of a statement."""

    PRINCIPAL = "principal"
    ACTION = "action"
    RESOURCE = "resource"
    KEY = "key"
    OPERATOR = "operator"
    VALUE = "value"
    QUALIFIER = "qualifier"


class Reason(StrEnum):
    """The reasons why no pair of requests shows a part."""

    SHADOWED = "shadowed"
    """Another statement always decides first."""
    CONTRADICTORY = "contradictory"
    """Two parts are never true together, so nothing that needs both is ever true."""
    EQUIVALENT = "equivalent part"
    """Another part says as much or more, so this one changes nothing."""
    NO_VALUE = "no free context value"
    """Either no request matches it, or every request does."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement: its kind, its text as it is written, and its place in the source."""

    kind: PartKind
    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two requests that differ only in the truth of one part; the statement applies to the first and not to the second."""

    applies: JsonValue
    misses: JsonValue


@dataclass(frozen=True, slots=True)
class Infeasible:
    """Why there is no pair: the reason, the statements or parts that cause it, and how many requests agree with it."""

    reason: Reason
    by: tuple[str, ...]
    searched: int


@dataclass(frozen=True, slots=True)
class PartCoverage:
    """A part with its pair, or why there is none; without either the part is uncovered, and may still be feasible."""

    part: Part
    pair: Pair | None
    infeasible: Infeasible | None


@dataclass(frozen=True, slots=True)
class StatementCoverage:
    """A statement with its parts, and whether a request was seen that it applies to, and one that it does not apply to."""

    place: Place
    effect: Effect
    sid: str
    parts: tuple[PartCoverage, ...]
    applied: bool
    not_applied: bool


@dataclass(frozen=True, slots=True)
class RuleLines:
    """The lines of an emitted module, counted from 1, that OPA evaluated for the requests, and those that it did not."""

    file: str
    covered: tuple[int, ...]
    not_covered: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PolicyCoverage:
    """A policy with its statements, and the lines of its module if requested."""

    policy: str
    statements: tuple[StatementCoverage, ...]
    rules: RuleLines | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of statements, of those seen to apply and not to apply, and the ones not seen; the same for their parts.

    `flipped` counts the parts with a pair, `infeasible` those with a reason why there is none. `detail` has the policies in
    order.
    """

    statements: int
    applied: int
    not_applied: int
    never_applied: tuple[Place, ...] = ()
    always_applied: tuple[Place, ...] = ()
    parts: int = 0
    flipped: int = 0
    infeasible: int = 0
    detail: tuple[PolicyCoverage, ...] = ()
