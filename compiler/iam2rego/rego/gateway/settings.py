"""Compiles a gateway's file to its part of a bundle: the library, the rules of its routes, and data.

The data say where values are in the gateway's documents, and contain the file's other settings.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from iam2rego.ir.gateway import (
    AuthzenGateway,
    CallerClaims,
    Claims,
    EnvoyClaims,
    Gateway,
    GatewayKind,
    HeaderValue,
    HttpGateway,
    QueryValue,
    StorageGateway,
    TokenClaims,
    templates,
)
from iam2rego.rego.bundle.assemble import Bundle, beside
from iam2rego.rego.bundle.library import module_text
from iam2rego.rego.bundle.library import modules as library_modules
from iam2rego.rego.gateway.routes import routes_module
from iam2rego.rego.language.printer import print_module

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
    GatewayKind.MINIO: {
        "account": ("account",),
        "claims": ("claims",),
        "is_owner": ("owner",),
        "action": ("action",),
        "bucket": ("bucket",),
        "object": ("object",),
        "conditions": ("conditions",),
        "only_denied": ("denyOnly",),
    },
    GatewayKind.RUSTFS: {
        "account": ("identity", "account"),
        "claims": ("identity", "claims"),
        "is_owner": ("identity", "is_owner"),
        "action": ("action",),
        "bucket": ("resource", "bucket"),
        "object": ("resource", "object"),
        "conditions": ("context", "conditions"),
        "only_denied": ("context", "deny_only"),
    },
}
"""Where the values are in OPA's input, by kind of gateway."""


def with_gateway(bundle: Bundle, gateway: Gateway, package: str) -> Bundle:
    """Return ``bundle``, whose package is ``package``, with the entry points ``data.<package>.gateway`` added."""
    folder = package.replace(".", "/")
    modules = {f"{folder}/{_place(name)}/{name}.rego": module_text(text, package) for name, text in library_modules("gateway").items()}
    modules[f"{folder}/routes/routes.rego"] = print_module(routes_module(gateway, package))
    return beside(bundle, modules, {"routes": _data(gateway)}, ("gateway", "routes"), package)


def _place(name: str) -> str:
    return "gateway" if name == "entry" else "lib/gateway"


def _data(gateway: Gateway) -> dict[str, Any]:
    """Return the settings that the library reads, without the routes."""
    match gateway:
        case HttpGateway():
            key_set = gateway.claims.key_set if isinstance(gateway.claims, TokenClaims) else {}
            return {"key_set": key_set, "settings": {"kind": "http", "places": _PLACES[gateway.kind], **_http_settings(gateway)}}
        case StorageGateway():
            return {"settings": {"kind": "storage", "places": _PLACES[gateway.kind]}}
        case AuthzenGateway():
            return {"settings": {"kind": "authzen"}}


def _http_settings(gateway: HttpGateway) -> dict[str, Any]:
    return {
        "claims": _claims(gateway.claims),
        "query": _named(gateway, "query"),
        "headers": _named(gateway, "header"),
        "forwarded_hops": gateway.forwarded_hops,
        "explain": gateway.explain,
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


def _named(gateway: HttpGateway, kind: str) -> list[str]:
    """Return the names of the parameters or headers that some template needs."""
    parts = (part for template in templates(gateway) for part in template)
    return sorted({part.name for part in parts if isinstance(part, QueryValue | HeaderValue) and part.kind == kind})
