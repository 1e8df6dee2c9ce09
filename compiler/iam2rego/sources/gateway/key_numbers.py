"""Checks the numbers of a public key (RFC 7518, RFC 8032).

An invalid number could make OPA reject every token, or let anybody sign.
"""

from collections.abc import Mapping
from typing import Final

_CURVES: Final[Mapping[str, tuple[int, int]]] = {
    "P-256": (2**256 - 2**224 + 2**192 + 2**96 - 1, 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B),
    "P-384": (
        2**384 - 2**128 - 2**96 + 2**32 - 1,
        0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
    ),
    "P-521": (
        2**521 - 1,
        0x51953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00,
    ),
}
"""The field of a curve of FIPS 186, and the last number of its equation."""

_ED25519: Final = 2**255 - 19
_EIGHTH: Final = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL: Final = frozenset({0, 1, _ED25519 - 1, _EIGHTH, _ED25519 - _EIGHTH})
"""The heights of the eight points of Ed25519 that need no private key to sign."""

_FEWEST, _MOST = 2_048, 16_384
"""Bits of a modulus: the minimum of RFC 7518, and the maximum of OpenSSL."""


def flaw(kind: str, numbers: Mapping[str, bytes]) -> str:
    """Return why ``numbers``, by their names in a key, are not valid for a key of ``kind`` (RSA or a curve); empty if they are."""
    if kind == "RSA":
        return _flaw_of_rsa(int.from_bytes(numbers["n"]), int.from_bytes(numbers["e"]))
    if kind == "Ed25519":
        return _flaw_of_ed25519(numbers["x"])
    return _flaw_of_curve(kind, numbers["x"], numbers["y"])


def _flaw_of_rsa(modulus: int, exponent: int) -> str:
    if not _FEWEST <= modulus.bit_length() <= _MOST:
        return f"`n` has {modulus.bit_length()} bits, not {_FEWEST:,} to {_MOST:,}"
    if modulus % 2 == 0:
        return "`n` is even"
    return "" if exponent % 2 and 3 <= exponent < 2**31 else "`e` is not an odd number from 3 to 2,147,483,647"


def _flaw_of_curve(curve: str, x_octets: bytes, y_octets: bytes) -> str:
    field, last = _CURVES[curve]
    size = (field.bit_length() + 7) // 8
    if len(x_octets) != size or len(y_octets) != size:
        return f"`x` and `y` must have {size} bytes each"
    x, y = int.from_bytes(x_octets), int.from_bytes(y_octets)
    on_curve = x < field and y < field and (y * y - (x**3 - 3 * x + last)) % field == 0
    return "" if on_curve else "`x` and `y` are not a point of the curve"


def _flaw_of_ed25519(octets: bytes) -> str:
    if len(octets) != 32:
        return "`x` must have 32 bytes"
    height = int.from_bytes(octets, "little") % 2**255
    return "`x` is a point that anybody can sign for" if height % _ED25519 in _SMALL else ""
