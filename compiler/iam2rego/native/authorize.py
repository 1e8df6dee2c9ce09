"""The decision, and the document that reports it (docs/semantics.md, "Decisions")."""

from collections.abc import Iterable

from iam2rego.ir.decision import Decision, MatchedStatement, Outcome, Position
from iam2rego.ir.policy import PolicySet, PolicyType
from iam2rego.jsontext import JsonValue
from iam2rego.native.authentication import is_uncontrolled
from iam2rego.native.case import fold
from iam2rego.native.grants import lacking, terms
from iam2rego.native.guardrails import failing
from iam2rego.native.request import Request, RequestError, read_request
from iam2rego.native.situation import Placed, Situation, situation_of
from iam2rego.native.statements import context_keys


def authorize(policies: PolicySet, request: JsonValue) -> Decision:
    """Decide a request document. One that N3 refuses is never allowed, and the decision says why in `errors`."""
    try:
        return decide(policies, read_request(request))
    except RequestError as error:
        return Decision(decision=Outcome.IMPLICIT_DENY, errors=error.errors)


def decide(policies: PolicySet, request: Request) -> Decision:
    """Decide a well-formed request."""
    return decision_in(situation_of(policies, request))


def decision_in(situation: Situation) -> Decision:
    """Decide a request by the policies that take part (E1, E2); no policy controls some requests (E16)."""
    if is_uncontrolled(situation.request) and not situation.simulated:
        return _decision(Outcome.ALLOWED, [], [], situation)
    if denying := situation.denying():
        return _decision(Outcome.EXPLICIT_DENY, denying, {each.type for each in denying}, situation)
    guarding = set(failing(situation))
    holding = [term for term in terms(situation) if term.holds]
    if guarding or not holding:
        return _decision(Outcome.IMPLICIT_DENY, [], guarding | set(lacking(situation)), situation)
    return _decision(Outcome.ALLOWED, [each for term in holding for each in term.statements], [], situation)


def missing_keys(situation: Situation) -> list[str]:
    """Return the keys that the request lacks and that statements about its caller and action read, each as first spelled (D5)."""
    spelling: dict[str, str] = {}
    for each in situation.concerning:
        if each.type is not PolicyType.SERVICE_CONTROL:
            for key in context_keys(each.statement):
                spelling.setdefault(fold(key), key)
    return sorted(spelled for key, spelled in spelling.items() if key not in situation.request.context)


def _decision(outcome: Outcome, deciding: Iterable[Placed], denied_by: Iterable[PolicyType], situation: Situation) -> Decision:
    by_place = {(each.type, each.policy.name, each.index): each for each in deciding}  # once, however many levels hold it
    return Decision(
        decision=outcome,
        matched_statements=tuple(_matched(by_place[place]) for place in sorted(by_place)),
        denied_by=tuple(sorted(each.value for each in denied_by)),
        missing_context_keys=tuple(missing_keys(situation)),
    )


def _matched(placed: Placed) -> MatchedStatement:
    span = placed.statement.span
    assert span is not None, "the front end gives every statement its place"
    return MatchedStatement(
        policy=placed.policy.name,
        policy_type=placed.type,
        sid=placed.statement.sid,
        index=placed.index,
        effect=placed.statement.effect,
        start=Position(line=span.line, column=span.column),
        end=Position(line=span.end_line, column=span.end_column),
    )
