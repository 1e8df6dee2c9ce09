"""One text for every class of values that typed conditions tell apart: numbers, dates and addresses (C16 to C18, C21)."""

import ipaddress
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Context, Decimal
from types import MappingProxyType
from typing import Final

from iam2rego.ir.condition import Operator
from iam2rego.native.decimals import MOST_DIGITS
from iam2rego.native.readers import Address, Network, read_instant, read_network, read_number

UNREADABLE: Final = "x"
"""A text that is of no type."""

_EXACT: Final = Context(prec=4 * MOST_DIGITS)
_SMALLEST: Final = Decimal(1).scaleb(-MOST_DIGITS)
_BOUND: Final = Decimal(1).scaleb(MOST_DIGITS)
_SECOND: Final = 1_000_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_AHEAD: Final = (23 * 3600 + 59 * 60) * _SECOND
_FIRST_DAY: Final = -62_135_596_800 * _SECOND
"""0001-01-01T00:00:00Z."""
_LAST_DAY: Final = 253_402_300_800 * _SECOND - 1
"""The last nanosecond of the year 9999."""
_LAST_EPOCH: Final = 999_999_999_999 * _SECOND
_MAPPED: Final = 0xFFFF_0000_0000
"""Where the IPv6 addresses begin that are read as IPv4; there are 2 ** 32."""


def numbers(policy: Iterable[str]) -> Iterator[str]:
    """Yield a number below, at, between and above all numbers of a policy: integers first."""
    cuts = sorted({number for text in policy if (number := read_number(text)) is not None})
    for cut in cuts:
        below, above = cut.to_integral_value("ROUND_FLOOR", _EXACT), cut.to_integral_value("ROUND_CEILING", _EXACT)
        near = (
            cut,
            _EXACT.add(above, Decimal(1)) if above == cut else above,
            _EXACT.subtract(below, Decimal(1)) if below == cut else below,
        )
        finest = (_EXACT.add(cut, _SMALLEST), _EXACT.subtract(cut, _SMALLEST))
        yield from (f"{each:f}" for each in (*near, *finest) if each.copy_abs() < _BOUND)
    yield from ("0", UNREADABLE)


def dates(policy: Iterable[str]) -> Iterator[str]:
    """Yield an instant before, at, between and after all instants of a policy: whole seconds first."""
    cuts = sorted({instant for text in policy if (instant := read_instant(text)) is not None})
    for cut in cuts:
        near = (cut, cut + _SECOND, cut - _SECOND, cut + 1, cut - 1)
        yield from (text for each in near if (text := _spell(each)) is not None)
    yield from ("2024-01-01T00:00:00Z", UNREADABLE)


def _spell(instant: int) -> str | None:
    """Write nanoseconds since 1970; None if no text means this instant (C18)."""
    zones = ((0, "Z"), (_AHEAD, "+23:59"), (-_AHEAD, "-23:59"))
    zone = next((each for each in zones if _FIRST_DAY <= instant + each[0] <= _LAST_DAY), None)
    if zone is None:
        is_epoch = 0 <= instant <= _LAST_EPOCH and instant % _SECOND == 0
        return str(instant // _SECOND) if is_epoch else None
    seconds, fraction = divmod(instant + zone[0], _SECOND)
    written = (_EPOCH + timedelta(seconds=seconds)).isoformat().removesuffix("+00:00")
    return written + (f".{fraction:09}".rstrip("0") if fraction else "") + zone[1]


def addresses(policy: Iterable[str]) -> Iterator[str]:
    """Yield the first address of every interval that the ranges of a policy make, IPv4 and IPv6 apart."""
    networks = [network for text in policy if (network := read_network(text)) is not None]
    for version, bits, read in ((4, 32, ipaddress.IPv4Address), (6, 128, ipaddress.IPv6Address)):
        edges = {edge for each in networks if each.version == version for edge in _edges(each)}
        also = {0, _MAPPED + (1 << 32)} if version == 6 else {0}
        for edge in sorted(edges | also, key=lambda edge: (edge == 0, edge)):
            if edge < 1 << bits and not (version == 6 and _MAPPED <= edge < _MAPPED + (1 << 32)):
                address: Address = read(edge)
                yield str(address)
    yield UNREADABLE


def _edges(network: Network) -> tuple[int, int]:
    return int(network.network_address), int(network.broadcast_address) + 1


_NUMERIC: Final = (
    Operator.NUMERIC_EQUALS,
    Operator.NUMERIC_NOT_EQUALS,
    Operator.NUMERIC_LESS_THAN,
    Operator.NUMERIC_LESS_THAN_EQUALS,
    Operator.NUMERIC_GREATER_THAN,
    Operator.NUMERIC_GREATER_THAN_EQUALS,
)
_DATES: Final = (
    Operator.DATE_EQUALS,
    Operator.DATE_NOT_EQUALS,
    Operator.DATE_LESS_THAN,
    Operator.DATE_LESS_THAN_EQUALS,
    Operator.DATE_GREATER_THAN,
    Operator.DATE_GREATER_THAN_EQUALS,
)

CLASSES: Final[Mapping[Operator, Callable[[Iterable[str]], Iterator[str]]]] = MappingProxyType(
    {
        **dict.fromkeys(_NUMERIC, numbers),
        **dict.fromkeys(_DATES, dates),
        Operator.IP_ADDRESS: addresses,
        Operator.NOT_IP_ADDRESS: addresses,
    }
)
"""For each typed operator, how to make texts of all classes from the values that policies compare with."""
