"""Tests for typed condition values: whether a text is a number, a date, a boolean, base64 or an address."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final


@dataclass(frozen=True, slots=True)
class LiteralKind:
    """A type of value: a test for its text, its noun with an article, and AWS's issue code for any other text."""

    reads: Callable[[str], bool]
    noun: str
    aws: str


MOST_DIGITS: Final = 40
"""The maximum number of digits on either side of a number's decimal point (N2)."""

_MOST_EXPONENT_DIGITS: Final = 9
_DECIMAL: Final = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)0*([0-9]+))?")
_DATE: Final = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?(?:Z|[+-]([0-9]{2}):([0-9]{2}))?)?)?)?"
)
_EPOCH: Final = re.compile(r"[0-9]{1,12}")
_BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_PREFIX: Final = re.compile(r"0|[1-9][0-9]{0,2}")


def plain_decimal(text: str) -> str | None:
    """Return ``text`` as an exact decimal without exponent or superfluous zeros (N2); None if it is not a number (C16) or too long."""
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None
    sign, whole, fraction, exponent_sign, exponent = match.groups(default="")
    digits = (whole + fraction).lstrip("0")
    if not digits.strip("0"):
        return "0"
    if len(exponent) > _MOST_EXPONENT_DIGITS:
        return None
    shift = -int(exponent) if exponent_sign == "-" else int(exponent or 0)
    point = len(digits) - len(fraction) + shift
    return _positional("-" if sign == "-" else "", digits.rstrip("0"), point)


def _positional(sign: str, digits: str, point: int) -> str | None:
    """Write ``digits`` with the decimal point after the first ``point`` of them."""
    if max(point, len(digits) - point) > MOST_DIGITS:
        return None
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    whole, fraction = digits[:point].ljust(point, "0"), digits[point:]
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


def is_number(text: str) -> bool:
    """Return whether a Numeric operator can read ``text`` (C16)."""
    return plain_decimal(text) is not None


def is_date(text: str) -> bool:
    """Return whether a Date operator can read ``text``: W3C date-time, or UNIX seconds in digits only (C18)."""
    if text.isascii() and text.isdigit():
        return _EPOCH.fullmatch(text) is not None
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day, hour, minute, second, offset_hour, offset_minute = (int(group or 0) for group in match.groups())
    in_range = max(hour, offset_hour) <= 23 and max(minute, second, offset_minute) <= 59
    return in_range and _is_day(year, month if match[2] else 1, day if match[3] else 1)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_boolean(text: str) -> bool:
    """Return whether ``text`` is ``true`` or ``false`` in any letter case (C11, C19)."""
    return text.lower() in ("true", "false")


def is_base64(text: str) -> bool:
    """Return whether ``text`` is base64 in the standard alphabet, with padding (C20)."""
    return _BASE64.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Return whether ``text`` is an IPv4 or IPv6 address or range (C21), without zone or leading zeros; host bits may be set."""
    address, slash, prefix = text.partition("/")
    widest = _width(address)
    if widest is None:
        return False
    return not slash or (_PREFIX.fullmatch(prefix) is not None and int(prefix) <= widest)


def _width(address: str) -> int | None:
    """Return the number of bits of ``address``, or None if it is not an address."""
    try:
        return IPv6Address(address).max_prefixlen if ":" in address and "%" not in address else IPv4Address(address).max_prefixlen
    except AddressValueError:
        return None
