"""JSON Web Tokens, verified by an optional library that the extra `gateway` installs."""

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
"""Three texts of base64url without padding whose unused bits are zero, so that each octet has one spelling (RFC 4648, section 3.5)."""

_REFUSED: Final = frozenset({"b64", "crit", "cty", "enc"})
"""Header members that change how a token is read; ``b64`` is forbidden in one (RFC 7797, section 7)."""


def claims_of(token: str, wanted: TokenClaims, now: int) -> dict[str, JsonValue] | None:
    """Return the claims of a token that a key has signed, with the wanted issuer and audience, now valid; None for any other.

    If two claims have the same name, the last one counts (RFC 7519, section 4).

    Args:
        token: in its compact form.
        wanted: the values that the gateway's file requires.
        now: the time in nanoseconds since 1970.
    """
    formed = _FORM.fullmatch(token)
    head, claims = (_object(formed[1]), _object(formed[2])) if formed else (None, None)
    if head is None or claims is None or not _is_header(head, wanted) or not _is_signed(token, head, wanted):
        return None
    return claims if _is_for(claims, wanted) and _is_of(claims, Decimal(now) / 10**9) else None


def _object(written: str) -> dict[str, JsonValue] | None:
    """Return a part of a token as a JSON object; None if it is not one, is not UTF-8 or nests too deeply."""
    try:
        value = loads(urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode(), last_counts=True)
    except (JsonTextError, UnicodeDecodeError):
        return None
    return value if isinstance(value, dict) else None


def _is_header(head: dict[str, JsonValue], wanted: TokenClaims) -> bool:
    texts = all(isinstance(head.get(name, ""), str) for name in ("kid", "typ"))
    return texts and head.get("alg") == wanted.algorithm and not _REFUSED & head.keys()


def _is_signed(token: str, head: dict[str, JsonValue], wanted: TokenClaims) -> bool:
    """Say whether a key of the set has signed a token: the key named by `kid`, if there is a `kid`."""
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
    """Say whether a token is valid now: before its end, which is required, and not before its start, which is optional."""
    end, start = claims.get("exp"), claims.get("nbf", Number("0"))
    return isinstance(end, Number) and isinstance(start, Number) and Decimal(start.text) <= now < Decimal(end.text)
