"""Questions in the form of AuthZEN."""

from collections.abc import Mapping
from typing import Final

from iam2rego.ir.gateway import AuthzenGateway, AuthzenRoute, PropertyValue, Time, Value
from iam2rego.jsontext import JsonValue
from iam2rego.native.gateway.asked import Question, asked_by, refused
from iam2rego.native.gateway.places import at
from iam2rego.native.gateway.templates import clock, context_of, filled

_TEXTS: Final = {"subject": ("type", "id"), "action": ("name",), "resource": ("type", "id")}
"""The members that each part of a question must have."""


def authzen_question(gateway: AuthzenGateway, document: JsonValue, now: int) -> Question:
    """Read a document; ``now`` is the time in nanoseconds since 1970."""
    told = {part: _properties(at(document, part), names) for part, names in _TEXTS.items()} | {
        "context": at(document, "context", otherwise={})
    }
    parts = {part: properties for part, properties in told.items() if isinstance(properties, dict)}
    if not isinstance(document, dict) or parts.keys() != told.keys():
        return refused("the document is not an AuthZEN request")
    if at(document, "evaluations", otherwise=[]) != []:
        return refused("several evaluations in one question are not supported")
    route = _taken(gateway, parts)
    if not route:
        return refused("no route takes the question")

    def value_of(value: Value) -> JsonValue:
        match value:
            case PropertyValue(part=part, name=name):
                return parts[part].get(name)
            case Time():
                return clock(now)
        raise AssertionError("templates of this kind of gateway have no other values")

    account: dict[str, JsonValue] = {"resource_account": filled(route.resource_account, value_of)} if route.resource_account else {}
    context = dict(context_of((*gateway.context, *route.context), value_of))
    request = {"action": route.action, "resource": filled(route.resource, value_of), **account, "context": context}
    return asked_by(filled(gateway.principal, value_of), request, route=gateway.routes.index(route))


def _properties(part: JsonValue, names: tuple[str, ...]) -> dict[str, JsonValue] | None:
    """Return the properties of a part together with its other members; None if one of the required ones is missing."""
    if not isinstance(part, dict) or not all(isinstance(part.get(name), str) for name in names):
        return None
    properties = part.get("properties", {})
    return {**properties, **{name: part[name] for name in names}} if isinstance(properties, dict) else None


def _taken(gateway: AuthzenGateway, parts: Mapping[str, Mapping[str, JsonValue]]) -> AuthzenRoute | None:
    asked = parts["subject"]["type"], parts["action"]["name"], parts["resource"]["type"]
    routes = (route for route in gateway.routes if (route.subject_type, route.name, route.resource_type) == asked)
    return next(routes, None)
