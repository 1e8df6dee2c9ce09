"""Keys, and tokens signed by them."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ISSUER: Final = "https://id.example.com"
AUDIENCE: Final = "ecs-gateway"
HOUR: Final = 3600


class Key:
    """An RSA key with the name that tokens call it by."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._private = rsa.generate_private_key(65537, 2048)

    @property
    def public(self) -> dict[str, str]:
        """The public key as a member of a JWKS."""
        numbers = self._private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.name,
            "n": base64(numbers.n.to_bytes(256)),
            "e": base64(numbers.e.to_bytes(3)),
        }

    @property
    def public_text(self) -> bytes:
        """The public key in PEM, which whoever confuses algorithms takes for a secret of HS256."""
        return self._private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, text: bytes) -> bytes:
        return self._private.sign(text, padding.PKCS1v15(), SHA256())


def claims(user: str, **others: object) -> dict[str, object]:
    """The claims of a token that is good for an hour; others replace them."""
    now = int(time.time())
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": user, "iat": now, "nbf": now - 1, "exp": now + HOUR, **others}


def token(key: Key, said: Mapping[str, object]) -> str:
    """A token as the identity provider makes it."""
    text = unsigned({"alg": "RS256", "typ": "JWT", "kid": key.name}, said)
    return f"{text}.{base64(key.sign(text.encode()))}"


def confused_token(key: Key, secret: bytes, said: Mapping[str, object]) -> str:
    """A token of HS256 whose secret is what everybody knows of the key."""
    text = unsigned({"alg": "HS256", "typ": "JWT", "kid": key.name}, said)
    return f"{text}.{base64(hmac.digest(secret, text.encode(), sha256))}"


def unsigned(header: Mapping[str, object], said: Mapping[str, object]) -> str:
    return f"{base64(json.dumps(header).encode())}.{base64(json.dumps(said).encode())}"


def base64(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def jwks(*keys: Key) -> str:
    """The document that verifiers of tokens read."""
    return json.dumps({"keys": [key.public for key in keys]})
