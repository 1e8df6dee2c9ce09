"""What an event of a decision log tells: what was decided, by which statements, and of which request."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import Effect

_ALLOWED: Final = ("allowed", "allow", "decision")
"""What gateways' responses call the answer of `allow`."""

StatementKey: TypeAlias = tuple[str, int]
"""A statement: the name of its policy, and its index there."""


class Evidence(NamedTuple):
    """A statement that decided, with its `Sid` and effect, which tell whether the sources still have it; no effect where labels tell."""

    key: StatementKey
    sid: str
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class Logged:
    """One decision.

    Attributes:
        outcome: what was decided; None where the log holds the answer of `allow` alone.
        allowed: whether that allows the request.
        statements: those that decided; where the log holds the answer of `allow` alone, those that OPA has seen to apply.
        request: the request; None where the log does not hold it.
        refused: whether it was no request.
        revisions: of the bundles that OPA had.
        time: when, as OPA writes it.
    """

    outcome: Outcome | None
    allowed: bool
    statements: tuple[Evidence, ...]
    request: dict[str, Any] | None
    refused: bool
    revisions: tuple[str, ...]
    time: str


def read_event(event: Any, package: str) -> Logged | None:
    """Read an event; None if it is not a well-formed decision of the entry points below ``package``."""
    if not isinstance(event, dict) or not _is_asked(event.get("path"), package):
        return None
    result = event.get("result")
    document = _document(result)
    if document is None:
        return _of_answer(event, result)
    try:
        outcome = Outcome(document["decision"])
        statements = tuple(_matched(document))
        refused = bool(document["errors"])
    except (LookupError, TypeError, ValueError):
        return None
    return Logged(outcome, outcome is Outcome.ALLOWED, statements, _request(event, result), refused, _revisions(event), _time(event))


def _is_asked(path: Any, package: str) -> bool:
    folder = package.replace(".", "/")
    return isinstance(path, str) and path.strip("/").startswith((f"{folder}/authz", f"{folder}/gateway"))


def _document(result: Any) -> dict[str, Any] | None:
    """Return the decision document in an answer: itself, or that of a whole package or of a gateway's response."""
    match result:
        case {"decision": dict(inner)} | {"decision": bool(), "context": dict(inner)}:
            return inner
        case dict() if isinstance(result.get("decision"), str):
            return result
    return None


def _of_answer(event: dict[str, Any], result: Any) -> Logged | None:
    """Read an event of the query `allow`; its labels name the statements that OPA found to apply."""
    allowed = next((result[name] for name in _ALLOWED if name in result), None) if isinstance(result, dict) else result
    if not isinstance(allowed, bool):
        return None
    return Logged(None, allowed, tuple(_labelled(event)), _request(event, result), False, _revisions(event), _time(event))


def _matched(document: dict[str, Any]) -> Iterator[Evidence]:
    for each in document["matched_statements"]:
        match each:
            case {"policy": str(policy), "index": int(index), "sid": str(sid), "effect": effect}:
                yield Evidence((policy, index), sid, Effect(effect))
            case _:
                raise ValueError


def _labelled(event: dict[str, Any]) -> Iterator[Evidence]:
    for label in event.get("rule_labels") or ():
        match label:
            case {"policy": str(policy), "index": int(index)}:
                yield Evidence((policy, index), str(label.get("sid", "")), None)


def _request(event: dict[str, Any], result: Any) -> dict[str, Any] | None:
    """Return the request: what a gateway's answer says that it was, or else the input, if that is one."""
    made = result.get("request") if isinstance(result, dict) else None
    for request in (made, event.get("input")):
        match request:
            case {"action": str(), "resource": str()}:
                return request
    return None


def _revisions(event: dict[str, Any]) -> tuple[str, ...]:
    bundles = event.get("bundles")
    told = bundles.values() if isinstance(bundles, dict) else ()
    return tuple(each["revision"] for each in told if isinstance(each, dict) and isinstance(each.get("revision"), str))


def _time(event: dict[str, Any]) -> str:
    time = event.get("timestamp")
    return time if isinstance(time, str) else ""
