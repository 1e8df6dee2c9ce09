"""Reads typed condition values (numbers, dates, addresses and so on), so that OPA never parses them.

Each function returns None for a text that is not of its type (C15, L6).
"""

import base64
import ipaddress
import re
from dataclasses import dataclass
from datetime import date as day_of
from decimal import Decimal
from typing import Final, NamedTuple

_MOST_DIGITS: Final = 40
_NUMBER: Final = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)0*([0-9]+))?")
_LONGEST_EXPONENT: Final = 20
"""Maximum digits of an exponent that are read: so many move the point further than any text is long."""
_EPOCH: Final = re.compile(r"[0-9]{1,12}")
_DATE: Final = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})"
    r"(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?)?)?"
)
_BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_RANGE: Final = re.compile(r"(?P<address>[0-9A-Fa-f.:]+)(?:/(?P<prefix>0|[1-9][0-9]{0,2}))?")
_EPOCH_DAY: Final = day_of(1970, 1, 1).toordinal()
_MAPPED_PREFIX: Final = 96


@dataclass(frozen=True, slots=True)
class Number:
    """An exact decimal without exponent (N2)."""

    text: str


class Instant(NamedTuple):
    """Seconds since 1970, and nanoseconds."""

    seconds: int
    nanoseconds: int


def decimal(text: str) -> str | None:
    """Return the number as an exact decimal without exponent (C16, N2), at most 40 digits on either side of the point."""
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    sign, whole, fraction, exponent_sign, exponent = match.groups(default="")
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return "0"
    point = len(whole) + int(f"{exponent_sign}{exponent[:_LONGEST_EXPONENT]}" or "0") - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    if point > _MOST_DIGITS or len(digits) - point > _MOST_DIGITS:
        return None
    return ("-" if sign == "-" else "") + _place_point(digits, point)


def order(text: str) -> Decimal:
    """Return a sort key for decimals; it is exact, because a `Decimal` made from text is never rounded."""
    return Decimal(text)


def _place_point(digits: str, point: int) -> str:
    if point <= 0:
        return "0." + "0" * -point + digits
    whole = digits[:point].ljust(point, "0")
    return f"{whole}.{digits[point:]}" if digits[point:] else whole


def date(text: str) -> Instant | None:
    """Return the instant of a date (C18)."""
    if _EPOCH.fullmatch(text):
        return Instant(int(text), 0)
    match = _DATE.fullmatch(text)
    if not match:
        return None
    parts = {name: int(match.group(name) or least) for name, least in _LEAST.items()}
    try:
        days = day_of(parts["year"], parts["month"], parts["day"]).toordinal() - _EPOCH_DAY
    except ValueError:
        return None
    offset = _offset(match.group("zone") or "Z")
    if offset is None or not _is_clock(parts["hour"], parts["minute"], parts["second"]):
        return None
    seconds = days * 86_400 + parts["hour"] * 3_600 + parts["minute"] * 60 + parts["second"] - offset
    return Instant(seconds, int((match.group("fraction") or "").ljust(9, "0")))


_LEAST: Final = {"year": "0", "month": "1", "day": "1", "hour": "0", "minute": "0", "second": "0"}


def _is_clock(hour: int, minute: int, second: int) -> bool:
    return hour < 24 and minute < 60 and second < 60


def _offset(zone: str) -> int | None:
    """Return how many seconds a zone is ahead of UTC, or None if there is no such zone."""
    if zone == "Z":
        return 0
    hour, minute = int(zone[1:3]), int(zone[4:6])
    ahead = hour * 3_600 + minute * 60
    return (-ahead if zone[0] == "-" else ahead) if _is_clock(hour, minute, 0) else None


def boolean(text: str) -> str | None:
    """Return ``true`` or ``false`` (C19)."""
    folded = text.lower()
    return folded if folded in ("true", "false") else None


def binary(text: str) -> str | None:
    """Return base64 text with its unused bits cleared, so that equal bytes are equal texts (C20)."""
    return base64.b64encode(base64.b64decode(text)).decode() if _BASE64.fullmatch(text) else None


def address_range(text: str) -> str | None:
    """Return an address or a range as a CIDR block without host bits; an IPv4-mapped one of /96 or longer as IPv4 (C21)."""
    match = _RANGE.fullmatch(text)
    if not match:
        return None
    try:
        block = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
    if isinstance(block, ipaddress.IPv6Network) and block.prefixlen >= _MAPPED_PREFIX and block.network_address.ipv4_mapped:
        return f"{block.network_address.ipv4_mapped}/{block.prefixlen - _MAPPED_PREFIX}"
    return str(block)
