"""A document of a gateway, the request that it becomes, and the decision about that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.gateway import (
    ClaimValue,
    ContextEntry,
    Gateway,
    GatewayKind,
    HeaderValue,
    NamedSegment,
    Part,
    QueryValue,
    Route,
    SegmentValue,
    SourceAddress,
    Template,
    Time,
)
from iam2rego.ir.pattern import Text
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native.authorize import authorize
from iam2rego.native.gateway.claims import verified_claims
from iam2rego.native.gateway.headers import asks_for_another_method, forwarded, header
from iam2rego.native.gateway.places import at
from iam2rego.native.gateway.target import UNCLEAR, parameter, segments

_OUTSIDE_NAMES: Final = frozenset(":*?$/\\")
"""What no value may bring into a field of an ARN."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a document asks: a request, which is None where `errors` say why there is none."""

    request: JsonValue
    errors: tuple[str, ...] = ()


def authorize_asked(policies: PolicySet, gateway: Gateway, document: JsonValue, now: int) -> Decision:
    """Decide what a ``document`` of a gateway asks; ``now`` is the time in nanoseconds since 1970."""
    asked = question(gateway, document, now)
    if asked.errors:
        return Decision(decision=Outcome.IMPLICIT_DENY, errors=asked.errors)
    return authorize(policies, asked.request)


def question(gateway: Gateway, document: JsonValue, now: int) -> Question:
    """Read a document, which may be anything."""
    read = _read(gateway, document, now)
    if isinstance(read, str):
        return Question(None, (read,))
    taken = _taken(gateway, read)
    if not taken:
        return Question(None, ("no route takes the request",))
    principal = read.made(gateway.principal)
    if not isinstance(principal, str):
        return Question(None, ("nothing that is verified says who asks",))
    return Question({"principal": principal, **_made(taken, gateway, read)})


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a document, and the segments that a route names."""

    gateway: Gateway
    method: str
    target: str
    path: list[str]
    sent: dict[str, JsonValue]
    claims: dict[str, JsonValue]
    source_ip: JsonValue
    now: int

    def made(self, template: Template, named: Mapping[str, str] | None = None) -> JsonValue:
        """Return what a template stands for: None where a value is absent, `UNCLEAR` where one is no text."""
        parts = [self._part(part, named or {}) for part in template]
        if len(parts) == 1:
            return parts[0]
        if isinstance(template[0], Text) and template[0].text.startswith("arn:"):
            parts = [each if isinstance(part, Text) else _name(each) for part, each in zip(template, parts, strict=True)]
        if all(isinstance(each, str) for each in parts):
            return "".join(map(str, parts))
        return None if None in parts else UNCLEAR

    def _part(self, part: Part, named: Mapping[str, str]) -> JsonValue:
        match part:
            case Text(text=text):
                return text
            case SegmentValue(name=name):
                return named[name]
            case QueryValue(name=name):
                return parameter(self.target, name)
            case HeaderValue(name=name):
                return header(self.sent, name)
            case ClaimValue(name=name):
                return self.claims.get(name)
            case SourceAddress():
                return self.source_ip
            case Time():
                return datetime.fromtimestamp(self.now // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _name(value: JsonValue) -> JsonValue:
    """Return a value that is to be part of a field of an ARN, `UNCLEAR` where it would leave or widen that."""
    if value is None:
        return None
    return value if isinstance(value, str) and value and not _OUTSIDE_NAMES & set(value) else UNCLEAR


def _read(gateway: Gateway, document: JsonValue, now: int) -> _Read | str:
    """Return what a document holds, or why it is not understood."""
    above = ("attributes", "request", "http") if gateway.kind is GatewayKind.ENVOY else ()
    method, target = at(document, *above, "method"), at(document, *above, "path")
    sent = at(document, *above, "headers") if _has(document, *above, "headers") else {}
    if not isinstance(method, str) or not isinstance(target, str) or not isinstance(sent, dict):
        return "the document holds no method, no path, or headers that are none"
    path = segments(target)
    if path is None:
        return "the path is not understood"
    if asks_for_another_method(sent):
        return "a header asks for another method"
    claims = verified_claims(gateway.claims, document, sent, now)
    return _Read(gateway, method, target, path, sent, claims, _source(gateway, document, sent), now)


def _has(document: JsonValue, *names: str) -> bool:
    above = at(document, *names[:-1])
    return isinstance(above, dict) and names[-1] in above


def _source(gateway: Gateway, document: JsonValue, sent: dict[str, JsonValue]) -> JsonValue:
    if gateway.forwarded_hops:
        return forwarded(sent, gateway.forwarded_hops)
    if gateway.kind is GatewayKind.ENVOY:
        return at(document, "attributes", "source", "address", "socketAddress", "address")
    return at(document, "source_ip")


def _taken(gateway: Gateway, read: _Read) -> Route | None:
    """Return the route that the request takes: of several the one with the most segments that are text, since it is the most special."""
    taking = [route for route in gateway.routes if route.method == read.method and _takes(route, read.path)]
    return max(taking, key=lambda route: sum(isinstance(segment, Text) for segment in route.path), default=None)


def _takes(route: Route, path: list[str]) -> bool:
    pairs = zip(route.path, path, strict=False)
    return len(route.path) == len(path) and all(not isinstance(mine, Text) or mine.text == asked for mine, asked in pairs)


def _made(route: Route, gateway: Gateway, read: _Read) -> dict[str, JsonValue]:
    named = {mine.name: asked for mine, asked in zip(route.path, read.path, strict=True) if isinstance(mine, NamedSegment)}
    account: dict[str, JsonValue] = {"resource_account": read.made(route.resource_account, named)} if route.resource_account else {}
    context = dict(_context((*gateway.context, *route.context), read, named))
    return {"action": route.action, "resource": read.made(route.resource, named), **account, "context": context}


def _context(entries: tuple[ContextEntry, ...], read: _Read, named: Mapping[str, str]) -> Iterator[tuple[str, JsonValue]]:
    for entry in entries:
        value = read.made(entry.value, named)
        if value is not None:
            yield entry.key, value
