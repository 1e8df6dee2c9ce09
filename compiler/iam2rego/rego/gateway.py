"""A gateway's file to Rego: a rule a route, which OPA indexes, and data that tell where things are in the gateway's documents.

The rules read what ``lib/gateway/question.rego`` makes of a document: ``method``, ``segments``, and values by their names.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Any, Final

from iam2rego.ir.gateway import (
    CallerClaims,
    Claims,
    EnvoyClaims,
    Gateway,
    GatewayKind,
    HeaderValue,
    NamedSegment,
    Part,
    PathSegment,
    QueryValue,
    Route,
    SegmentValue,
    SourceAddress,
    Template,
    Time,
    TokenClaims,
)
from iam2rego.ir.pattern import Text
from iam2rego.rego.bundle import Bundle, beside, module_text
from iam2rego.rego.printer import print_module
from iam2rego.rego.tree import Array, Call, Comment, Infix, Literal, Module, Name, Null, Object, Rule, String, Term, names

_HTTP: Final = ("attributes", "request", "http")
_METADATA: Final = ("attributes", "metadataContext", "filterMetadata")
_PLACES: Final[Mapping[GatewayKind, Mapping[str, Sequence[str]]]] = {
    GatewayKind.ENVOY: {
        "method": (*_HTTP, "method"),
        "path": (*_HTTP, "path"),
        "headers": (*_HTTP, "headers"),
        "source_ip": ("attributes", "source", "address", "socketAddress", "address"),
    },
    GatewayKind.HTTP: {"method": ("method",), "path": ("path",), "headers": ("headers",), "source_ip": ("source_ip",)},
}
"""Where OPA's input holds what, by kind."""

_READ: Final = {"query": Name("input.query"), "header": Name("input.headers"), "claim": Name("input.claims")}
_MADE: Final = Name("request")


def with_gateway(bundle: Bundle, gateway: Gateway, package: str) -> Bundle:
    """Return ``bundle``, which decides below ``package``, with the entry points ``data.<package>.gateway`` beside."""
    folder = package.replace(".", "/")
    modules = {f"{folder}/{_place(name)}/{name}.rego": module_text(text, package) for name, text in _library().items()}
    modules[f"{folder}/routes/routes.rego"] = print_module(routes_module(gateway, package))
    return beside(bundle, modules, {"routes": _data(gateway)}, ("gateway", "routes"), package)


def routes_module(gateway: Gateway, package: str) -> Module:
    """Return the module with a rule for each route, ``<package>.routes``."""
    rules = tuple(_rule(number, gateway) for number in range(len(gateway.routes)))
    used = any(name.startswith("template.") for rule in rules for literal in rule.body for name in names(literal))
    imports = (f"data.{package}.lib.gateway.template",) if used else ()
    return Module(f"{package}.routes", (), imports, rules)


def _place(name: str) -> str:
    return "gateway" if name == "entry" else "lib/gateway"


def _library() -> dict[str, str]:
    files = resources.files("iam2rego.rego").joinpath("lib", "gateway").iterdir()
    texts = {file.name.removesuffix(".rego"): file.read_text("utf-8") for file in files if file.name.endswith(".rego")}
    return {name: text for name, text in texts.items() if not name.endswith("_test")}


def _data(gateway: Gateway) -> dict[str, Any]:
    """Return what the library reads of the file beside the routes."""
    key_set = gateway.claims.key_set if isinstance(gateway.claims, TokenClaims) else {}
    return {
        "key_set": key_set,
        "settings": {
            "places": _PLACES[gateway.kind],
            "claims": _claims(gateway.claims),
            "query": _named(gateway, "query"),
            "headers": _named(gateway, "header"),
            "forwarded_hops": gateway.forwarded_hops,
            "explain": gateway.explain,
        },
    }


def _claims(claims: Claims | None) -> dict[str, Any]:
    match claims:
        case None:
            return {}
        case EnvoyClaims(filter=name, payload=payload):
            return {"path": [*_METADATA, name, payload]}
        case CallerClaims():
            return {"path": ["claims"]}
        case TokenClaims(header=header, algorithm=algorithm, audience=audience, issuer=issuer):
            return {"header": header, "issuer": issuer, "pinned": {"alg": algorithm, "aud": audience}}


