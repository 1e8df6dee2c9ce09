"""Tokens signed with a key of our own, added to the gateway's keys, which only their owner has."""

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
"""2100-01-01, before the expiry of every token made here."""

_PAST: Final = Number("946684800")
_UNSOUND: Final[tuple[tuple[str, JsonValue], ...]] = (
    *(("exp", _PAST), ("exp", "x"), ("exp", None), ("nbf", _FAR), ("nbf", "x"), ("nbf", None)),
    *(("aud", "x"), ("aud", []), ("aud", None), ("iss", "x"), ("iss", None)),
)
"""Claims that make a token one for another audience or another time."""

_MISLEADING: Final[tuple[tuple[str, JsonValue], ...]] = (
    *(("b64", False), ("b64", True), ("enc", "A256GCM"), ("typ", Number("1")), ("typ", None), ("kid", Number("1")), ("kid", None)),
    *(("alg", None), ("cty", ""), ("cty", "jwt"), ("cty", Number("1")), ("crit", [])),
)
"""Header members that some readers interpret and others ignore."""

_BASE64: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_KEY_ID: Final = "made-for-this-run"


@dataclass(frozen=True, slots=True)
class Signer:
    """A key, and the claims that a valid token signed with it must have."""

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
        """Return a token with all required claims, and those in ``said``."""
        return self._signed({"alg": self.wanted.algorithm, "kid": _KEY_ID}, self._whole(said))

    def unsound(self, said: JsonValue) -> Iterator[str]:
        """Yield tokens that must be rejected."""
        good = self._whole(said)
        head: dict[str, JsonValue] = {"alg": self.wanted.algorithm, "kid": _KEY_ID}
        for name, value in _UNSOUND:
            yield self._signed(head, {**good, name: value})
        for name in ("exp", "aud", "iss"):
            yield self._signed(head, {each: value for each, value in good.items() if each != name})
        yield self._signed({**head, "cty": "JWT"}, good)
        yield self._signed({**head, "crit": ["b64"], "b64": True}, good)
        yield from (self._signed({**head, name: value}, good) for name, value in _MISLEADING)
        yield self._signed_octets(dumps({**head, "cty": "JWT"}).encode(), self.token(said).encode())
        yield from _respelled(self.token(said))
        yield from self._unclear(head, good)
        yield self._signed({**head, "alg": "none"}, good)
        yield Signer.of(self.wanted).token(said)
        yield from self._forged(good)

    def unusual(self, said: JsonValue) -> Iterator[str]:
        """Yield valid tokens of unusual form."""
        good = self._whole(said)
        yield self._signed({"alg": self.wanted.algorithm}, good)
        yield self._signed({"alg": self.wanted.algorithm, "kid": "another", "typ": "x"}, good)
        yield self._signed({"alg": self.wanted.algorithm}, {**good, "aud": ["x", self.wanted.audience], "nbf": _PAST})
        yield self._signed({"alg": self.wanted.algorithm}, {**good, "exp": Number("4102444800.5")})
        yield self._signed({"alg": self.wanted.algorithm}, {**good, "exp": Number("1e999")})
        for extra in (
            b'"exp": 1, "iss": "x", "sub": "x"',
            b'"x": ' + _nested(199),
            b'"x": [' + b"{}," * 300 + b"1]",
            b'"x": "\xef\xbf\xbd"',
        ):
            yield self._signed_octets(
                dumps({"alg": self.wanted.algorithm}).encode(), dumps(good).encode().replace(b"{", b"{" + extra + b", ", 1)
            )

    def _unclear(self, head: JsonValue, payload: JsonValue) -> Iterator[str]:
        """Yield tokens with a part that is JSON to some readers, and too deep or malformed to others."""
        for extra in (b'"\xff"', b'"\xc3" ,"y\xa9": 1', b"NaN", _nested(250), b"1} {"):
            for place in range(2):
                parts = [dumps(head).encode(), dumps(payload).encode()]
                parts[place] = parts[place].replace(b"{", b'{"x": ' + extra + b", ", 1)
                yield self._signed_octets(*parts)
        for encoding in ("utf-8-sig", "utf-16", "utf-32-le"):
            yield self._signed_octets(dumps(head).encode(), dumps(payload).encode(encoding))
            yield self._signed_octets(dumps(head).encode(encoding), dumps(payload).encode())

    def _whole(self, said: JsonValue) -> dict[str, JsonValue]:
        more = said if isinstance(said, dict) else {}
        return {"iss": self.wanted.issuer, "aud": self.wanted.audience, "exp": _FAR, **more}

    def _signed(self, head: JsonValue, payload: JsonValue) -> str:
        return self._signed_octets(dumps(head).encode(), dumps(payload).encode())

    def _signed_octets(self, head: bytes, payload: bytes) -> str:
        text = f"{_base64(head)}.{_base64(payload)}"
        return f"{text}.{_base64(get_default_algorithms()[self.wanted.algorithm].sign(text.encode(), self._key))}"

    def _forged(self, payload: JsonValue) -> Iterator[str]:
        """Yield tokens that are unsigned, or signed with the public part of the key."""
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


def _respelled(token: str) -> Iterator[str]:
    """Yield a token with each part in other spellings of base64url that some decoders accept."""
    parts = token.split(".")
    for place, part in enumerate(parts):
        last = _BASE64.index(part[-1])
        loose = (f"{part[:-1]}{_BASE64[last ^ bit]}" for bit in (1, 2))
        for other in (
            *loose,
            f"{part}=",
            f"{part}==",
            f"{part}*",
            f"{part[:9]}\n{part[9:]}",
            part.replace("-", "+").replace("_", "/"),
            f"{part}A",
        ):
            yield ".".join((*parts[:place], other, *parts[place + 1 :]))


def _nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def _base64(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()
