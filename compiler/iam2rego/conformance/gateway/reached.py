"""Finds the routes for which no request was valid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from iam2rego.conformance.invalid import AllInvalid
from iam2rego.ir.decision import Decision
from iam2rego.ir.gateway import AuthzenRoute, Gateway, Route, StorageGateway
from iam2rego.ir.pattern import Text


@dataclass(slots=True)
class Reached:
    """Counts the requests of each route, by its index; those of an object store, which has no routes, under None."""

    gateway: Gateway
    requests: dict[int | None, int] = field(default_factory=dict)
    errors: dict[int | None, str] = field(default_factory=dict)
    valid: set[int | None] = field(default_factory=set)

    def note(self, route: int | None, decision: Decision) -> None:
        """Count the decision of a route's request."""
        self.requests[route] = self.requests.get(route, 0) + 1
        if decision.errors:
            self.errors.setdefault(route, decision.errors[0])
        else:
            self.valid.add(route)

    def all_invalid(self) -> Iterator[AllInvalid]:
        """Yield the routes for which no request was valid."""
        for route, subject in _subjects(self.gateway):
            if route not in self.valid:
                yield AllInvalid(subject, self.requests.get(route, 0), self.errors.get(route, ""))


def _subjects(gateway: Gateway) -> Iterator[tuple[int | None, str]]:
    if isinstance(gateway, StorageGateway):
        yield None, f"gateway of kind {gateway.kind}"
    else:
        routes: Sequence[Route | AuthzenRoute] = gateway.routes
        yield from ((index, f"route `{_name(route)}`") for index, route in enumerate(routes))


def _name(route: Route | AuthzenRoute) -> str:
    if isinstance(route, AuthzenRoute):
        return f"{route.subject_type} {route.name} {route.resource_type}"
    segments = (segment.text if isinstance(segment, Text) else f"{{{segment.name}}}" for segment in route.path)
    return f"{route.method} /{'/'.join(segments)}"
