"""Compiles a gateway's file to its part of a bundle: the library, the rules of its routes, and its other settings as data."""

from typing import Any

from iam2rego.ir.gateway import AuthzenGateway, Gateway, HttpGateway, StorageGateway, TokenClaims
from iam2rego.rego.bundle.assemble import Bundle, beside
from iam2rego.rego.bundle.library import module_text
from iam2rego.rego.bundle.library import modules as library_modules
from iam2rego.rego.gateway.routes import routes_module
from iam2rego.rego.language.printer import print_module


def with_gateway(bundle: Bundle, gateway: Gateway, package: str) -> Bundle:
    """Return ``bundle``, whose package is ``package``, with the entry points ``data.<package>.gateway`` added."""
    folder = package.replace(".", "/")
    modules = {f"{folder}/{_place(name)}/{name}.rego": module_text(text, package) for name, text in library_modules("gateway").items()}
    modules[f"{folder}/routes/routes.rego"] = print_module(routes_module(gateway, package))
    return beside(bundle, modules, {"routes": _data(gateway)}, ("gateway", "routes"), package)


def _place(name: str) -> str:
    return "gateway" if name == "entry" else "lib/gateway"


def _data(gateway: Gateway) -> dict[str, Any]:
    """Return the settings that the library reads."""
    match gateway:
        case HttpGateway(claims=TokenClaims() as claims):
            return {"key_set": claims.key_set, "settings": {**_http_settings(gateway), "token": _token(claims)}}
        case HttpGateway():
            return {"settings": _http_settings(gateway)}
        case StorageGateway():
            return {"settings": {"kind": "storage"}}
        case AuthzenGateway():
            return {"settings": {"kind": "authzen"}}


def _http_settings(gateway: HttpGateway) -> dict[str, Any]:
    return {"kind": "http", "explain": gateway.explain}


def _token(claims: TokenClaims) -> dict[str, Any]:
    return {"header": claims.header, "issuer": claims.issuer, "pinned": {"alg": claims.algorithm, "aud": claims.audience}}
