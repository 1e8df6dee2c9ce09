"""When two engines agree: on the whole decision document, member by member (contract.md)."""

from typing import Final, TypeAlias

from iam2rego.conformance.engine import Engine
from iam2rego.conformance.errors import EngineError
from iam2rego.ir.decision import Decision
from iam2rego.jsontext import JsonValue

Answer: TypeAlias = Decision | str
"""A decision, or ``error: ...`` where an engine failed to decide."""

INVALID: Final = "invalid"


def answer(engine: Engine, unit: int, request: JsonValue) -> Answer:
    """Ask ``engine``; its failure is an answer that agrees with none."""
    try:
        return engine.decide(unit, request)
    except EngineError as failure:
        return f"error: {failure}"


def agree(one: Answer, other: Answer) -> bool:
    """Say whether both are the same decision for the same reasons; `errors` only have to be empty or not in both."""
    if isinstance(one, str) or isinstance(other, str):
        return False
    return bool(one.errors) is bool(other.errors) and _reasons(one) == _reasons(other)


def outcome(given: Answer) -> str:
    """Return the decision's name as scenarios spell it: `invalid` for a refused request, and a failure as it is."""
    if isinstance(given, str):
        return given
    return INVALID if given.errors else given.decision.value


def _reasons(decision: Decision) -> tuple[object, ...]:
    return decision.decision, decision.matched_statements, decision.denied_by, decision.missing_context_keys
