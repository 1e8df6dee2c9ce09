"""Finds the algorithm that a key signs with, so that users need not name it."""

import base64
import binascii
import re
from typing import Final

from iam2rego.opa.sign import Algorithm, KeyRefusedError

_BLOCK: Final = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----\s(.*?)-----END \1-----", re.DOTALL)
_BEGIN: Final = b"-----BEGIN "
_PARAMETERS: Final = "EC PARAMETERS"
"""What `openssl ecparam -genkey` writes before a private key."""

_OTHER_CURVE: Final = "is on another curve than P-256: make one with `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`"

_RSA: Final = bytes.fromhex("06092a864886f70d010101")
_EC: Final = bytes.fromhex("06072a8648ce3d0201")
_P256: Final = bytes.fromhex("06082a8648ce3d030107")
"""Object identifiers in DER: an RSA key, a key on an elliptic curve, the curve P-256."""

_DER: Final = re.compile(rb"\x30(?:[\x00-\x7f]|\x81.|\x82..)\x02\x01[\x00\x01][\x02\x04\x30]", re.DOTALL)
"""How the DER of each kind of private key begins: a sequence whose first member is the version, 0 or 1."""


def signing_key(content: bytes) -> tuple[Algorithm, bytes]:
    """Return the algorithm of the key in a file, and the key: one block of PEM, or the secret.

    Raises:
        KeyRefusedError: there is a key that bundles cannot be signed with; the message says what to do.
    """
    if _DER.match(content):
        raise KeyRefusedError("is a key as DER: make PEM of it with `openssl pkey -inform DER -in KEYFILE -out key.pem`")
    if _BEGIN not in content:
        return Algorithm.HS256, content
    blocks = {found[1].decode("ascii"): found for found in reversed([*_BLOCK.finditer(content)])}
    private = next((label for label in blocks if label.endswith("PRIVATE KEY")), None)
    if private is None:
        raise KeyRefusedError(_without_private_key([label for label in blocks if label != _PARAMETERS]))
    return _algorithm(private, blocks[private][2]), blocks[private][0]


def _without_private_key(labels: list[str]) -> str:
    if not labels:
        return "is PEM that ends too early"
    return f"holds no private key, but a {labels[0]}: name the file of the private key that belongs to it"


def _algorithm(label: str, body: bytes) -> Algorithm:
    if "ENCRYPTED" in label or b"ENCRYPTED" in body:
        raise KeyRefusedError("is encrypted: decrypt it with `openssl pkey -in KEYFILE -out key.pem`, where nobody else may read")
    key = _decoded(body)
    match label:
        case "RSA PRIVATE KEY":
            return Algorithm.RS256
        case "PRIVATE KEY" if _RSA in key:
            return Algorithm.RS256
        case "PRIVATE KEY" if _EC + _P256 in key:
            return Algorithm.ES256
        case "EC PRIVATE KEY" if _P256 in key:
            return Algorithm.ES256
        case "EC PRIVATE KEY":
            raise KeyRefusedError(_OTHER_CURVE)
        case "PRIVATE KEY" if _EC in key:
            raise KeyRefusedError(_OTHER_CURVE)
    raise KeyRefusedError("is a key of another kind: take an RSA key, one on the curve P-256, or a secret")


def _decoded(body: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(body.split()), validate=True)
    except binascii.Error:
        raise KeyRefusedError("is PEM that is not Base64") from None
