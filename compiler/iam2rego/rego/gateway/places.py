"""Compiles where a gateway's documents hold the values that the library and the routes read: a rule for each, beside the routes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from iam2rego.ir.gateway import AuthzenGateway, CallerClaims, EnvoyClaims, Gateway, GatewayKind, HttpGateway, StorageGateway, TokenClaims
from iam2rego.rego.language.tree import Array, Call, Infix, Name, Null, Number, Object, Rule, String, Term

_HTTP: Final = ("attributes", "request", "http")
_METADATA: Final = ("attributes", "metadataContext", "filterMetadata")
_PLACES: Final[Mapping[GatewayKind, Mapping[str, Sequence[str]]]] = {
    GatewayKind.ENVOY: {
        "method": (*_HTTP, "method"),
        "path": (*_HTTP, "path"),
        "headers": (*_HTTP, "headers"),
        "source_ip": ("attributes", "source", "address", "socketAddress", "address"),
    },
    GatewayKind.HTTP: {
        "method": ("method",),
        "path": ("path",),
        "headers": ("headers",),
        "source_ip": ("source_ip",),
        "claims": ("claims",),
    },
    GatewayKind.MINIO: {
        "account": ("account",),
        "claims": ("claims",),
        "is_owner": ("owner",),
        "action": ("action",),
        "bucket": ("bucket",),
        "object_name": ("object",),
        "conditions": ("conditions",),
        "only_denied": ("denyOnly",),
    },
    GatewayKind.RUSTFS: {
        "account": ("identity", "account"),
        "claims": ("identity", "claims"),
        "is_owner": ("identity", "is_owner"),
        "action": ("action",),
        "bucket": ("resource", "bucket"),
        "object_name": ("resource", "object"),
        "conditions": ("context", "conditions"),
        "only_denied": ("context", "deny_only"),
    },
}
"""Where the values are in OPA's input, by kind of gateway."""

_CLAIMS: Final = "claims"
_ADDRESS: Final = "source_ip"
_FALSE: Final = Name("false")
_NOTHING: Final = Object(())
_ABSENT: Final[Mapping[str, Term]] = {
    "headers": _NOTHING,
    "is_owner": _FALSE,
    "bucket": String(""),
    "object_name": String(""),
    "conditions": _NOTHING,
    "only_denied": _FALSE,
}
"""What an absent value becomes, if not null."""


def place_rules(gateway: Gateway) -> Iterator[Rule]:
    """Yield a rule for each value. There are none for AuthZEN, whose documents have one form, which the library knows."""
    if isinstance(gateway, AuthzenGateway):
        return
    for name, path in _PLACES[gateway.kind].items():
        if name == _ADDRESS and isinstance(gateway, HttpGateway) and gateway.forwarded_hops:
            yield _value(name, Call("http.forwarded", (Number(str(gateway.forwarded_hops)),)))
        elif name != _CLAIMS:
            yield _value(name, _found(path, _ABSENT.get(name, Null())))
    yield from _claims(gateway)


def _claims(gateway: HttpGateway | StorageGateway) -> Iterator[Rule]:
    """Yield the rules for the claims: empty if there are none, or if they are not an object."""
    found = Name("found")
    yield Rule(_CLAIMS, (), value=_NOTHING, default=True)
    match gateway.claims if isinstance(gateway, HttpGateway) else CallerClaims():
        case EnvoyClaims(filter=name, payload=payload):
            path: Sequence[str] = (*_METADATA, name, payload)
        case CallerClaims():
            path = _PLACES[gateway.kind][_CLAIMS]
        case TokenClaims():
            yield _value(_CLAIMS, Name("bearer.claims"))
            return
        case None:
            return
    yield Rule(_CLAIMS, (Infix(found, ":=", _found(path, _NOTHING)), Call("is_object", (found,))), value=found)


def _value(name: str, value: Term) -> Rule:
    return Rule(name, (), value=value)


def _found(path: Sequence[str], absent: Term) -> Term:
    return Call("object.get", (Name("input"), Array(tuple(map(String, path))), absent))
