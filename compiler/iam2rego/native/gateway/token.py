"""JSON Web Tokens, verified by a library that users may not have: the extra `gateway` brings it."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iam2rego.ir.gateway import TokenClaims
from iam2rego.jsontext import JsonTextError, JsonValue, Number, loads

if TYPE_CHECKING:
    from jwt import PyJWK


_PART: Final = r"(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?"
_FORM: Final = re.compile(rf"({_PART})\.({_PART})\.{_PART}", re.ASCII)
"""Three texts of base64url without padding, in which no bit is unused but zero: each octet has one spelling (RFC 4648, section 3.5)."""

_REFUSED: Final = frozenset({"b64", "crit", "cty", "enc"})
"""Members of headers that change what a token is; ``b64`` must not be in one (RFC 7797, section 7)."""


def claims_of(token: str, wanted: TokenClaims, now: int) -> dict[str, JsonValue] | None:
    """Return the claims of a token that is signed by one of the keys, for whom and until when it has to be; None of any other.

    Of claims with the same name the last counts (RFC 7519, section 4).

    Args:
        token: in its compact form.
        wanted: what the gateway's file pins.
        now: the time in nanoseconds since 1970.
    """
    formed = _FORM.fullmatch(token)
    head, claims = (_object(formed[1]), _object(formed[2])) if formed else (None, None)
    if head is None or claims is None or not _is_header(head, wanted) or not _is_signed(token, head, wanted):
        return None
    return claims if _is_for(claims, wanted) and _is_of(claims, Decimal(now) / 10**9) else None


def _object(written: str) -> dict[str, JsonValue] | None:
    """Return the JSON object that a part of a token is; None where it is none, no UTF-8, or nests too deeply."""
    try:
        value = loads(urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode(), last_counts=True)
    except (JsonTextError, UnicodeDecodeError):
        return None
    return value if isinstance(value, dict) else None


def _is_header(head: dict[str, JsonValue], wanted: TokenClaims) -> bool:
    texts = all(isinstance(head.get(name, ""), str) for name in ("kid", "typ"))
    return texts and head.get("alg") == wanted.algorithm and not _REFUSED & head.keys()


def _is_signed(token: str, head: dict[str, JsonValue], wanted: TokenClaims) -> bool:
    """Say whether a key of the set has signed a token: that of its `kid` where there is one."""
    keys = list(_keys(wanted))
    named = [key for key in keys if key.key_id is not None and key.key_id == head.get("kid")]
    return any(_verifies(key, token) for key in named or keys)


def _keys(wanted: TokenClaims) -> "Iterator[PyJWK]":
    """Yield the keys of the set that the algorithm can use."""
    from jwt import PyJWK
    from jwt.exceptions import PyJWTError

    for key in wanted.key_set["keys"]:
        with suppress(PyJWTError):
            yield PyJWK(key, wanted.algorithm)


def _verifies(key: "PyJWK", token: str) -> bool:
    from jwt import PyJWS
    from jwt.exceptions import PyJWTError

    try:
        PyJWS(algorithms=[key.algorithm_name]).decode_complete(token, key, algorithms=[key.algorithm_name])
    except PyJWTError:
        return False
    return True


def _is_for(claims: dict[str, JsonValue], wanted: TokenClaims) -> bool:
    audience = claims.get("aud")
    return claims.get("iss") == wanted.issuer and wanted.audience in (audience if isinstance(audience, list) else [audience])


def _is_of(claims: dict[str, JsonValue], now: Decimal) -> bool:
    """Say whether now is before the end that a token must tell, and not before the start that it may tell."""
    end, start = claims.get("exp"), claims.get("nbf", Number("0"))
    return isinstance(end, Number) and isinstance(start, Number) and Decimal(start.text) <= now < Decimal(end.text)
