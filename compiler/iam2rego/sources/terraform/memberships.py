"""Users in groups."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from iam2rego.sources.account_details import Member, Reference
from iam2rego.sources.terraform.ends import End, Ends, Known, local
from iam2rego.sources.terraform.identities import TYPES
from iam2rego.sources.terraform.resources import Resource


@dataclass(slots=True)
class Memberships:
    """Collects the groups of users, by the addresses of these, and users of other sources in groups.

    `known` are the users, groups and roles of the file by kind and name.
    """

    ends: Ends
    known: Known
    groups: dict[str, list[Reference]] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)

    def of_group(self, resource: Resource) -> None:
        """Add the users of a group."""
        group = self._group(self.ends.one(resource, "group", TYPES["group"]))
        for end in self.ends.several(resource, "users", TYPES["user"]):
            self._join(resource, end, (group,))

    def of_user(self, resource: Resource) -> None:
        """Add a user to groups."""
        end = self.ends.one(resource, "user", TYPES["user"])
        groups = self._listed(resource)
        if end and groups:
            self._join(resource, end, groups)

    def own(self, resource: Resource) -> None:
        """Add a user to the groups that it lists."""
        self._add(resource, self._listed(resource))

    def _listed(self, resource: Resource) -> list[Reference | None]:
        return [self._group(each) for each in self.ends.several(resource, "groups", TYPES["group"])]

    def _join(self, resource: Resource, end: End, groups: Iterable[Reference | None]) -> None:
        user = local(end, "user", self.known)
        if user is None:
            self._stranger(resource, end, groups)
        else:
            self._add(user, groups)

    def _stranger(self, resource: Resource, end: End, groups: Iterable[Reference | None]) -> None:
        """Add a user of another source."""
        assert end.text is not None
        if arn := self.ends.arn_elsewhere(resource, "user", end.text):
            self.members += (Member(arn, arn.split(":")[4], end.text, end.place, each) for each in groups if each)

    def _add(self, user: Resource, groups: Iterable[Reference | None]) -> None:
        self.groups.setdefault(user.address, []).extend(each for each in groups if each)

    def _group(self, end: End | None) -> Reference | None:
        """Return a reference to a group by its name; where that is not known, it is said where the group is."""
        text = self.ends.names.name(end.resource) if end and end.resource else end.text if end else None
        return Reference(text, end.place) if end and text else None
