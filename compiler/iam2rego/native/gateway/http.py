"""Questions of gateways about HTTP requests."""

from dataclasses import dataclass

from iam2rego.ir.gateway import (
    ClaimValue,
    GatewayKind,
    HeaderValue,
    HttpGateway,
    NamedSegment,
    QueryValue,
    Route,
    SegmentValue,
    SourceAddress,
    Time,
    Value,
)
from iam2rego.ir.pattern import Text
from iam2rego.jsontext import JsonValue
from iam2rego.native.gateway.asked import Question, asked_by, refused
from iam2rego.native.gateway.claims import verified_claims
from iam2rego.native.gateway.headers import are_headers, forwarded, header, other_request
from iam2rego.native.gateway.places import at
from iam2rego.native.gateway.target import parameter, segments
from iam2rego.native.gateway.templates import clock, context_of, filled


def http_question(gateway: HttpGateway, document: JsonValue, now: int) -> Question:
    """Read a document; ``now`` is the time in nanoseconds since 1970."""
    read = _read(gateway, document, now)
    if isinstance(read, str):
        return refused(read)
    taken = _taken(gateway, read)
    if not taken:
        return refused("no route takes the request")
    return asked_by(filled(gateway.principal, read.value), _made(taken, gateway, read), route=gateway.routes.index(taken))


@dataclass(frozen=True, slots=True)
class _Read:
    """The parts of a document that were read."""

    method: str
    target: str
    path: list[str]
    sent: dict[str, JsonValue]
    claims: dict[str, JsonValue]
    source_ip: JsonValue
    now: int

    def value(self, value: Value) -> JsonValue:
        """Return a value other than a path segment."""
        match value:
            case QueryValue(name=name):
                return parameter(self.target, name)
            case HeaderValue(name=name):
                return header(self.sent, name)
            case ClaimValue(name=name):
                return self.claims.get(name)
            case SourceAddress():
                return self.source_ip
            case Time():
                return clock(self.now)
        raise AssertionError("templates of this kind of gateway have no other values")


def _read(gateway: HttpGateway, document: JsonValue, now: int) -> _Read | str:
    """Return the parts of a document, or why it cannot be read."""
    above = ("attributes", "request", "http") if gateway.kind is GatewayKind.ENVOY else ()
    method, target, sent = at(document, *above, "method"), at(document, *above, "path"), at(document, *above, "headers", otherwise={})
    if not isinstance(method, str) or not isinstance(target, str) or not are_headers(sent):
        return "the document has no method or path, or malformed headers"
    path = segments(target)
    if path is None:
        return "the path is not understood"
    if why := other_request(sent):
        return why
    claims = verified_claims(gateway.claims, document, sent, now)
    return _Read(method, target, path, sent, claims, _source(gateway, document, sent), now)


def _source(gateway: HttpGateway, document: JsonValue, sent: dict[str, JsonValue]) -> JsonValue:
    if gateway.forwarded_hops:
        return forwarded(sent, gateway.forwarded_hops)
    if gateway.kind is GatewayKind.ENVOY:
        return at(document, "attributes", "source", "address", "socketAddress", "address")
    return at(document, "source_ip")


def _taken(gateway: HttpGateway, read: _Read) -> Route | None:
    """Return the route that matches the request; of several, the one with the most literal segments."""
    taking = [route for route in gateway.routes if route.method == read.method and _takes(route, read.path)]
    return max(taking, key=lambda route: sum(isinstance(segment, Text) for segment in route.path), default=None)


def _takes(route: Route, path: list[str]) -> bool:
    pairs = zip(route.path, path, strict=False)
    return len(route.path) == len(path) and all(not isinstance(mine, Text) or mine.text == asked for mine, asked in pairs)


def _made(route: Route, gateway: HttpGateway, read: _Read) -> dict[str, JsonValue]:
    named = {mine.name: asked for mine, asked in zip(route.path, read.path, strict=True) if isinstance(mine, NamedSegment)}

    def value_of(value: Value) -> JsonValue:
        return named[value.name] if isinstance(value, SegmentValue) else read.value(value)

    account: dict[str, JsonValue] = {"resource_account": filled(route.resource_account, value_of)} if route.resource_account else {}
    context = dict(context_of((*gateway.context, *route.context), value_of))
    return {"action": route.action, "resource": filled(route.resource, value_of), **account, "context": context}
