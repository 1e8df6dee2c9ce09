"""Coverage by statement and by part: modified condition/decision coverage (MC/DC) of policies.

The parts of a statement are its conditions in the sense of MC/DC, and whether it applies is the decision. A part is covered by
two requests that differ in its truth alone and of which the statement applies to the one and not to the other.
"""

from dataclasses import dataclass
from enum import StrEnum

from iam2rego.coverage.observe import Place
from iam2rego.ir.policy import Effect
from iam2rego.jsontext import JsonValue
from iam2rego.source import Span


class PartKind(StrEnum):
    """What a part of a statement is."""

    PRINCIPAL = "principal"
    ACTION = "action"
    RESOURCE = "resource"
    KEY = "key"
    OPERATOR = "operator"
    VALUE = "value"
    QUALIFIER = "qualifier"


class Reason(StrEnum):
    """Why no pair of requests shows a part."""

    SHADOWED = "shadowed"
    """Another statement always decides in this one's stead."""
    CONTRADICTORY = "contradictory"
    """Two parts are never true together, so what needs both never is."""
    EQUIVALENT = "equivalent part"
    """Another part says as much or more, so this one changes nothing."""
    NO_VALUE = "no free context value"
    """No request has a value that meets it, or none has one that does not."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement: its kind, its text as it is written, and its place in the source."""

    kind: PartKind
    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two requests that differ in the truth of one part alone; the statement applies to the first and not to the second."""

    applies: JsonValue
    misses: JsonValue


@dataclass(frozen=True, slots=True)
class Infeasible:
    """Why there is no pair: the reason, the statements or parts that are its witness, and how many requests the claim survived."""

    reason: Reason
    by: tuple[str, ...]
    searched: int


@dataclass(frozen=True, slots=True)
class PartCoverage:
    """A part with its pair, or why there is none; with neither, the part is uncovered although it may be feasible."""

    part: Part
    pair: Pair | None
    infeasible: Infeasible | None


@dataclass(frozen=True, slots=True)
class StatementCoverage:
    """A statement with its parts, and whether it was seen to apply and not to apply."""

    place: Place
    effect: Effect
    sid: str
    parts: tuple[PartCoverage, ...]
    applied: bool
    not_applied: bool


@dataclass(frozen=True, slots=True)
class RuleLines:
    """The lines of an emitted module, counted from 1, that the requests made OPA evaluate, and those that they did not."""

    file: str
    covered: tuple[int, ...]
    not_covered: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PolicyCoverage:
    """A policy with its statements, and the lines of its module where they were asked for."""

    policy: str
    statements: tuple[StatementCoverage, ...]
    rules: RuleLines | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many statements there are, how many were seen to apply and not to, and which were not; the same of their parts.

    `flipped` counts the parts with a pair, `infeasible` those with a reason why there is none. `detail` has the policies in their
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
