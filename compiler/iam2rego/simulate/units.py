"""What an engine is asked about: all policies of a simulation together, and single types of them, which the response speaks of too."""

from enum import Enum, auto
from typing import Final

from iam2rego.ir.policy import PolicySet, PolicyType
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
    def of(type_: PolicyType) -> PolicySet:
        return PolicySet(policies=tuple(each for each in every.policies if each.type is type_), simulated=True)

    match unit:
        case Unit.WHOLE:
            return every
        case Unit.ORGANIZATIONS:
            return of(PolicyType.SERVICE_CONTROL).model_copy(update={"service_control": every.service_control})
        case Unit.BOUNDARY:
            return of(PolicyType.PERMISSIONS_BOUNDARY).model_copy(update={"permissions_boundary": every.permissions_boundary})
        case Unit.IDENTITY:
            return of(PolicyType.IDENTITY).model_copy(update={"identity": every.identity})
        case Unit.RESOURCE:
            bounded = None if every.permissions_boundary is None else ()  # that there is one counts for ``NotPrincipal`` (P11)
            return of(PolicyType.RESOURCE).model_copy(update={"resource": every.resource, "permissions_boundary": bounded})
