"""The managed policies of a plan or state: those in it, and what refers to one."""

from collections.abc import Mapping
from dataclasses import dataclass

from iam2rego.sources.account_details import Reference
from iam2rego.sources.terraform.ends import End, Ends
from iam2rego.sources.terraform.found import Found
from iam2rego.sources.terraform.identities import MANAGED
from iam2rego.sources.terraform.resources import Resource


@dataclass(frozen=True, slots=True)
class Managed:
    """The managed policies of a file.

    Attributes:
        ends: finds what attributes mean.
        documents: the names of those that are read, by the addresses of their resources.
        arns: the addresses of those whose ARN is known, by that.
    """

    ends: Ends
    documents: Mapping[str, str]
    arns: Mapping[str, str]

    @staticmethod
    def of(found: Found, ends: Ends) -> "Managed":
        """Return those of a file."""
        policies = [each for each in found.policies if each.resource.type in MANAGED]
        arns = {arn: each.resource.address for each in policies if (arn := ends.names.quietly(each.resource))}
        return Managed(ends, {each.resource.address: each.name for each in policies}, arns)

    @property
    def names(self) -> dict[str, str]:
        """The names of the policies, by themselves and by their ARNs."""
        return {**{each: each for each in self.documents.values()}, **{arn: self.documents[at] for arn, at in self.arns.items()}}

    def one(self, resource: Resource, attribute: str) -> Reference | None:
        """Return a reference to the policy that an attribute names."""
        end = self.ends.one(resource, attribute, MANAGED)
        return self.reference(end) if end else None

    def reference(self, end: End) -> Reference | None:
        """Return a reference to a policy; None if its document is not read, which is said where that is."""
        if end.resource is None:
            assert end.text is not None
            return Reference(end.text, end.place)
        name = self.documents.get(end.resource.address)
        return Reference(name, end.place) if name else None

    def key(self, end: End) -> str:
        """Return what identifies a policy in the file: its address, or its ARN if it is another's."""
        return end.resource.address if end.resource else self.arns.get(end.text or "", end.text or "")
