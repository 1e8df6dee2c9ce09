"""A policy by itself, in a set where its decisions show."""

from typing import Final

from iam2rego.ir.everything import everything
from iam2rego.ir.policy import Policy, PolicySet, PolicyType
from iam2rego.ir.walk import from_levels

_NEEDS_ALLOW: Final = (
    PolicyType.PERMISSIONS_BOUNDARY,
    PolicyType.SESSION,
    PolicyType.SERVICE_CONTROL,
    PolicyType.RESOURCE_CONTROL,
    PolicyType.VPC_ENDPOINT,
)
_EVERYTHING: Final = everything("everything#")
"""Allows what a guardrail limits."""


def alone(policy: Policy) -> PolicySet:
    """Return a set in which decisions depend on the policy: a guardrail is beside a policy that allows everything."""
    others = (_EVERYTHING,) if policy.type in _NEEDS_ALLOW else ()
    levels = {each.type: ((each.name,),) for each in (*others, policy)}
    return PolicySet(policies=tuple(sorted((policy, *others), key=lambda each: each.name)), attachments=from_levels(levels))
