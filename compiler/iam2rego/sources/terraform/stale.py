"""What a plan takes away as resources of their own, and computed attributes of other resources still show."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from iam2rego.jsontext import JsonValue
from iam2rego.sources.terraform.names import MissingError
from iam2rego.sources.terraform.resources import Resource
from iam2rego.sources.terraform.table import places_of
from iam2rego.sources.terraform.targets import Targets


@dataclass(frozen=True, slots=True)
class Stale:
    """What is not there after apply.

    Attributes:
        attached: managed policies of roles, by the role's name and the policy's ARN.
        inline: inline policies of roles, by the role's name and their own.
        held: the ARNs of resources that lose their policy.
    """

    attached: set[tuple[JsonValue, JsonValue]] = field(default_factory=set)
    inline: set[tuple[JsonValue, JsonValue]] = field(default_factory=set)
    held: set[str] = field(default_factory=set)

    @staticmethod
    def of(resources: Iterable[Resource], targets: Targets) -> "Stale":
        """Return what the resources that are gone say."""
        found = Stale()
        for each in resources:
            if each.gone:
                found._add(each, targets)
        return found

    def _add(self, resource: Resource, targets: Targets) -> None:
        values = resource.values
        if resource.type == "aws_iam_role_policy_attachment":
            self.attached.add((_text(values.get("role")), _text(values.get("policy_arn"))))
        elif resource.type == "aws_iam_role_policy":
            self.inline.add((_text(values.get("role")), _text(values.get("name"))))
        elif resource.type == "awscc_iam_role_policy":
            self.inline.add((_text(values.get("role_name")), _text(values.get("policy_name"))))
        for place in places_of(resource.type):
            named = values.get(place.target) if place.target else None
            for text in filter(None, map(_text, named if isinstance(named, list) else [named])):
                with suppress(MissingError):  # without a name, nothing in the file is attached to it
                    self.held.add(targets.spelled(resource, text))


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None
