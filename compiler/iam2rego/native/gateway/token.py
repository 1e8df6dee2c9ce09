"""JSON Web Tokens, verified by a library that users may not have: the extra `gateway` brings it."""

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

from iam2rego.ir.gateway import TokenClaims
from iam2rego.jsontext import JsonTextError, JsonValue, Number, loads

if TYPE_CHECKING:
    from jwt import PyJWK, PyJWS


def claims_of(token: str, wanted: TokenClaims, now: int) -> dict[str, JsonValue] | None:
    """Return the claims of a token that is signed by one of the keys, for whom and until when it has to be; None of any other.

    Of claims with the same name the last counts (RFC 7519, section 4).

    Args:
        token: in its compact form.
        wanted: what the gateway's file pins.
        now: the time in nanoseconds since 1970.
    """
    payload = _signed(token, wanted)
    try:
        claims = loads(payload.decode(), last_counts=True) if payload is not None else None
    except (JsonTextError, UnicodeDecodeError):
        return None
    return claims if isinstance(claims, dict) and _is_for(claims, wanted) and _is_of(claims, Decimal(now) / 10**9) else None


def _signed(token: str, wanted: TokenClaims) -> bytes | None:
    """Return the payload of a token that a key of the set has signed: that of its `kid` where there is one."""
    from jwt import PyJWS
    from jwt.exceptions import PyJWTError

    jws = PyJWS(algorithms=[wanted.algorithm])
    try:
        head = jws.get_unverified_header(token)
    except PyJWTError:
        return None
    keys = list(_keys(wanted))
    named = [key for key in keys if key.key_id is not None and key.key_id == head.get("kid")]
    payloads = (_payload(jws, token, key) for key in named or keys)
    return None if {"crit", "cty"} & head.keys() else next((each for each in payloads if each is not None), None)


def _keys(wanted: TokenClaims) -> "Iterator[PyJWK]":
    """Yield the keys of the set that the algorithm can use."""
    from jwt import PyJWK
    from jwt.exceptions import PyJWTError

    for key in wanted.key_set["keys"]:
        with suppress(PyJWTError):
            yield PyJWK(key, wanted.algorithm)


def _payload(jws: "PyJWS", token: str, key: "PyJWK") -> bytes | None:
    from jwt.exceptions import PyJWTError

    try:
        payload: bytes = jws.decode_complete(token, key, algorithms=[key.algorithm_name])["payload"]
    except PyJWTError:
        return None
    return payload


def _is_for(claims: dict[str, JsonValue], wanted: TokenClaims) -> bool:
    audience = claims.get("aud")
    return claims.get("iss") == wanted.issuer and wanted.audience in (audience if isinstance(audience, list) else [audience])


def _is_of(claims: dict[str, JsonValue], now: Decimal) -> bool:
    """Say whether now is before the end that a token must tell, and not before the start that it may tell."""
    end, start = claims.get("exp"), claims.get("nbf", Number("0"))
    return isinstance(end, Number) and isinstance(start, Number) and Decimal(start.text) <= now < Decimal(end.text)
