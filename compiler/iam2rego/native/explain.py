"""Explains a decision in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.policy import Effect, PolicySet, PolicyType
from iam2rego.jsontext import JsonValue
from iam2rego.native.actions import action_matches
from iam2rego.native.authentication import is_uncontrolled
from iam2rego.native.authorize import decision_in
from iam2rego.native.failures import Failure, first_failure, why_never
from iam2rego.native.guardrails import levels_without_allow
from iam2rego.native.principals import match_of
from iam2rego.native.request import Request, RequestError, read_request
from iam2rego.native.situation import Placed, Situation, situation_of
from iam2rego.source import Span

_GUARDS: Final = (PolicyType.SERVICE_CONTROL, PolicyType.VPC_ENDPOINT)
_POLICY: Final[Mapping[str, str]] = {
    PolicyType.IDENTITY: "an identity-based policy",
    PolicyType.PERMISSIONS_BOUNDARY: "a permissions boundary",
    PolicyType.SESSION: "a session policy",
    PolicyType.RESOURCE: "a resource-based policy",
    PolicyType.SERVICE_CONTROL: "a service control policy",
    PolicyType.RESOURCE_CONTROL: "a resource control policy",
    PolicyType.VPC_ENDPOINT: "a VPC endpoint policy",
}
_NO_POLICY: Final[Mapping[str, str]] = {
    **{each: f"no {words.partition(' ')[2]}" for each, words in _POLICY.items()},
    PolicyType.SERVICE_CONTROL: "not every level of service control policies",
}
_NEAREST: Final = 5
"""How many of the statements that nearly apply are shown."""


class Reason(NamedTuple):
    """A line of an explanation, with the statement to quote below it, and the part of that statement that fails."""

    words: str
    shown: Placed | None = None
    part: Span | None = None


def explain(policies: PolicySet, request: JsonValue) -> list[str]:
    """Return lines that give the decision, the statements that made it, and why the nearest Allow statements do not apply."""
    return [reason.words for reason in reasons(policies, request)]


def reasons(policies: PolicySet, request: JsonValue) -> list[Reason]:
    """Return the same lines with the statements that decided, and the nearest Allow of each type."""
    try:
        return list(_reasons(situation_of(policies, read_request(request))))
    except RequestError as error:
        return [Reason("the request is refused"), *(Reason(f"  {each}") for each in error.errors)]


def _reasons(situation: Situation) -> Iterator[Reason]:
    decision = decision_in(situation)
    yield Reason(_verdict(decision, situation.request))
    yield from _applying(decision, situation)
    if decision.decision is Outcome.ALLOWED and not decision.matched_statements:
        yield Reason(f"  {_without_statements(situation)}")
    if decision.decision is Outcome.IMPLICIT_DENY:
        for each in _helpful(decision, situation):
            yield from _lacking(each, situation)
    if decision.missing_context_keys:
        yield Reason("  not in the request: " + ", ".join(f"`{key}`" for key in decision.missing_context_keys))


def _without_statements(situation: Situation) -> str:
    """Say why a request is allowed although no Allow grants it."""
    request = situation.request
    if is_uncontrolled(request) and not situation.simulated:
        return f"no policy controls `{request.action}`"  # E16
    besides = " but its session's" if PolicyType.SESSION in situation.levels else ""
    return f"the root user of the resource's account needs no Allow{besides}"  # E8


def _verdict(decision: Decision, request: Request) -> str:
    why = because(decision)
    return f"{decision.decision} for {request.caller.kind.value}{f': {why}' if why else ''}"


def because(decision: Decision) -> str:
    """Say which types of policy denied the request, or do not allow it; empty if there are none."""
    if not decision.denied_by:
        return ""
    if decision.decision is Outcome.EXPLICIT_DENY:
        return f"denied by {' and '.join(_POLICY.get(each, each) for each in decision.denied_by)}"
    return f"{' and '.join(_NO_POLICY.get(each, each) for each in decision.denied_by)} allows it"


def _applying(decision: Decision, situation: Situation) -> Iterator[Reason]:
    """Name the statements that decided. For an implicit deny, name the Allow statements that apply, except guardrails that pass."""
    deciding = {(each.policy_type, each.policy, each.index) for each in decision.matched_statements}
    for each in situation.applying:
        decides = (each.type, each.policy.name, each.index) in deciding
        passes = each.type in _GUARDS and each.type not in decision.denied_by
        if decides or (decision.decision is Outcome.IMPLICIT_DENY and not passes):
            yield Reason(f"  {_name(each)} applies{_naming(each, situation)}", each if decides else None)


def _naming(placed: Placed, situation: Situation) -> str:
    """Say how a statement of the resource's policy matches the caller, since grants depend on it (P1)."""
    match = match_of(placed.statement, situation.request.caller)
    return f" ({match})" if match and placed.type is PolicyType.RESOURCE else ""


def _name(placed: Placed) -> str:
    span, statement = placed.statement.span, placed.statement
    place = f"{placed.policy.file}:{span.line}:{span.column}" if span else placed.policy.file
    sid = f" `{statement.sid}`" if statement.sid else ""
    return f"{statement.effect} statement {placed.index}{sid} of {placed.policy.name} ({place})"


def _helpful(decision: Decision, situation: Situation) -> Sequence[PolicyType]:
    """Return the types whose Allow would help: those in `denied_by`, and the resource's policy, which may grant on its own."""
    denied_by = {PolicyType(each) for each in decision.denied_by}
    may_do = PolicyType.IDENTITY in denied_by and PolicyType.RESOURCE in situation.levels and not situation.allowing(PolicyType.RESOURCE)
    return sorted(denied_by | ({PolicyType.RESOURCE} if may_do else set()))


def _lacking(policy_type: PolicyType, situation: Situation) -> Iterator[Reason]:
    """Say why a type of policy does not allow the request, level by level."""
    if policy_type is PolicyType.RESOURCE and (reason := why_never(situation)):
        yield Reason(f"  resource: {reason}")
        return
    of_type = [each for each in situation.statements if each.type is policy_type]
    levels = situation.levels.get(policy_type, ())
    if policy_type is PolicyType.SERVICE_CONTROL and levels:
        for level in levels_without_allow(situation):
            of_level = [each for each in of_type if each.level == level]
            yield from _nearest(f"{policy_type} level {level}", of_level, situation, empty=not levels[level])
    else:
        yield from _nearest(policy_type, of_type, situation, empty=not any(levels))


def _nearest(label: str, statements: Sequence[Placed], situation: Situation, *, empty: bool) -> Iterator[Reason]:
    """Name the nearest Allow statements, and the first part of each that does not match."""
    allows = [each for each in statements if each.statement.effect is Effect.ALLOW]
    near = [each for each in allows if action_matches(each.statement.actions, situation.request.action)]
    failing = sorted(((failure, each) for each in near if (failure := first_failure(each, situation.request))), key=_distance)
    for rank, (failure, each) in enumerate(failing[:_NEAREST]):
        yield Reason(f"  {label}: {_name(each)} does not apply: {failure.words}", *((each, failure.part) if rank == 0 else ()))
    if len(failing) > _NEAREST:
        yield Reason(f"  {label}: ... nor do {len(failing) - _NEAREST} more")
    if not near:
        yield Reason(f"  {label}: " + (f"no Allow statement names `{situation.request.action}`" if not empty else "there is no policy"))


def _distance(failing: tuple[Failure, Placed]) -> int:
    return -failing[0].passed
