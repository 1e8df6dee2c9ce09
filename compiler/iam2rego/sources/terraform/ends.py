"""The ends of edges: which user, group, role, policy or resource an attribute means."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from iam2rego.jsontext import JsonValue
from iam2rego.source import Span
from iam2rego.sources.terraform.addresses import whole
from iam2rego.sources.terraform.configuration import references_in
from iam2rego.sources.terraform.following import Following
from iam2rego.sources.terraform.identities import PRINCIPALS
from iam2rego.sources.terraform.names import MissingError, Names
from iam2rego.sources.terraform.open_ends import OpenEnds
from iam2rego.sources.terraform.resources import Plan, Resource


@dataclass(frozen=True, slots=True)
class End:
    """An end of an edge: a text, or a resource of the file, and its place."""

    text: str | None
    resource: Resource | None
    place: Span


Known: TypeAlias = Mapping[tuple[str, str], Resource]
"""The users, groups and roles of a file, by kind and name."""


@dataclass(slots=True)
class Ends:
    """Finds ends, and counts them.

    Attributes:
        seen: the attributes that are ends, by the address of the resource and their name.
        followed: those of them that references lead to, with the addresses of the resources that they mean.
    """

    plan: Plan
    names: Names
    following: Following
    opening: OpenEnds
    seen: set[tuple[str, str]] = field(default_factory=set)
    followed: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def itself(self, resource: Resource) -> End:
        """Return a resource as the end of an edge that begins at it, too."""
        return End(None, resource, self.plan.text.place(resource.start, "address"))

    def arn_elsewhere(self, resource: Resource, kind: str, name: str) -> str | None:
        """Return the ARN of a user, group or role of another source, with the path `/`; None if its account is not known, which is noted.

        It is in the account of ``resource``, which names it.
        """
        try:
            return self.names.filled(resource, f"arn:{{partition}}:iam::{{account}}:{kind}/{{name}}", name)
        except MissingError as missing:
            self.opening.unnamed(str(missing), "", resource)
            return None

    def one(self, resource: Resource, attribute: str, types: Collection[str]) -> End | None:
        """Return what an attribute means; None if it has no value, or that is not known, which is then noted."""
        value = self.names.outside(f"{resource.address}.{attribute}")
        known: JsonValue = resource.values.get(attribute) if value is None else value
        if known is not None and known != "":
            return self._text(resource, known, attribute, self._place(resource, attribute))
        ends = self._followed(resource, attribute, types, 1)
        return ends[0] if ends else None

    def nobody(self, resource: Resource, attribute: str) -> None:
        """Note that nothing names who or what has the policy of a resource, unless that is known after apply, which is noted already."""
        if not self.waits(resource, attribute):
            place = self.plan.text.place(resource.start, "address")
            self.opening.only_checked(f"`{resource.address}` has no `{attribute}`, so its policy is attached to nobody", "", place)

    def several(self, resource: Resource, attribute: str, types: Collection[str]) -> list[End]:
        """Return what the items of an attribute mean. Those that are not known are noted, unless references lead to as many resources."""
        bound = self.names.outside(f"{resource.address}.{attribute}")
        if bound is not None:
            self.seen.add((resource.address, attribute))
            place = self.plan.text.place(resource.start, "address")
            return [End(each.strip(), None, place) for each in bound.split(",") if each.strip()]
        items = self.listed(resource, attribute) or []
        unknown = sum(each is None for each in items) if resource.waits(attribute) else 0
        if any(each is not None for each in items):
            self.seen.add((resource.address, attribute))
        text = self.plan.text
        places = text.items(resource.start, *resource.path, attribute)
        pairs = zip(items, places, strict=True)
        known = [self._text(resource, each, attribute, text.span(at)) for each, at in pairs if each not in (None, "")]
        if unknown or (resource.values.get(attribute) is None and self.waits(resource, attribute)):
            return [*known, *self._followed(resource, attribute, types, unknown)]
        return known

    def listed(self, resource: Resource, attribute: str) -> list[JsonValue] | None:
        """Return the items of an attribute; None if it has no value."""
        value = resource.values.get(attribute)
        if value is not None and not isinstance(value, list):
            self.plan.text.wrong_type(value, self._place(resource, attribute), f"`{attribute}` of `{resource.address}`", "an array")
        return value

    def _followed(self, resource: Resource, attribute: str, types: Collection[str], wanted: int) -> list[End]:
        """Return the resources that references lead to, if they are as many as wanted; note it otherwise."""
        if not self.waits(resource, attribute):
            return []
        self.seen.add((resource.address, attribute))
        found = self.following.ends(resource, attribute, types, wanted) if wanted else None
        place = self.plan.text.place(resource.start, "address")
        if found:
            self.followed[resource.address, attribute] = [each.address for each in found]
            return [End(None, each, place) for each in found]
        expressions = self.following.configuration.expressions(resource.parts)
        self.opening.unknown(resource, attribute, whole(references_in(expressions.get(attribute)) if expressions else []))
        return []

    def waits(self, resource: Resource, attribute: str) -> bool:
        """Return whether an attribute is known after apply; planned values leave such out. One that nobody writes is not there."""
        if resource.unknown is not None:
            return resource.waits(attribute) and self.following.configuration.writes(resource, attribute)
        expressions = self.following.configuration.expressions(resource.parts)
        return expressions is not None and attribute not in resource.values and bool(references_in(expressions.get(attribute)))

    def _text(self, resource: Resource, value: JsonValue, attribute: str, place: Span) -> End:
        if not isinstance(value, str):
            self.plan.text.wrong_type(value, place, f"`{attribute}` of `{resource.address}`", "a string")
        self.plan.text.refuse_surrogates(value, lambda: place)
        self.seen.add((resource.address, attribute))
        return End(value, None, place)

    def _place(self, resource: Resource, attribute: str) -> Span:
        return self.plan.text.place(resource.start, *resource.path, attribute)


def local(end: End, kind: str, known: Known) -> Resource | None:
    """Return the user, group or role of the file that an end means; None if it is one of another source."""
    return end.resource or known.get((kind, end.text or ""))


def by_name(resources: Iterable[Resource], names: Names) -> dict[tuple[str, str], Resource]:
    """Return the users, groups and roles of a file whose names are known, by their kinds and names."""
    found: dict[tuple[str, str], Resource] = {}
    for each in resources:
        kind = PRINCIPALS.get(each.type)
        name = names.name(each) if kind and not each.gone else None
        if kind and name:
            found.setdefault((kind, name), each)
    return found
