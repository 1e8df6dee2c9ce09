"""Addresses around a range of a policy (C21)."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Final

from iam2rego.jsontext import JsonValue

_SOME: Final = ip_network("203.0.113.0/24")
_OTHERS: Final[tuple[JsonValue, ...]] = (
    "198.18.7.7",
    "2001:db8:ffff::7",
    "::ffff:198.18.7.7",
    "::ffff:0:0",
    "::1",
    "fe80::1%eth0",
    "010.0.0.1",
    "10.0.0",
    "10.0.0.0/8",
    "10.0.0.1 ",
    "256.0.0.1",
    "not an address",
    True,
)


def hit(text: str, _operator: str) -> JsonValue:
    """Return the first address of the range."""
    return str(_range(text)[0])


def probes(text: str) -> list[JsonValue]:
    """Return the ends of the range and their outer neighbours, in several spellings, and texts that are not addresses."""
    network = _range(text)
    return [*(spelling for address in _edge(network) for spelling in _spellings(address)), text, *_OTHERS]


def _edge(network: IPv4Network | IPv6Network) -> Iterator[IPv4Address | IPv6Address]:
    first, last = int(network[0]), int(network[-1])
    kind = IPv4Address if network.version == 4 else IPv6Address
    yield from (network[0], network[-1])
    yield from (kind(number) for number in (first - 1, last + 1) if 0 <= number < 2**network.max_prefixlen)


def _spellings(address: IPv4Address | IPv6Address) -> Iterator[str]:
    """Yield the usual spelling; also the long one in capitals for IPv6, and the IPv4-mapped one for IPv4."""
    yield str(address)
    yield f"::ffff:{address}" if isinstance(address, IPv4Address) else address.exploded.upper()


def _range(text: str) -> IPv4Network | IPv6Network:
    """Read ``text``; return an arbitrary range for malformed text, which `--lenient` lets through."""
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return _SOME
    return network
