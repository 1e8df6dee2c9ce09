"""JSON Web Tokens, verified by a library that users may not have: the extra `gateway` brings it."""

from decimal import Decimal

from iam2rego.ir.gateway import TokenClaims
from iam2rego.jsontext import JsonTextError, JsonValue, Number, loads


def claims_of(token: str, wanted: TokenClaims, now: int) -> dict[str, JsonValue] | None:
    """Return the claims of a token that is signed by one of the keys, for whom and until when it has to be; None of any other.

    Args:
        token: in its compact form.
        wanted: what the gateway's file pins.
        now: the time in nanoseconds since 1970.
    """
    payload = _signed(token, wanted)
    try:
        claims = loads(payload.decode()) if payload is not None else None
    except (JsonTextError, UnicodeDecodeError):
        return None
    return claims if isinstance(claims, dict) and _is_for(claims, wanted) and _is_of(claims, Decimal(now) / 10**9) else None


def _signed(token: str, wanted: TokenClaims) -> bytes | None:
    """Return the payload of a token that a key of the set has signed: that of its `kid` where there is one."""
    from jwt import PyJWK, PyJWS
    from jwt.exceptions import PyJWTError

    jws = PyJWS(algorithms=[wanted.algorithm])
    try:
        head = jws.get_unverified_header(token)
        keys = [PyJWK(key, wanted.algorithm) for key in wanted.key_set["keys"]]
        named = [key for key in keys if key.key_id is not None and key.key_id == head.get("kid")]
    except PyJWTError:
        return None
    if {"crit", "cty"} & head.keys():
        return None
    for key in named or keys:
        try:
            payload: bytes = jws.decode_complete(token, key, algorithms=[wanted.algorithm])["payload"]
        except PyJWTError:
            continue
        return payload
    return None


def _is_for(claims: dict[str, JsonValue], wanted: TokenClaims) -> bool:
    audience = claims.get("aud")
    return claims.get("iss") == wanted.issuer and wanted.audience in (audience if isinstance(audience, list) else [audience])


def _is_of(claims: dict[str, JsonValue], now: Decimal) -> bool:
    """Say whether now is before the end that a token must tell, and not before the start that it may tell."""
    end, start = claims.get("exp"), claims.get("nbf", Number("0"))
    return isinstance(end, Number) and isinstance(start, Number) and Decimal(start.text) <= now < Decimal(end.text)
