"""Reads where claims come from, and the keys that verify tokens."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from iam2rego.ir.gateway import CallerClaims, Claims, EnvoyClaims, GatewayKind, TokenClaims
from iam2rego.source import Source
from iam2rego.sources.gateway.keys import read_key_set
from iam2rego.sources.gateway.table import Table
from iam2rego.syntax.tree import JsonNode

_ALGORITHMS: Final = ("ES256", "ES384", "ES512", "EdDSA", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512")
_HEADER: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "envoy": ("filter", "payload"),
    "caller": (),
    "opa": ("header", "algorithm", "audience", "issuer", "jwks"),
}
"""The members of ``[claims]`` other than ``verified_by``, by its value."""

_ASKS: Final = {GatewayKind.ENVOY: "envoy", GatewayKind.HTTP: "caller"}
"""Who may have verified claims, by kind, other than OPA."""


def read_claims(node: JsonNode, source: Source, kind: GatewayKind, folder: Path) -> Claims:
    """Read the table ``claims`` of a gateway of some kind; file names are relative to ``folder``.

    Raises:
        PolicyError: the table is malformed, or the key set cannot be used.
    """
    by = Table.of(node, source, "`claims`", required=("verified_by",), optional=None).choice("verified_by", [_ASKS[kind], "opa"])
    table = Table.of(node, source, f"`claims` verified by {by}", required=("verified_by", *_BY[by]))
    match by:
        case "envoy":
            return EnvoyClaims(filter=table.text("filter"), payload=table.text("payload"))
        case "caller":
            return CallerClaims()
    return _token(table, folder)


def _token(table: Table, folder: Path) -> TokenClaims:
    header = table.text("header")
    if not _HEADER.fullmatch(header):
        raise table.wrong("header", "is not a valid header name")
    algorithm = table.choice("algorithm", _ALGORITHMS)
    return TokenClaims(
        header=header.lower(),
        algorithm=algorithm,
        audience=_stated(table, "audience"),
        issuer=_stated(table, "issuer"),
        key_set=read_key_set(folder / table.text("jwks"), algorithm),
    )


def _stated(table: Table, name: str) -> str:
    if not (text := table.text(name)):
        raise table.wrong(name, "is empty")
    return text
