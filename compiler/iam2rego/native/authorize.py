"""The decision (sections 7 and 8 of the rules), and the document that reports it (contract.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iam2rego.ir.decision import Decision, MatchedStatement, Outcome, Position
from iam2rego.ir.policy import Effect, Policy, PolicySet, Statement
from iam2rego.jsontext import JsonValue
from iam2rego.native.actions import action_matches
from iam2rego.native.case import fold
from iam2rego.native.grants import has_identity_policies, lacking
from iam2rego.native.request import Request, RequestError, read_request
from iam2rego.native.statements import applies, context_keys


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement with the policy that holds it and its index there."""

    policy: Policy
    index: int
    statement: Statement


def authorize(policies: PolicySet, request: JsonValue) -> Decision:
    """Decide a request document; one that N3 refuses is never allowed, and the decision says why in `errors`."""
    try:
        return decide(policies, read_request(request))
    except RequestError as error:
        return Decision(decision=Outcome.IMPLICIT_DENY, errors=error.errors)


def decide(policies: PolicySet, request: Request) -> Decision:
    """Decide a well-formed request."""
    statements = taking_part(policies, request)
    applying = [each for each in statements if applies(each.statement, request)]
    denying = [each for each in applying if each.statement.effect is Effect.DENY]
    lacks = sorted(lacking(request, identity_allows=bool(applying)))
    missing = missing_keys(statements, request)
    if denying:  # E1
        return _decision(Outcome.EXPLICIT_DENY, denying, {each.policy.type.value for each in denying}, missing)
    if lacks:
        return _decision(Outcome.IMPLICIT_DENY, [], lacks, missing)
    return _decision(Outcome.ALLOWED, applying, [], missing)


def taking_part(policies: PolicySet, request: Request) -> list[Placed]:
    """Return the statements of every policy that concerns the caller, ordered by type, policy and index."""
    if not has_identity_policies(request.caller):
        return []
    ordered = sorted(policies.policies, key=lambda policy: (policy.type, policy.name))
    return [Placed(policy, index, statement) for policy in ordered for index, statement in enumerate(policy.document.statements)]


def missing_keys(statements: Iterable[Placed], request: Request) -> list[str]:
    """Return the context keys that statements about the action read and the request lacks, each as first spelled (D5)."""
    spelling: dict[str, str] = {}
    for each in statements:
        if action_matches(each.statement.actions, request.action):
            for key in context_keys(each.statement):
                spelling.setdefault(fold(key), key)
    return sorted(spelled for key, spelled in spelling.items() if key not in request.context)


def _decision(outcome: Outcome, deciding: Sequence[Placed], denied_by: Iterable[str], missing: Sequence[str]) -> Decision:
    return Decision(
        decision=outcome,
        matched_statements=tuple(map(_matched, deciding)),
        denied_by=tuple(sorted(denied_by)),
        missing_context_keys=tuple(missing),
    )


def _matched(placed: Placed) -> MatchedStatement:
    span = placed.statement.span
    assert span is not None, "the front end gives every statement its place"
    return MatchedStatement(
        policy=placed.policy.name,
        policy_type=placed.policy.type,
        sid=placed.statement.sid,
        index=placed.index,
        effect=placed.statement.effect,
        start=Position(line=span.line, column=span.column),
        end=Position(line=span.end_line, column=span.end_column),
    )
