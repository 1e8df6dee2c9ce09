"""Compiles the routes of a gateway's file to Rego: a rule for each route, beginning with the tests that OPA indexes.

The rules read the library's values of a document (`facts`, in ``lib/gateway``) and make an IAM request, in which an absent value is
null.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from iam2rego.ir.gateway import (
    AccountName,
    AuthzenGateway,
    AuthzenRoute,
    ClaimValue,
    ContextEntry,
    Gateway,
    HeaderValue,
    HttpGateway,
    NamedSegment,
    Part,
    PathSegment,
    PropertyValue,
    QueryValue,
    Route,
    SegmentValue,
    SourceAddress,
    StorageGateway,
    Template,
    Time,
)
from iam2rego.ir.pattern import Text
from iam2rego.rego.language.tree import Array, Call, Comment, Infix, Literal, Module, Name, Not, Null, Object, Rule, String, Term, names

_MADE: Final = Name("request")
_Terms: TypeAlias = Callable[[Part], Term]
"""Returns the Rego term for a part of a template."""


def routes_module(gateway: Gateway, package: str) -> Module:
    """Return the module with a rule for each route, ``<package>.routes``; for an object store, with one for each kind of caller."""
    rules = tuple(_rules(gateway))
    used = any(name.startswith("template.") for rule in rules for literal in rule.body for name in names(literal))
    imports = (f"data.{package}.lib.gateway.template",) if used else ()
    return Module(f"{package}.routes", (), imports, rules)


def _rules(gateway: Gateway) -> Iterator[Rule]:
    match gateway:
        case HttpGateway():
            yield from (_http_rule(route, gateway) for route in gateway.routes)
        case AuthzenGateway():
            yield from (_authzen_rule(route, gateway) for route in gateway.routes)
        case StorageGateway():
            yield from _storage_rules(gateway)


def _http_rule(route: Route, gateway: HttpGateway) -> Rule:
    written = "/" + "/".join(segment.text if isinstance(segment, Text) else f"{{{segment.name}}}" for segment in route.path)
    places = {segment.name: place for place, segment in enumerate(route.path) if isinstance(segment, NamedSegment)}

    def term(part: Part) -> Term:
        return Name(_variable(places[part.name])) if isinstance(part, SegmentValue) else _part(part)

    taken = (*_taken(route), *_special(route, gateway.routes))
    return _rule(f"{route.method} {written}", taken, route, gateway, term)


def _authzen_rule(route: AuthzenRoute, gateway: AuthzenGateway) -> Rule:
    types = Array((String(route.subject_type), String(route.resource_type)))
    taken = (Infix(Name("input.method"), "==", String(route.name)), Infix(Name("input.segments"), "==", types))
    return _rule(f"{route.subject_type} {route.name} {route.resource_type}", taken, route, gateway, _part)


def _rule(
    written: str, taken: tuple[Literal, ...], route: Route | AuthzenRoute, gateway: HttpGateway | AuthzenGateway, term: _Terms
) -> Rule:
    """Return the rule of a route: the tests that OPA indexes come first."""
    context = Infix(Name("context"), ":=", _context((*gateway.context, *route.context), term))
    made = Infix(_MADE, ":=", Object(tuple(_members(route, gateway.principal, term))))
    comments = (Comment("Compiled by iam2rego from the route", written),)
    return Rule("made", (*taken, context, made), contains=_MADE, comments=comments)


def _storage_rules(gateway: StorageGateway) -> Iterator[Rule]:
    """Yield the rule for the owner, if it has an ARN of its own, and the rule for other users."""
    principal = _template(gateway.principal, _part)
    if gateway.owner is None:
        yield _storage_rule(gateway, (), principal)
    else:
        yield _storage_rule(gateway, (Name("input.is_owner"),), String(gateway.owner))
        yield _storage_rule(gateway, (Not(Name("input.is_owner")),), principal)


def _storage_rule(gateway: StorageGateway, taken: tuple[Literal, ...], principal: Term) -> Rule:
    context = Call("object.union", (Name("input.conditions"), _context(gateway.context, _part)))
    members = [("principal", principal), ("action", Name("input.action")), ("resource", Name("input.resource"))]
    members += [("resource_account", String(gateway.resource_account))] if gateway.resource_account else []
    made = Object(tuple((String(name), term) for name, term in (*members, ("context", Name("context")))))
    return Rule("made", (*taken, Infix(Name("context"), ":=", context), Infix(_MADE, ":=", made)), contains=_MADE)


def _taken(route: Route) -> Iterator[Literal]:
    """Yield the tests that OPA indexes: the method, and all segments together."""
    yield Infix(Name("input.method"), "==", String(route.method))
    yield Infix(Name("input.segments"), "=", Array(tuple(map(_segment, range(len(route.path)), route.path))))


def _segment(position: int, segment: PathSegment) -> Term:
    return String(segment.text) if isinstance(segment, Text) else Name(_variable(position))


def _variable(position: int) -> str:
    return f"segment_{position}"


def _special(route: Route, routes: Sequence[Route]) -> Iterator[Literal]:
    """Yield a test that each more specific route does not match the request."""
    for other in routes:
        if other.method == route.method and len(other.path) == len(route.path):
            pairs = list(enumerate(zip(route.path, other.path, strict=True)))
            fixed = [place for place, (mine, its) in pairs if isinstance(its, Text) and not isinstance(mine, Text)]
            if fixed and all(not isinstance(mine, Text) or mine == its for _, (mine, its) in pairs):
                own = Array(tuple(Name(_variable(place)) for place in fixed))
                yield Infix(own, "!=", Array(tuple(_segment(place, other.path[place]) for place in fixed)))


def _members(route: Route | AuthzenRoute, principal: Template, term: _Terms) -> Iterator[tuple[String, Term]]:
    yield String("principal"), _template(principal, term)
    yield String("action"), String(route.action)
    yield String("resource"), _template(route.resource, term)
    if route.resource_account:
        yield String("resource_account"), _template(route.resource_account, term)
    yield String("context"), Name("context")


def _context(entries: Sequence[ContextEntry], term: _Terms) -> Object:
    return Object(tuple((String(entry.key), _template(entry.value, term)) for entry in entries))


def _template(template: Template, term: _Terms) -> Term:
    """Return the term for a template: a single value unchanged, or text; a value in an ARN stays inside its field."""
    parts = tuple(map(term, template))
    if len(parts) == 1:
        return parts[0]
    if isinstance(parts[0], String) and parts[0].value.startswith("arn:"):
        parts = tuple(each if isinstance(each, String) else Call("template.name", (each,)) for each in parts)
    return Call("template.joined", (Array(parts),))


def _part(part: Part) -> Term:
    """Return the reference to a value in `facts`; segments are in variables instead."""
    match part:
        case Text(text=text):
            return String(text)
        case SourceAddress():
            return Name("input.source_ip")
        case Time():
            return Name("input.time")
        case AccountName():
            return Name("input.account")
        case QueryValue(name=name):
            return _member("query", name)
        case HeaderValue(name=name):
            return _member("headers", name)
        case ClaimValue(name=name):
            return _member("claims", name)
        case PropertyValue(part=of, name=name):
            return _member(of, name)
        case SegmentValue():
            raise AssertionError("segments are in variables")


def _member(collection: str, name: str) -> Term:
    return Call("object.get", (Name(f"input.{collection}"), String(name), Null()))
