"""The form of SimulateCustomPolicy's request, as in AWS's model of the operation; tests compare the two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A string: its minimum and maximum length, a regular expression for the whole, and its possible values, if limited."""

    shortest: int = 0
    longest: int | None = None
    pattern: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Listing:
    """An array with a maximum number of items."""

    item: "Shape"
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """An object with known members."""

    members: "Mapping[str, Shape]"
    required: tuple[str, ...] = field(default=())


Shape: TypeAlias = Text | Whole | Listing | Structure

_POLICY: Final = Text(1, 131_072, r"[\u0009\u000A\u000D\u0020-\u00FF]+")
_POLICIES: Final = Listing(_POLICY)
_ARN: Final = Text(1, 2_048)
_TYPES: Final = tuple(name + suffix for name in ("string", "numeric", "boolean", "ip", "binary", "date") for suffix in ("", "List"))
_LEVEL: Final = Structure(MappingProxyType({"ServiceControlPolicyInputList": _POLICIES}))
_ENTRY: Final = Structure(
    MappingProxyType({"ContextKeyName": Text(5, 256), "ContextKeyValues": Listing(Text()), "ContextKeyType": Text(choices=_TYPES)})
)

REQUEST: Final = Structure(
    MappingProxyType(
        {
            "PolicyInputList": _POLICIES,
            "PermissionsBoundaryPolicyInputList": _POLICIES,
            "OrderedOrganizationPolicyInputList": Listing(_LEVEL, 7),
            "ActionNames": Listing(Text(3, 128)),
            "ResourceArns": Listing(_ARN),
            "ResourcePolicy": _POLICY,
            "ResourceOwner": _ARN,
            "CallerArn": _ARN,
            "ContextEntries": Listing(_ENTRY),
            "ResourceHandlingOption": Text(1, 64),
            "MaxItems": Whole(1, 1_000),
            "Marker": Text(1, 320, r"[\u0020-\u00FF]+"),
        }
    ),
    ("PolicyInputList", "ActionNames"),
)
