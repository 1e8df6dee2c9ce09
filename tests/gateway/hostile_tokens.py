"""Tokens that nobody should believe, and those of Alice and Erin beside them."""

import json
import time
from collections.abc import Iterator, Mapping

from tests.support.tokens import AUDIENCE, HOUR, Key, base64, claims, confused_token, token, unsigned


def tokens(key: Key) -> Mapping[str, str]:
    """The tokens of the rows by their names, ``key`` being the one that Envoy knows."""
    return dict(_tokens(key, Key("unknown"), claims("alice")))


def _tokens(key: Key, other: Key, alice: dict[str, object]) -> Iterator[tuple[str, str]]:
    now = int(time.time())
    good, impostor = token(key, alice), Key(key.name)
    yield "alice", good
    yield "erin", token(key, claims("erin"))
    yield "no token", ""
    yield "no JSON Web Token", "alice"
    yield "algorithm none", f"{unsigned({'alg': 'none', 'typ': 'JWT'}, alice)}."
    yield "algorithm none and a signature", f"{unsigned({'alg': 'none', 'kid': key.name}, alice)}.{good.rpartition('.')[2]}"
    yield "algorithm in lower case", signed(key, {"alg": "rs256", "kid": key.name}, alice)
    yield "no signature", good.rpartition(".")[0] + "."
    yield "signature of another token", f"{token(key, claims('erin')).rpartition('.')[0]}.{good.rpartition('.')[2]}"
    yield (
        "claims changed",
        f"{unsigned({'alg': 'RS256', 'typ': 'JWT', 'kid': key.name}, {**alice, 'sub': 'erin'})}.{good.rpartition('.')[2]}",
    )
    yield "wrong audience", token(key, {**alice, "aud": f"{AUDIENCE}-2"})
    yield "no audience", token(key, without(alice, "aud"))
    yield "wrong issuer", token(key, {**alice, "iss": "https://id.example.org"})
    yield "expired", token(key, {**alice, "exp": now - 2})
    yield "no expiry", token(key, without(alice, "exp"))
    yield "not yet valid", token(key, {**alice, "nbf": now + HOUR, "exp": now + 2 * HOUR})
    yield "unknown key", token(other, alice)
    yield "key of another by the known name", token(impostor, alice)
    yield "key in the header", signed(impostor, {"alg": "RS256", "kid": key.name, "jwk": impostor.public}, alice)
    yield "secret of the key's PEM", confused_token(key, key.public_text, alice)
    yield "secret of the key's modulus", confused_token(key, key.public["n"].encode(), alice)
    yield "issuer that is a number", token(key, {**alice, "iss": 1})
    yield "issuer that is a list", token(key, {**alice, "iss": [alice["iss"]]})
    yield "expiry that is a text", token(key, {**alice, "exp": str(now + HOUR)})
    yield "expiry that is no number of a machine", of_text(key, json.dumps(alice).replace(str(alice["exp"]), "1e999"))
    yield "claims that are a list", of_text(key, json.dumps([alice]))
    yield "what the header calls critical", signed(key, {"alg": "RS256", "kid": key.name, "crit": ["b64"], "b64": False}, alice)
    yield "two members of one name", of_text(key, json.dumps(alice).replace("{", '{"sub": "erin", ', 1))
    yield "no subject", token(key, without(alice, "sub"))
    yield "subject that is a list", token(key, {**alice, "sub": ["alice"]})
    yield "subject that is an object", token(key, {**alice, "sub": {"name": "alice"}})
    yield "subject that is a wildcard", token(key, claims("*"))
    yield "subject with a path to another", token(key, claims("bob/../alice"))
    yield "empty subject", token(key, claims(""))
    yield "subject of another case", token(key, claims("Alice"))


def signed(key: Key, header: Mapping[str, object], said: Mapping[str, object]) -> str:
    text = unsigned(header, said)
    return f"{text}.{base64(key.sign(text.encode()))}"


def of_text(key: Key, said: str) -> str:
    """A token with claims as they are written."""
    text = f"{base64(json.dumps({'alg': 'RS256', 'kid': key.name}).encode())}.{base64(said.encode())}"
    return f"{text}.{base64(key.sign(text.encode()))}"


def without(said: Mapping[str, object], name: str) -> Mapping[str, object]:
    return {key: value for key, value in said.items() if key != name}
