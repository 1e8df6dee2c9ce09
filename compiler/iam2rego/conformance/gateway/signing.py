"""Tokens signed by a key of our own, beside the gateway's: nobody but its owner has that."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import get_default_algorithms

from iam2rego.ir.gateway import TokenClaims
from iam2rego.jsontext import JsonValue, Number, dumps

_CURVES: Final[Mapping[str, ec.EllipticCurve]] = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}
_FAR: Final = Number("4102444800")
"""2100-01-01, by when no token made here has ended."""

_PAST: Final = Number("946684800")
_UNSOUND: Final[tuple[tuple[str, JsonValue], ...]] = (
    *(("exp", _PAST), ("exp", "x"), ("exp", None), ("nbf", _FAR), ("nbf", "x"), ("nbf", None)),
    *(("aud", "x"), ("aud", []), ("aud", None), ("iss", "x"), ("iss", None)),
)
"""What a token may say that makes it one for others, or for another time."""

_KEY_ID: Final = "made-for-this-run"


@dataclass(frozen=True, slots=True)
class Signer:
    """A key, and what tokens signed by it have to say to be taken."""

    wanted: TokenClaims
    _key: Any

    @classmethod
    def of(cls, claims: TokenClaims) -> Self:
        """Make a key for the algorithm of ``claims``, and put its public part into the key set."""
        key = _made(claims.algorithm)
        public = get_default_algorithms()[claims.algorithm].to_jwk(key.public_key(), as_dict=True)
        members = {name: value for name, value in public.items() if name in ("kty", "n", "e", "crv", "x", "y")}
        keys = [{**members, "kid": _KEY_ID}, *claims.key_set["keys"]]
        return cls(claims.model_copy(update={"key_set": {"keys": keys}}), key)

    def token(self, said: JsonValue) -> str:
        """Return a token that says all that it has to, and what is ``said``."""
        return self._signed({"alg": self.wanted.algorithm, "kid": _KEY_ID}, self._whole(said))

    def unsound(self, said: JsonValue) -> Iterator[str]:
        """Yield tokens that nobody may take."""
        good = self._whole(said)
        head: dict[str, JsonValue] = {"alg": self.wanted.algorithm, "kid": _KEY_ID}
        for name, value in _UNSOUND:
            yield self._signed(head, {**good, name: value})
        for name in ("exp", "aud", "iss"):
            yield self._signed(head, {each: value for each, value in good.items() if each != name})
        yield self._signed({**head, "cty": "JWT"}, good)
        yield self._signed({**head, "crit": ["b64"], "b64": True}, good)
        yield self._signed({**head, "alg": "none"}, good)
        yield Signer.of(self.wanted).token(said)
        yield from self._forged(good)

    def unusual(self, said: JsonValue) -> Iterator[str]:
        """Yield tokens that are sound although hardly anybody makes them so."""
        good = self._whole(said)
        yield self._signed({"alg": self.wanted.algorithm}, good)
        yield self._signed({"alg": self.wanted.algorithm, "kid": "another", "typ": "x"}, good)
        yield self._signed({"alg": self.wanted.algorithm}, {**good, "aud": ["x", self.wanted.audience], "nbf": _PAST})
        yield self._signed({"alg": self.wanted.algorithm}, {**good, "exp": Number("4102444800.5")})
        yield self._signed({"alg": self.wanted.algorithm}, {**good, "exp": Number("1e999")})
        yield self._signed_text({"alg": self.wanted.algorithm}, dumps(good).replace("{", '{"exp": 1, "iss": "x", "sub": "x", ', 1))

    def _whole(self, said: JsonValue) -> dict[str, JsonValue]:
        more = said if isinstance(said, dict) else {}
        return {"iss": self.wanted.issuer, "aud": self.wanted.audience, "exp": _FAR, **more}

    def _signed(self, head: JsonValue, payload: JsonValue) -> str:
        return self._signed_text(head, dumps(payload))

    def _signed_text(self, head: JsonValue, payload: str) -> str:
        text = f"{_base64(dumps(head).encode())}.{_base64(payload.encode())}"
        return f"{text}.{_base64(get_default_algorithms()[self.wanted.algorithm].sign(text.encode(), self._key))}"

    def _forged(self, payload: JsonValue) -> Iterator[str]:
        """Yield tokens that nobody has signed, or with what everybody knows of the key."""
        head, body, signature = self._signed({"alg": self.wanted.algorithm}, payload).split(".")
        yield from (
            "",
            ".",
            "..",
            "a.b.c",
            f"{head}.{body}",
            f"{head}.{body}.",
            f"{head}.{_base64(b'{}')}.{signature}",
            f"{head}.{body}.AAAA",
        )
        for name in ("none", "None", "HS256"):
            text = f"{_base64(dumps({'alg': name}).encode())}.{body}"
            yield from (f"{text}.", f"{text}.{_base64(hmac.digest(dumps(self.wanted.key_set).encode(), text.encode(), 'sha256'))}")


def _made(algorithm: str) -> Any:
    if algorithm in _CURVES:
        return ec.generate_private_key(_CURVES[algorithm])
    if algorithm == "EdDSA":
        return ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(65537, 2048)


def _base64(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()
