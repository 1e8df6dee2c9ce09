"""Decides every action of a simulation on every resource with an engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import PolicyError
from iam2rego.engines.engine import Engine
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.policy import PolicyType
from iam2rego.jsontext import JsonValue
from iam2rego.simulate.callers import same_account
from iam2rego.simulate.check import invalid
from iam2rego.simulate.simulation import Simulation
from iam2rego.simulate.units import UNITS, Unit

_SIDES: Final[Mapping[PolicyType, Unit]] = MappingProxyType({PolicyType.IDENTITY: Unit.IDENTITY, PolicyType.RESOURCE: Unit.RESOURCE})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decisions on an action and one resource.

    Attributes:
        resource: the resource.
        decision: the decision by all policies together.
        organizations: whether service control policies allow it; None if there are none.
        boundary: whether the permissions boundary allows it; None if there is none.
        sides: the separate decisions of the identity policies and the resource's policy, if the resource is another account's and
            the service control policies do not deny.
    """

    resource: str
    decision: Decision
    organizations: bool | None
    boundary: bool | None
    sides: Mapping[PolicyType, Outcome]


def verdicts(simulation: Simulation, engine: Engine) -> list[tuple[str, Sequence[Verdict]]]:
    """Decide the actions of this page of the response; ``engine`` has the `units` of the same simulation.

    Raises:
        PolicyError: the engine rejects something that the API allows, such as a string over 64 KiB.
    """
    page = simulation.actions[simulation.first :][: simulation.most]
    return [(action, [_verdict(action, resource, simulation, engine) for resource in simulation.resources]) for action in page]


def _verdict(action: str, resource: str, simulation: Simulation, engine: Engine) -> Verdict:
    def decide(unit: Unit) -> Decision:
        decision = engine.decide(UNITS.index(unit), request)
        if decision.errors:
            raise PolicyError(invalid(simulation.source, simulation.place, each) for each in decision.errors)
        return decision

    request = _request(action, resource, simulation)
    attachments = simulation.policies.attachments
    organizations = None if attachments.service_control is None else _allowed(PolicyType.SERVICE_CONTROL, decide(Unit.ORGANIZATIONS))
    boundary = None if attachments.permissions_boundary is None else _allowed(PolicyType.PERMISSIONS_BOUNDARY, decide(Unit.BOUNDARY))
    across = not same_account(simulation.caller_for(resource), simulation.owner_of(resource))
    sides = {type_: _side(type_, decide(unit)) for type_, unit in _SIDES.items()} if across and organizations is not False else {}
    return Verdict(resource, decide(Unit.WHOLE), organizations, boundary, sides)


def _request(action: str, resource: str, simulation: Simulation) -> dict[str, JsonValue]:
    return {
        "principal": simulation.caller_for(resource),
        "action": action,
        "resource": resource,
        "resource_account": simulation.owner_of(resource)[1],
        "context": dict(simulation.context),
    }


def _allowed(type_: PolicyType, decision: Decision) -> bool:
    """Return whether policies of one type allow, in a decision by that type alone."""
    return type_ not in decision.denied_by


def _side(type_: PolicyType, decision: Decision) -> Outcome:
    if decision.decision is Outcome.EXPLICIT_DENY:
        return Outcome.EXPLICIT_DENY
    return Outcome.ALLOWED if _allowed(type_, decision) else Outcome.IMPLICIT_DENY
