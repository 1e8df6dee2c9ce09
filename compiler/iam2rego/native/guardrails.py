"""The policies that limit and never grant (E11 to E13)."""

from collections.abc import Iterator

from iam2rego.ir.policy import PolicyType
from iam2rego.native.situation import Situation


def failing(situation: Situation) -> Iterator[PolicyType]:
    """Yield the types that do not allow the request; of resource control policies only a Deny counts (E12)."""
    levels = situation.levels
    if PolicyType.SERVICE_CONTROL in levels and not (levels[PolicyType.SERVICE_CONTROL] and not levels_without_allow(situation)):
        yield PolicyType.SERVICE_CONTROL
    if PolicyType.VPC_ENDPOINT in levels and not situation.allowing(PolicyType.VPC_ENDPOINT):
        yield PolicyType.VPC_ENDPOINT  # E13


def levels_without_allow(situation: Situation) -> list[int]:
    """Return the levels of the service control policies, from 0, without an Allow that applies; each level needs one (E11)."""
    allowing = {each.level for each in situation.allowing(PolicyType.SERVICE_CONTROL)}
    return [level for level, _ in enumerate(situation.levels.get(PolicyType.SERVICE_CONTROL, ())) if level not in allowing]
