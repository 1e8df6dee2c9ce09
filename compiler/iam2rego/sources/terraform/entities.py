"""The users, groups and roles of a plan or state, with what they have."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from iam2rego.ir.policy import Kind
from iam2rego.sources.account_details import ENTITY_ARN, Entity, Reference
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.ends import Ends
from iam2rego.sources.terraform.exclusive import Exclusive, Given
from iam2rego.sources.terraform.found import Found
from iam2rego.sources.terraform.identities import MANAGED, PRINCIPALS
from iam2rego.sources.terraform.managed import Managed
from iam2rego.sources.terraform.names import MissingError
from iam2rego.sources.terraform.resources import Plan, Resource
from iam2rego.sources.terraform.stale import Stale

_LIST: Final = "managed_policy_arns"
_WITHOUT_LIST: Final = ("aws_iam_user", "aws_iam_group")


@dataclass(frozen=True, slots=True)
class Entities:
    """Makes the users, groups and roles of a file.

    Attributes:
        plan: the file.
        ends: finds what attributes mean.
        problems: takes what is wrong with one of them.
        managed: the managed policies of the file.
        stale: what is not there after apply.
        exclusive: is told of the managed policies that they list.
        own: the names of their own policies, by their addresses.
        attached: the managed policies that others attach to them, likewise.
        groups: the groups of users, likewise.
    """

    plan: Plan
    ends: Ends
    problems: Problems
    managed: Managed
    stale: Stale
    exclusive: Exclusive
    own: Mapping[str, Sequence[str]]
    attached: Mapping[str, Sequence[Reference]]
    groups: Mapping[str, Sequence[Reference]]

    def all(self, found: Found) -> Iterator[Entity]:
        """Yield those whose ARN is known; of the others, policies are open."""
        trusts = {each.resource.address: each.name for each in found.policies if each.place.kind is Kind.TRUST}
        for resource in self.plan.resources:
            kind = PRINCIPALS.get(resource.type)
            if kind and not resource.gone:
                with self.problems.collected():
                    boundary = self.managed.one(resource, "permissions_boundary") if kind != "group" else None
                    attached = (*self._listed(resource), *self.attached.get(resource.address, ()))
                    arn = self._arn(resource)
                    if arn and (match := ENTITY_ARN.fullmatch(arn)) and match[2] == kind:
                        yield self._entity(resource, match, trusts.get(resource.address), attached, boundary)
                    elif arn:
                        message = f"`{arn}` is not the ARN of a {kind}"
                        self.ends.opening.only_checked(message, "", self.plan.text.place(resource.start, "address"))

    def _arn(self, resource: Resource) -> str | None:
        try:
            arn = self.ends.names.arn(resource)
            self.plan.text.refuse_surrogates(arn, lambda: self.plan.text.place(resource.start, *resource.path))
            return arn
        except MissingError as missing:
            message = f"nothing tells `{missing}`, so the policies of `{resource.address}` are attached to nobody"
            self.ends.opening.unnamed(str(missing), message, resource)
            return None

    def _entity(
        self, resource: Resource, match: re.Match[str], trust: str | None, attached: tuple[Reference, ...], boundary: Reference | None
    ) -> Entity:
        return Entity(
            arn=match[0],
            account=match[1],
            kind=match[2],
            name=match[3],
            span=self.plan.text.place(resource.start, "address"),
            inline=tuple(self.own.get(resource.address, ())),
            attached=attached,
            groups=tuple(self.groups.get(resource.address, ())),
            boundary=boundary,
            trust=trust,
        )

    def _listed(self, resource: Resource) -> list[Reference]:
        """Return the managed policies that it lists. If nobody writes the list, and it is not known, there is none."""
        written = self.ends.following.configuration.writes(resource, _LIST, otherwise=False)
        if resource.type in _WITHOUT_LIST or (not written and resource.waits(_LIST)):
            return []
        ends = self.ends.several(resource, _LIST, MANAGED)
        name = self.ends.names.name(resource)
        shown = [each for each in ends if written or (name, each.text) not in self.stale.attached]
        self.exclusive.attached += (Given(resource.address, self.managed.key(each), resource.address) for each in shown)
        return [each for end in shown if (each := self.managed.reference(end))]
