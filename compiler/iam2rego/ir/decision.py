"""The decision document that every engine returns (docs/semantics.md, "Decisions")."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from iam2rego.ir.policy import Effect, PolicyType


class Outcome(StrEnum):
    """The three results of a decision (D1)."""

    ALLOWED = "allowed"
    EXPLICIT_DENY = "explicitDeny"
    IMPLICIT_DENY = "implicitDeny"


class _Document(BaseModel):
    # Deferred, so that a command which decides nothing does not pay for it.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Position(_Document):
    """A place, counted from 1."""

    line: int
    column: int


class MatchedStatement(_Document):
    """A statement that decided; `end` is just after its ``}``, `index` counts from 0, `sid` is empty when absent."""

    policy: str
    policy_type: PolicyType
    sid: str
    index: int
    effect: Effect
    start: Position
    end: Position


class Decision(_Document):
    """A decision and its reasons. Non-empty `errors` mean that the request was refused (N3) and never allowed."""

    decision: Outcome
    matched_statements: tuple[MatchedStatement, ...] = ()
    denied_by: tuple[str, ...] = ()
    missing_context_keys: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
