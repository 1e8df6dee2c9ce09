"""Users in groups."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from iam2rego.sources.account_details import Reference
from iam2rego.sources.terraform.ends import TYPES, End, Ends
from iam2rego.sources.terraform.resources import Resource


@dataclass(slots=True)
class Memberships:
    """Collects the groups of users, by the addresses of these; `known` are users, groups and roles by kind and name."""

    ends: Ends
    known: Mapping[tuple[str, str], Resource]
    groups: dict[str, list[Reference]] = field(default_factory=dict)

    def of_group(self, resource: Resource) -> None:
        """Add the users of a group."""
        group = self._group(self.ends.one(resource, "group", (TYPES["group"],)))
        for end in self.ends.several(resource, "users", (TYPES["user"],)):
            self._join(resource, end, group)

    def of_user(self, resource: Resource) -> None:
        """Add a user to groups."""
        end = self.ends.one(resource, "user", (TYPES["user"],))
        groups = [self._group(each) for each in self.ends.several(resource, "groups", (TYPES["group"],))]
        for group in groups if end else ():
            assert end is not None
            self._join(resource, end, group)

    def _join(self, resource: Resource, end: End, group: Reference | None) -> None:
        user = end.resource or self.known.get(("user", end.text or ""))
        if user is None:
            message = f"`{resource.address}` adds a user of another source to a group: this is not read"
            self.ends.opening.only_checked(message, "name the group where the user is", end.place)
        elif group:
            self.groups.setdefault(user.address, []).append(group)

    def _group(self, end: End | None) -> Reference | None:
        """Return a reference to a group by its name; where that is not known, it is said where the group is."""
        text = self.ends.names.text(end.resource, "name") if end and end.resource else end.text if end else None
        return Reference(text, end.place) if end and text else None