def _named(gateway: Gateway, kind: str) -> list[str]:
    """Return the names of the parameters or headers that some template needs."""
    parts = (part for template in _templates(gateway) for part in template)
    return sorted({part.name for part in parts if isinstance(part, QueryValue | HeaderValue) and part.kind == kind})


def _templates(gateway: Gateway) -> Iterator[Template]:
    yield gateway.principal
    yield from (entry.value for entry in gateway.context)
    for route in gateway.routes:
        yield route.resource
        yield from (entry.value for entry in route.context)


def _rule(number: int, gateway: Gateway) -> Rule:
    route = gateway.routes[number]
    template = "/" + "/".join(segment.text if isinstance(segment, Text) else f"{{{segment.name}}}" for segment in route.path)
    made = Infix(_MADE, ":=", Object(tuple(_members(route, gateway))))
    context = Infix(Name("context"), ":=", Object(tuple(_context(route, gateway))))
    return Rule(
        "made",
        (*_taken(route), *_special(route, gateway.routes), context, made),
        contains=_MADE,
        comments=(Comment("Compiled by iam2rego from the route", f"{route.method} {template}"),),
    )


def _taken(route: Route) -> Iterator[Literal]:
    """Yield the tests that OPA indexes: of the method, and of all segments together."""
    yield Infix(Name("input.method"), "==", String(route.method))
    yield Infix(Name("input.segments"), "=", Array(tuple(map(_segment, range(len(route.path)), route.path))))


def _segment(position: int, segment: PathSegment) -> Term:
    return String(segment.text) if isinstance(segment, Text) else Name(_variable(position))


def _variable(position: int) -> str:
    return f"segment_{position}"


def _special(route: Route, routes: Sequence[Route]) -> Iterator[Literal]:
    """Yield a test for each route that takes some of the same requests and no others, that it does not take this one."""
    for other in routes:
        if other.method == route.method and len(other.path) == len(route.path):
            pairs = list(enumerate(zip(route.path, other.path, strict=True)))
            fixed = [place for place, (mine, its) in pairs if isinstance(its, Text) and not isinstance(mine, Text)]
            if fixed and all(not isinstance(mine, Text) or mine == its for _, (mine, its) in pairs):
                own = Array(tuple(Name(_variable(place)) for place in fixed))
                yield Infix(own, "!=", Array(tuple(_segment(place, other.path[place]) for place in fixed)))


def _members(route: Route, gateway: Gateway) -> Iterator[tuple[String, Term]]:
    places = _named_places(route)
    yield String("principal"), _term(gateway.principal, places)
    yield String("action"), String(route.action)
    yield String("resource"), _term(route.resource, places)
    if route.resource_account:
        yield String("resource_account"), _term(route.resource_account, places)
    yield String("context"), Name("context")


def _context(route: Route, gateway: Gateway) -> Iterator[tuple[String, Term]]:
    for entry in (*gateway.context, *route.context):
        yield String(entry.key), _term(entry.value, _named_places(route))


def _named_places(route: Route) -> dict[str, int]:
    return {segment.name: place for place, segment in enumerate(route.path) if isinstance(segment, NamedSegment)}


def _term(template: Template, places: Mapping[str, int]) -> Term:
    """Return what a template stands for: one value as it is, or text; a value in an ARN stays within its field."""
    parts = tuple(_part(part, places) for part in template)
    if len(parts) == 1:
        return parts[0]
    if isinstance(parts[0], String) and parts[0].value.startswith("arn:"):
        parts = tuple(each if isinstance(each, String) else Call("template.name", (each,)) for each in parts)
    return Call("template.joined", (Array(parts),))


def _part(part: Part, places: Mapping[str, int]) -> Term:
    match part:
        case Text(text=text):
            return String(text)
        case SegmentValue(name=name):
            return Name(_variable(places[name]))
        case SourceAddress():
            return Name("input.source_ip")
        case Time():
            return Name("input.time")
    return Call("object.get", (_READ[part.kind], String(part.name), Null()))
