"""Questions in the form of AuthZEN."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Final, Literal, TypeAlias

from iam2rego.conformance.gateway.odd import ACCOUNT, ODD, as_object, without
from iam2rego.conformance.gateway.words import Words
from iam2rego.ir.gateway import AuthzenGateway, AuthzenRoute, PropertyValue
from iam2rego.jsontext import JsonValue, Number

_HITS: Final = 12
_VALUES: Final[tuple[JsonValue, ...]] = ("", "a/b", "a:b", "*", "${x}", "\u00e9", ["a", "b"], [], Number("1"), True, {"a": "b"}, *ODD)
_EVALUATIONS: Final[tuple[JsonValue, ...]] = ([], [{}], None)
_Part: TypeAlias = Literal["subject", "action", "resource", "context"]
_OF_PART: Final[Mapping[_Part, tuple[str, ...]]] = {
    "subject": ("type", "id"),
    "action": ("name",),
    "resource": ("type", "id"),
    "context": (),
}
"""The members of each part apart from its properties; a context has only properties."""


def authzen_questions(gateway: AuthzenGateway, words: Words, seed: int) -> Iterator[JsonValue]:
    """Yield documents; the first matches the first route."""
    for number, route in enumerate(gateway.routes):
        random = Random(f"{seed}/{number}")
        hits = [_hit(gateway, route, words, random) for _ in range(_HITS)]
        yield from hits
        yield from _near(gateway, route, hits[0])


def _hit(gateway: AuthzenGateway, route: AuthzenRoute, words: Words, random: Random) -> dict[str, JsonValue]:
    told: dict[_Part, dict[str, JsonValue]] = {part: {} for part in _OF_PART}
    for part, name in _named(gateway, route):
        told[part][name] = ACCOUNT if PropertyValue(part=part, name=name) in (route.resource_account or ()) else words.draw(random)
    return {
        "subject": {"type": route.subject_type, "id": words.draw(random), "properties": told["subject"]},
        "action": {"name": route.name, "properties": told["action"]},
        "resource": {"type": route.resource_type, "id": words.draw(random), "properties": told["resource"]},
        "context": told["context"],
    }


def _named(gateway: AuthzenGateway, route: AuthzenRoute) -> list[tuple[_Part, str]]:
    """Return the properties that the request needs, with the part that holds each."""
    templates = [
        gateway.principal,
        route.resource,
        route.resource_account or (),
        *(entry.value for entry in (*gateway.context, *route.context)),
    ]
    values = (value for template in templates for value in template if isinstance(value, PropertyValue))
    return sorted({(value.part, value.name) for value in values if value.name not in _OF_PART[value.part]})


def _near(gateway: AuthzenGateway, route: AuthzenRoute, hit: dict[str, JsonValue]) -> Iterator[JsonValue]:
    """Yield the question with one unusual change each."""
    yield from ({**hit, "evaluations": each} for each in _EVALUATIONS)
    for part, names in _OF_PART.items():
        beside = as_object(hit[part])
        for name in names:
            yield {**hit, part: {**beside, "properties": {name: "x"}}}
            for value in _VALUES:
                yield {**hit, part: {**beside, name: value}}
        yield {**hit, part: without(beside, "properties")}
    for part, name in _named(gateway, route):
        beside = as_object(hit[part])
        held = beside if part == "context" else as_object(beside["properties"])
        for changed in (without(held, name), *({**held, name: value} for value in _VALUES)):
            yield {**hit, part: changed if part == "context" else {**beside, "properties": changed}}
