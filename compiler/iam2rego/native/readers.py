"""Readers of the typed operators; each returns None for text that is not of its type (C15)."""

import base64
import ipaddress
import re
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from iam2rego.native.case import fold
from iam2rego.native.decimals import canonical

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_TRUTHS: Final = {"true": True, "false": False}
_BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_EPOCH: Final = re.compile(r"[0-9]{1,12}")
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2})(?:T(.*))?)?")
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,9}))?)?(Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?")
_PREFIX_LENGTH: Final = re.compile(r"0|[1-9][0-9]{0,2}")
_MAPPED: Final = ipaddress.IPv6Network("::ffff:0:0/96")

_SECOND: Final = 1_000_000_000
_DAY: Final = 86_400 * _SECOND


def read_bool(text: str) -> bool | None:
    """Read ``true`` or ``false`` in any case (C19)."""
    return _TRUTHS.get(fold(text))


def read_bytes(text: str) -> bytes | None:
    """Read padded base64 of the standard alphabet (C20)."""
    return base64.b64decode(text) if _BASE64.fullmatch(text) else None


def read_number(text: str) -> Decimal | None:
    """Read a decimal number, exactly (C16)."""
    number = canonical(text)
    return None if number is None else Decimal(number)


def read_instant(text: str) -> int | None:
    """Read a date, a date and time, or seconds since 1970, as nanoseconds since 1970 (C18)."""
    if _EPOCH.fullmatch(text):
        return int(text) * _SECOND
    parts = _DATE.fullmatch(text)
    if parts is None:
        return None
    year, month, day, time = parts.groups()
    days, moment = _read_days(year, month, day or "01"), _read_time("00:00" if time is None else time)
    return None if days is None or moment is None else days * _DAY + moment


def _read_days(year: str, month: str, day: str) -> int | None:
    try:
        return date(int(year), int(month), int(day)).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        return None


def _read_time(text: str) -> int | None:
    """Read a time of day with an optional zone, as nanoseconds after 00:00 UTC; with a zone it may be negative or exceed a day."""
    parts = _TIME.fullmatch(text)
    if parts is None:
        return None
    hour, minute, second, fraction, zone = parts.groups()
    seconds = _seconds(hour, minute) + int(second or 0) - _offset(zone or "Z")
    return seconds * _SECOND + int((fraction or "").ljust(9, "0"))


def _offset(zone: str) -> int:
    """Return by how many seconds the clocks of ``zone`` are ahead of UTC."""
    if zone == "Z":
        return 0
    seconds = _seconds(zone[1:3], zone[4:6])
    return seconds if zone[0] == "+" else -seconds


def _seconds(hour: str, minute: str) -> int:
    return int(hour) * 3600 + int(minute) * 60


def read_address(text: str) -> Address | None:
    """Read one IPv4 or IPv6 address; an IPv4-mapped one becomes the IPv4 address (C21)."""
    if "%" in text:
        return None
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def read_network(text: str) -> Network | None:
    """Read an address or a range in CIDR form; bits below the prefix do not count (C21)."""
    address, slash, length = text.partition("/")
    if "%" in address or (slash and not _PREFIX_LENGTH.fullmatch(length)):
        return None
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
    return _unmapped(network)


def _unmapped(network: Network) -> Network:
    if isinstance(network, ipaddress.IPv4Network) or not network.subnet_of(_MAPPED):
        return network
    return ipaddress.IPv4Network((int(network.network_address) & 0xFFFF_FFFF, network.prefixlen - _MAPPED.prefixlen))


def read_arn(text: str) -> list[str] | None:
    """Split an ARN of a request into its six fields (C22)."""
    fields = text.split(":", 5)
    return fields if len(fields) == 6 and fields[0] == "arn" else None
