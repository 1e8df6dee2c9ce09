"""The policies of resources, by the ARNs of these."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from iam2rego.sources.account_details import Held
from iam2rego.sources.terraform.ends import Ends
from iam2rego.sources.terraform.found import Policy
from iam2rego.sources.terraform.resources import Resource
from iam2rego.sources.terraform.table import places_of
from iam2rego.sources.terraform.targets import Targets


@dataclass(slots=True)
class Holding:
    """Finds the resources that have policies."""

    targets: Targets
    ends: Ends
    held: list[tuple[Held, Policy]] = field(default_factory=list)

    def take(self, policy: Policy) -> None:
        """Attach a policy to its resource; say so if it takes part in no decision."""
        if policy.place.target is None:
            message = f"the policy of `{policy.resource.address}` takes part in no decision here: it is only checked"
            self.ends.opening.only_checked(message, "", self.ends.plan.text.place(policy.resource.start, "address"))
        else:
            self.held += ((Held(arn, policy.name, place), policy) for arn, place in self.targets.of(policy))

    def look(self, resource: Resource) -> None:
        """Find out which resource has a policy that is not read, to say what else is missing."""
        for place in places_of(resource.type):
            if place.target:
                self.targets.ends_of(resource, place.target)

    def only_once(self, lost: set[str]) -> Iterator[Held]:
        """Yield the policies of resources, but for those that are shown twice.

        A computed attribute of a resource shows the policy that another resource gives it, and the one that it will have ``lost``.
        """
        given = lost | {held.arn for held, policy in self.held if not policy.place.computed}
        return (held for held, policy in self.held if not (policy.place.computed and held.arn in given))
