"""Where claims come from, and the keys that tokens are verified by."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from iam2rego.diagnostics import Code
from iam2rego.ir.gateway import CallerClaims, Claims, EnvoyClaims, GatewayKind, TokenClaims
from iam2rego.source import Source
from iam2rego.sources.files import Place, read
from iam2rego.sources.gateway.table import Table, refused
from iam2rego.sources.members import object_members
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonString

_ALGORITHMS: Final = ("ES256", "ES384", "ES512", "EdDSA", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512")
_HEADER: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "envoy": ("filter", "payload"),
    "caller": (),
    "opa": ("header", "algorithm", "audience", "issuer", "jwks"),
}
"""The members of ``[claims]`` beside ``verified_by``, by its value."""

_ASKS: Final = {GatewayKind.ENVOY: "envoy", GatewayKind.HTTP: "caller"}
"""Who may have verified claims, by kind, other than OPA."""

_PUBLIC: Final = {"RSA": ("n", "e"), "EC": ("crv", "x", "y"), "OKP": ("crv", "x")}
"""What a public key of each type consists of."""


def read_claims(node: JsonNode, source: Source, kind: GatewayKind, folder: Path) -> Claims:
    """Read the table ``claims`` of a gateway of some kind; files are named as from its ``folder``.

    Raises:
        PolicyError: it is none, or the key set is not to be read or holds what is no public key.
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
        raise table.wrong("header", "is no name of a header")
    return TokenClaims(
        header=header.lower(),
        algorithm=table.choice("algorithm", _ALGORITHMS),
        audience=_stated(table, "audience"),
        issuer=_stated(table, "issuer"),
        key_set=_key_set(folder / table.text("jwks")),
    )


def _stated(table: Table, name: str) -> str:
    if not (text := table.text(name)):
        raise table.wrong(name, "is empty")
    return text


def _key_set(path: Path) -> dict[str, Any]:
    source = read(Place(path.name, str(path))).source
    node = parse_json(source)
    keys = Table.of(node, source, "a key set", required=("keys",)).node_of("keys")
    if not isinstance(keys, JsonArray) or not keys.items:
        raise refused(source, node.span, "`keys` must be an array with a key in it", code=Code.UNUSABLE_KEYS)
    return {"keys": [_key(each, source) for each in keys.items]}


def _key(node: JsonNode, source: Source) -> dict[str, str]:
    """Return the members of a public key that say what it is; a private one has no business in a bundle."""
    members = object_members(node, source, "a key", None)
    texts = {name: member.value.value for name, member in members.items() if isinstance(member.value, JsonString)}
    public = _PUBLIC.get(texts.get("kty", ""))
    if public is None or "d" in members:
        hint = "keep the members of public keys only: the bundle is no place for what signs"
        raise refused(source, node.span, "this is not the public key of RSA, EC or OKP", hint, Code.UNUSABLE_KEYS)
    if lacking := [name for name in public if name not in texts]:
        raise refused(source, node.span, f"the key lacks `{lacking[0]}`", code=Code.UNUSABLE_KEYS)
    return {name: texts[name] for name in ("kty", "kid", *public) if name in texts}
