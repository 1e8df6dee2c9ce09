"""A decision in words, for people who ask why."""

from collections.abc import Iterator
from typing import Final

from iam2rego.ir.condition import Condition
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.policy import Effect, PolicySet, Statement
from iam2rego.jsontext import JsonValue
from iam2rego.native.actions import action_matches
from iam2rego.native.authorize import Placed, decide, taking_part
from iam2rego.native.conditions import condition_holds
from iam2rego.native.request import Request, RequestError, read_request
from iam2rego.native.resources import resource_matches
from iam2rego.native.statements import applies

_NEAREST: Final = 5
"""How many statements that nearly apply are worth a reader's time."""


def explain(policies: PolicySet, request: JsonValue) -> list[str]:
    """Return lines that say what is decided, which statements apply, and what keeps the nearest Allow statements from it."""
    try:
        return list(_lines(policies, read_request(request)))
    except RequestError as error:
        return ["the request is refused", *(f"  {each}" for each in error.errors)]


def _lines(policies: PolicySet, request: Request) -> Iterator[str]:
    decision = decide(policies, request)
    statements = taking_part(policies, request)
    yield _verdict(decision, request)
    for each in statements:
        if applies(each.statement, request):
            yield f"  {_name(each)} applies"
    if decision.decision is Outcome.IMPLICIT_DENY:
        yield from _nearest(statements, request)
    if decision.missing_context_keys:
        yield "  not in the request: " + ", ".join(f"`{key}`" for key in decision.missing_context_keys)


def _verdict(decision: Decision, request: Request) -> str:
    by = f", lacking an allow of: {', '.join(decision.denied_by)}" if decision.decision is Outcome.IMPLICIT_DENY else ""
    return f"{decision.decision} for {request.caller.kind.value}{by}"


def _name(placed: Placed) -> str:
    span, statement = placed.statement.span, placed.statement
    place = f"{placed.policy.file}:{span.line}:{span.column}" if span else placed.policy.file
    sid = f" `{statement.sid}`" if statement.sid else ""
    return f"{statement.effect} statement {placed.index}{sid} of {placed.policy.name} ({place})"


def _nearest(statements: list[Placed], request: Request) -> Iterator[str]:
    """Name the Allow statements that name the action and yet do not apply."""
    allows = [each for each in statements if each.statement.effect is Effect.ALLOW]
    near = [each for each in allows if action_matches(each.statement.actions, request.action)]
    failing = [(each, failure) for each in near if (failure := _first_failure(each.statement, request))]
    for each, failure in failing[:_NEAREST]:
        yield f"  {_name(each)} does not apply: {failure}"
    if len(failing) > _NEAREST:
        yield f"  ... nor do {len(failing) - _NEAREST} more"
    if not near:
        yield f"  no Allow statement names `{request.action}`"


def _first_failure(statement: Statement, request: Request) -> str | None:
    """Say which part of a statement that names the action is the first that does not match, or None when it applies."""
    if not resource_matches(statement.resources, request.resource, request.context):
        return f"its {'NotResource' if statement.resources.negated else 'Resource'} does not match `{request.resource}`"
    failing = (each for each in statement.conditions if not condition_holds(each, request.context))
    return next((f"`{_operator(each)}` of `{each.key}` is false" for each in failing), None)


def _operator(condition: Condition) -> str:
    """Return the operator as a policy spells it."""
    qualifier = f"{condition.qualifier}:" if condition.qualifier else ""
    return f"{qualifier}{condition.operator}{'IfExists' if condition.if_exists else ''}"
