"""Reads an event of a decision log: the decision, the statements that made it, and the request."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import Effect

_ALLOWED: Final = ("allowed", "allow", "decision")
"""The names of `allow`'s answer in the responses of gateways."""

StatementKey: TypeAlias = tuple[str, int]
"""A statement: the name of its policy, and its index there."""


class Evidence(NamedTuple):
    """A statement that decided. Its `Sid` and effect show whether the sources still have it; labels give no effect."""

    key: StatementKey
    sid: str
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class Logged:
    """One decision.

    Attributes:
        outcome: the decision; None if only the answer of `allow` is logged.
        allowed: whether the request was allowed.
        statements: the ones that decided; if only the answer of `allow` is logged, the ones that OPA found to apply.
        request: the request; None if it is not logged.
        refused: whether the request was malformed.
        revisions: the revisions of OPA's bundles.
        time: the time as OPA writes it.
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
    """Return the decision document in an answer: the answer itself, or part of a whole package's or a gateway's response."""
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
    """Return the request: the one in a gateway's answer, or else the input, if that is a request."""
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
