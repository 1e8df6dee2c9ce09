"""Takes callers' own policies to allow everything, where these are not given."""

from typing import Final

from iam2rego.ir.everything import everything
from iam2rego.ir.policy import PolicySet

LEAVE: Final = "<leave>"
"""The name of a policy that no source has."""


def with_leave(policies: PolicySet) -> PolicySet:
    """Return the set with an identity policy that allows every caller everything."""
    attachments = policies.attachments.model_copy(update={"identity": (*policies.attachments.identity, LEAVE)})
    held = sorted((*policies.policies, everything(LEAVE)), key=lambda policy: policy.name)
    return PolicySet(policies=tuple(held), attachments=attachments)


def without_resource_policies(policies: PolicySet) -> PolicySet:
    """Return the set without the policies of resources."""
    attachments = policies.attachments.model_copy(update={"resource": None, "resources": ()})
    return policies.model_copy(update={"attachments": attachments})
