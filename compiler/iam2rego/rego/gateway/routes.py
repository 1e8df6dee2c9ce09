"""Compiles a gateway's file to Rego: a rule for each value of a document, and for each route one of a function, which OPA indexes.

The function gets what routes are told apart by (`asked`, in ``lib/gateway``), and makes an IAM request, without absent context keys.
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
from iam2rego.rego.gateway.places import place_rules
from iam2rego.rego.language.tree import Array, Call, Comment, Infix, Literal, Module, Name, Null, Object, Present, Rule, String, Term, names

_ASKED: Final = Name("asked")
_CONTEXT: Final = Name("context")
_TOLD: Final = Name("told")
_MEMBERS: Final = Name("members")
_LIBRARY: Final = ("authzen", "bearer", "http", "storage", "template")
_Terms: TypeAlias = Callable[[Part], Term]
"""Returns the Rego term for a part of a template."""


def routes_module(gateway: Gateway, package: str) -> Module:
    """Return the module ``<package>.routes``: the values of a document, and its request."""
    rules = (*place_rules(gateway), *_entries(gateway), *_rules(gateway))
    used = {name.partition(".")[0] for rule in rules for name in _names_in(rule)}
    imports = tuple(f"data.{package}.lib.gateway.{name}" for name in _LIBRARY if name in used)
    return Module(f"{package}.routes", (), imports, rules)


def _names_in(rule: Rule) -> Iterator[str]:
    literals: tuple[Literal, ...] = rule.body if rule.value is None else (*rule.body, rule.value)
    for literal in literals:
        yield from names(literal)


def _entries(gateway: Gateway) -> Iterator[Rule]:
    """Yield the rules for the request and for why there is none, by the library's module for this kind of document."""
    reader = "http" if isinstance(gateway, HttpGateway) else "storage" if isinstance(gateway, StorageGateway) else "authzen"
    yield Rule("errors", (), value=Name(f"{reader}.errors"))
    yield Rule("request", (), value=Call("made", (Name(f"{reader}.asked"),)))


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

    asked = (String(route.method), *map(_segment, range(len(route.path)), route.path))
    return _rule(f"{route.method} {written}", asked, tuple(_special(route, gateway.routes)), route, gateway, term)


def _authzen_rule(route: AuthzenRoute, gateway: AuthzenGateway) -> Rule:
    asked = (route.subject_type, route.name, route.resource_type)
    return _rule(" ".join(asked), tuple(map(String, asked)), (), route, gateway, _part)


def _rule(
    written: str,
    asked: tuple[Term, ...],
    condition: tuple[Literal, ...],
    route: Route | AuthzenRoute,
    gateway: HttpGateway | AuthzenGateway,
    term: _Terms,
) -> Rule:
    context = Infix(_CONTEXT, ":=", _context((*gateway.context, *route.context), term))
    members = tuple(_members(route, gateway.principal, term))
    return _made(asked, (*condition, context), members, (Comment("Compiled by iam2rego from the route", written),))


def _made(
    asked: tuple[Term, ...], body: tuple[Literal, ...], members: tuple[tuple[String, Term], ...], comments: tuple[Comment, ...] = ()
) -> Rule:
    """Return the rule that makes a request of ``members`` and of `_CONTEXT`, which the body defines.

    OPA indexes the first line, and would not index such an array as a parameter.
    The request is the result of a built-in function. OPA would copy an object of variables again in each rule that hands it on.
    """
    taken = Infix(_ASKED, "=", Array(asked))
    told = Infix(_TOLD, ":=", Present(_CONTEXT))
    request = Infix(_MEMBERS, ":=", Object(members))
    made = Call("object.union", (_MEMBERS, Object(((String("context"), _TOLD),))))
    return Rule("made", (taken, *body, told, request), value=made, parameters=(_ASKED.path,), comments=comments)


def _storage_rules(gateway: StorageGateway) -> Iterator[Rule]:
    """Yield the rule for the owner, if it has an ARN of its own, and the rule for other users."""
    principal = _template(gateway.principal, _part)
    if gateway.owner is None:
        yield _storage_rule(gateway, Name("_"), principal)
    else:
        yield _storage_rule(gateway, Name("true"), String(gateway.owner))
        yield _storage_rule(gateway, Name("false"), principal)


def _storage_rule(gateway: StorageGateway, is_owner: Term, principal: Term) -> Rule:
    context = Call("object.union", (Name("storage.conditions"), _context(gateway.context, _part)))
    members = [("principal", principal), ("action", Name("action")), ("resource", Name("storage.resource"))]
    members += [("resource_account", String(gateway.resource_account))] if gateway.resource_account else []
    return _made((is_owner,), (Infix(_CONTEXT, ":=", context),), tuple((String(name), term) for name, term in members))


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
    """Return the term for a value; segments are in variables instead."""
    match part:
        case Text(text=text):
            return String(text)
        case SourceAddress():
            return Name("source_ip")
        case Time():
            return Name("template.now")
        case AccountName():
            return Name("account")
        case QueryValue(name=name):
            return Call("http.parameter", (String(name),))
        case HeaderValue(name=name):
            return Call("http.header", (String(name),))
        case ClaimValue(name=name):
            return _member("claims", name)
        case PropertyValue(part=of, name=name):
            return _member(f"authzen.{of}", name)
        case SegmentValue():
            raise AssertionError("segments are in variables")


def _member(collection: str, name: str) -> Term:
    return Call("object.get", (Name(collection), String(name), Null()))
