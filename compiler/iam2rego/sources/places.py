"""Where templates and plans have policies, and of which kinds these are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.ir.policy import Kind

ITSELF: Final = ""
"""The policy is that of the resource that has it."""

NOBODY: Final = None
"""The policy takes part in no decision here, so it is only checked."""

ORGANIZATION: Final[Mapping[str, Kind]] = {
    "SERVICE_CONTROL_POLICY": Kind.SERVICE_CONTROL,
    "RESOURCE_CONTROL_POLICY": Kind.RESOURCE_CONTROL,
}
"""The kinds of an organization's policies by their type; those of other types are not policies of IAM's language."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a type of resource has a policy.

    Attributes:
        path: the properties that lead to the document; ``*`` is every item of a list.
        kind: the kind of policy.
        target: the property that names the resource with the policy, or `ITSELF`, or `NOBODY`. Identity policies and trust
            policies are attached by other rules.
        computed: whether AWS may give a property of Terraform its value. If the configuration does not, and a plan does not know it,
            there is none.
    """

    path: tuple[str, ...]
    kind: Kind = Kind.RESOURCE
    target: str | None = NOBODY
    computed: bool = False
