"""Keys to sign by, made anew for each run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

SECRET: Final = b"no-more-than-a-test-knows\n"


@dataclass(frozen=True)
class Keys:
    """A file to sign by, and one to verify by."""

    private: Path
    public: Path


def _pair(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> tuple[bytes, bytes]:
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


_MAKERS: Final[Mapping[str, Callable[[], tuple[bytes, bytes]]]] = {
    "RS256": lambda: _pair(rsa.generate_private_key(65537, 2048)),
    "ES256": lambda: _pair(ec.generate_private_key(ec.SECP256R1())),
    "HS256": lambda: (SECRET, SECRET.strip()),
}


def keys(algorithm: str, folder: Path, name: str = "key") -> Keys:
    """Make keys for ``algorithm``, and write them to ``folder``."""
    made = Keys(folder / f"{name}.{algorithm}", folder / f"{name}.{algorithm}.pub")
    for file, content in zip((made.private, made.public), _MAKERS[algorithm](), strict=True):
        file.write_bytes(content)
    return made
