"""Two engines agree when their decision documents are equal, member by member."""

from typing import Final, TypeAlias

from iam2rego.engines.contradiction import Contradiction, ContradictionError
from iam2rego.engines.engine import Engine
from iam2rego.engines.errors import EngineError
from iam2rego.ir.decision import Decision
from iam2rego.jsontext import JsonValue

Answer: TypeAlias = Contradiction | Decision | str
"""A decision, a contradiction, or ``error: ...`` if an engine failed to decide."""

INVALID: Final = "invalid"
_DECIDING_NOTHING: Final = (str, Contradiction)


def answer(engine: Engine, unit: int, request: JsonValue) -> Answer:
    """Ask ``engine``; a failure or contradiction is an answer that agrees with no other."""
    try:
        return engine.decide(unit, request)
    except ContradictionError as failure:
        return failure.contradiction
    except EngineError as failure:
        return f"error: {failure}"


def agree(one: Answer, other: Answer) -> bool:
    """Return whether both are the same decision for the same reasons; `errors` must be empty in both or in neither."""
    if isinstance(one, _DECIDING_NOTHING) or isinstance(other, _DECIDING_NOTHING):
        return False
    return bool(one.errors) is bool(other.errors) and _reasons(one) == _reasons(other)


def outcome(given: Answer) -> str:
    """Return the decision as scenarios spell it: `invalid` for a refused request; a failure or contradiction in words."""
    if isinstance(given, str):
        return given
    if isinstance(given, Contradiction):
        return f"error: {given.words}"
    return INVALID if given.errors else given.decision.value


def _reasons(decision: Decision) -> tuple[object, ...]:
    return decision.decision, decision.matched_statements, decision.denied_by, decision.missing_context_keys
