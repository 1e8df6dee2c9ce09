"""The units to evaluate: all policies of a simulation together, and single types, which the response reports separately."""

from enum import Enum, auto
from typing import Final

from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import PolicySet
from iam2rego.ir.walk import walk
from iam2rego.simulate.simulation import Simulation


class Unit(Enum):
    """Policies that are decided together."""

    WHOLE = auto()
    ORGANIZATIONS = auto()
    BOUNDARY = auto()
    IDENTITY = auto()
    RESOURCE = auto()


UNITS: Final = tuple(Unit)
"""In the order of an engine's units."""


def units(simulation: Simulation) -> list[PolicySet]:
    """Return the policies of every unit, in the order of `UNITS`."""
    return [_only(unit, simulation.policies) for unit in UNITS]


def _only(unit: Unit, every: PolicySet) -> PolicySet:
    attached = every.attachments
    match unit:
        case Unit.WHOLE:
            return every
        case Unit.ORGANIZATIONS:
            kept = Attachments(service_control=attached.service_control, simulated=True)
        case Unit.BOUNDARY:
            kept = Attachments(permissions_boundary=attached.permissions_boundary, simulated=True)
        case Unit.IDENTITY:
            kept = Attachments(identity=attached.identity, simulated=True)
        case Unit.RESOURCE:
            bounded = None if attached.permissions_boundary is None else ()  # having one matters for ``NotPrincipal`` (P11)
            kept = Attachments(resource=attached.resource, permissions_boundary=bounded, simulated=True)
    names = {each.policy for each in walk(kept)}
    return PolicySet(policies=tuple(each for each in every.policies if each.name in names), attachments=kept)
