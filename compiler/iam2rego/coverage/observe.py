"""Observes decisions of the native engine: which statements take part, and which of them apply."""

from dataclasses import dataclass
from typing import Final

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.policy import Effect, Policy, PolicySet, PolicyType, Statement
from iam2rego.jsontext import JsonValue
from iam2rego.native.authorize import decision_in
from iam2rego.native.request import RequestError, read_request
from iam2rego.native.situation import Placed, situation_of
from iam2rego.questions.attached import ENOUGH

_GRANTING: Final = (PolicyType.IDENTITY, PolicyType.RESOURCE)

_STEP: Final = ENOUGH // 3
"""Weighs more than any number of missing Allows."""

_DENIED: Final = 8
"""One more than the number of types that can lack an Allow, so that a Deny weighs more than all of these together."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A statement, by the name of its policy and its index there."""

    policy: str
    index: int


@dataclass(frozen=True, slots=True)
class Observation:
    """A decision, and the statements that it shows to apply and not to apply."""

    decision: Decision
    applied: frozenset[Place] = frozenset()
    not_applied: frozenset[Place] = frozenset()


def observe(policies: PolicySet, request: JsonValue) -> Observation:
    """Decide natively. A refused request shows nothing, and if a Deny applies, no Allow shows."""
    try:
        situation = situation_of(policies, read_request(request))
    except RequestError as error:
        return Observation(Decision(decision=Outcome.IMPLICIT_DENY, errors=error.errors))
    decision = decision_in(situation)
    told = [each for each in situation.statements if _tells(decision, each)]
    applying = {_place(each) for each in situation.applying}
    limiting = {_place(each) for each in situation.applying if _tells(decision, each) and each.type not in _GRANTING}
    matched = {Place(each.policy, each.index) for each in decision.matched_statements}
    return Observation(
        decision, frozenset(matched | limiting), frozenset(place for each in told if (place := _place(each)) not in applying)
    )


def _tells(decision: Decision, placed: Placed) -> bool:
    return placed.statement.effect is Effect.DENY or decision.decision is not Outcome.EXPLICIT_DENY


def _place(placed: Placed) -> Place:
    return Place(placed.policy.name, placed.index)


@dataclass(frozen=True, slots=True)
class Scales:
    """Weighs how much a request shows of one statement, by the policies with and without it."""

    place: Place
    whole: PolicySet
    without: PolicySet

    def weight(self, request: JsonValue) -> int:
        """Return how much depends on the statement: whether it applies, shows in the document, and decides."""
        seen = observe(self.whole, request)
        if seen.decision.errors:
            return -_STEP * _DENIED
        lacking = _lacking(seen.decision)
        if self.place not in seen.applied:
            return -lacking
        other = observe(self.without, request).decision
        shows = (other.matched_statements, other.denied_by) != (seen.decision.matched_statements, seen.decision.denied_by)
        decides = other.decision is not seen.decision.decision
        return _STEP + _STEP * shows + (_STEP if decides else -lacking)


def _lacking(decision: Decision) -> int:
    denying = _DENIED * len(decision.matched_statements) if decision.decision is Outcome.EXPLICIT_DENY else 0
    return denying + len(decision.denied_by)


def scales(policies: PolicySet, policy: Policy, index: int) -> Scales:
    """Return the scales for a statement of ``policy``, one of ``policies``; without it means with a muted copy in its place."""
    statements = policy.document.statements
    mute = (*statements[:index], _muted(statements[index]), *statements[index + 1 :])
    changed = policy.model_copy(update={"document": policy.document.model_copy(update={"statements": mute})})
    others = tuple(changed if each.name == policy.name else each for each in policies.policies)
    return Scales(Place(policy.name, index), policies, policies.model_copy(update={"policies": others}))


def _muted(statement: Statement) -> Statement:
    """Return a statement without actions, which never applies, so that the index of the others stays."""
    nothing = statement.actions.model_copy(update={"negated": False, "entries": ()})
    return statement.model_copy(update={"actions": nothing})
