"""Reads the keys that verify tokens: a JSON Web Key Set (RFC 7517) of public keys, all for one algorithm.

Both engines must read the set in the same way, and OPA rejects every token if it cannot read one of the keys. So a set with any other
key is rejected.
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from iam2rego.diagnostics import Code, PolicyError
from iam2rego.source import Source
from iam2rego.sources.files import Place, read
from iam2rego.sources.gateway.key_numbers import flaw
from iam2rego.sources.gateway.table import Table, refused
from iam2rego.sources.members import items_of, text_of
from iam2rego.sources.problems import Problems
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonArray, JsonNode

_MOST: Final = 1_000
"""How many keys OPA reads."""

_SECRET: Final = ("d", "dp", "dq", "k", "oth", "p", "q", "qi")
"""The members of private and symmetric keys."""

_CURVES: Final[Mapping[str, tuple[str, str]]] = {
    "ES256": ("EC", "P-256"),
    "ES384": ("EC", "P-384"),
    "ES512": ("EC", "P-521"),
    "EdDSA": ("OKP", "Ed25519"),
}
"""The key type and curve by algorithm; all other algorithms use RSA."""

_NUMBERS: Final[Mapping[str, Sequence[str]]] = {"RSA": ("n", "e"), "EC": ("x", "y"), "OKP": ("x",)}
_BASE64: Final = re.compile("[A-Za-z0-9_-]+")
_NAME: Final = re.compile("[ -~]+")
_ONE_ALGORITHM: Final = "keep only keys that sign tokens by the algorithm of `[claims]`"


def read_key_set(path: Path, algorithm: str) -> dict[str, Any]:
    """Read the key set in a file; every key must be for ``algorithm``.

    Returns:
        The key set, with only the members of public keys.

    Raises:
        PolicyError: it cannot be read, or has unusable keys; with all of these.
    """
    source = read(Place(path.name, str(path))).source
    node = Table.of(parse_json(source), source, "a key set", required=("keys",)).members["keys"].value
    if not isinstance(node, JsonArray) or not 0 < len(node.items) <= _MOST:
        raise refused(source, node.span, f"`keys` must be an array of 1 to {_MOST:,} keys", code=Code.UNUSABLE_KEYS)
    problems, keys, lines = Problems(), [], dict[str, int]()
    for each in node.items:
        with problems.collected():
            keys.append(_key(each, source, algorithm, lines))
    problems.settled()
    return {"keys": keys}


def _key(node: JsonNode, source: Source, algorithm: str, lines: dict[str, int]) -> dict[str, str]:
    """Return the members of a public key, and record the line of its name."""
    table = Table.of(node, source, "a key", required=(), optional=None)
    _refuse_secrets(table)
    _refuse_other_uses(table, algorithm)
    kty, crv = _CURVES.get(algorithm, ("RSA", ""))
    told = {"kty": kty, **({"crv": crv} if crv else {})}
    for name, wanted in told.items():
        if (text := _text(table, name)) != wanted:
            raise _wrong(table, name, f"is `{text}`, but {algorithm} needs `{wanted}`", _ONE_ALGORITHM)
    octets = {name: _octets(table, name) for name in _NUMBERS[kty]}
    if why := flaw(crv or kty, octets):
        raise refused(source, node.span, f"this is not a valid {crv or kty} key: {why}", "copy the key again", Code.UNUSABLE_KEYS)
    return told | _named(table, lines) | {name: _text(table, name) for name in octets}


def _refuse_secrets(table: Table) -> None:
    for name in _SECRET:
        if name in table.members:
            hint = "keep only public keys: anyone with the bundle could sign with this one"
            raise refused(table.source, table.members[name].name_span, f"the key has the secret member `{name}`", hint, Code.UNUSABLE_KEYS)


def _refuse_other_uses(table: Table, algorithm: str) -> None:
    """Reject a key that is marked for another use (RFC 7517, sections 4.2 to 4.4)."""
    if "use" in table.members and (use := table.text("use")) != "sig":
        raise _wrong(table, "use", f"is `{use}`, but only keys with `sig` verify signatures", _ONE_ALGORITHM)
    if "alg" in table.members and (alg := table.text("alg")) != algorithm:
        raise _wrong(table, "alg", f"is `{alg}`, but tokens are signed with {algorithm}", _ONE_ALGORITHM)
    if "key_ops" in table.members:
        items = items_of(table.members["key_ops"].value, table.source, "`key_ops`")
        if "verify" not in [text_of(item, table.source, "an operation") for item in items]:
            raise _wrong(table, "key_ops", "does not list `verify`", _ONE_ALGORITHM)


def _named(table: Table, lines: dict[str, int]) -> dict[str, str]:
    if "kid" not in table.members:
        return {}
    name = table.text("kid")
    if not _NAME.fullmatch(name):
        raise _wrong(table, "kid", "must be text of printable ASCII characters")
    if name in lines:
        hint = "give each key its own name: OPA tries only the first key of a name"
        raise _wrong(table, "kid", f"is `{name}`, like that of the key on line {lines[name]}", hint)
    lines[name] = table.members["kid"].value.span.line
    return {"kid": name}


def _octets(table: Table, name: str) -> bytes:
    text = _text(table, name)
    if not _BASE64.fullmatch(text) or len(text) % 4 == 1:
        raise _wrong(table, name, "must be base64url without padding")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(table: Table, name: str) -> str:
    if name not in table.members:
        raise refused(table.source, table.node.span, f"the key lacks `{name}`", code=Code.UNUSABLE_KEYS)
    return table.text(name)


def _wrong(table: Table, name: str, message: str, hint: str = "") -> PolicyError:
    return table.wrong(name, message, hint, Code.UNUSABLE_KEYS)
