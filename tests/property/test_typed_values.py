"""Numbers, dates and addresses as emitted against Python's own: fractions, calendar and ipaddress (C16, C17, C18, C21).

Values are drawn as numbers first and spelled then, so what is expected needs no reader; addresses are read by `ipaddress`.
"""

import calendar
import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import islice
from operator import eq, ge, gt, le, lt
from random import Random
from typing import Final, TypeAlias

import pytest

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from tests.property.trials import Trial, count, failures

PAIRS: Final = 3_000
"""How many pairs of a constant and a value a test of ours tries."""
REQUESTS: Final = 15
"""Values a constant."""

Spelled: TypeAlias = tuple[str, Fraction | None]
"""A spelling and the number that it means; None where it is of another type."""
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

COMPARISONS: Final[Mapping[str, Callable[[Fraction, Fraction], bool]]] = {
    "Equals": eq,
    "LessThan": lt,
    "LessThanEquals": le,
    "GreaterThan": gt,
    "GreaterThanEquals": ge,
}
NO_NUMBERS: Final = [
    "",
    "x",
    "1x",
    ".5",
    "5.",
    " 1",
    "1 ",
    "1_0",
    "0x1",
    "NaN",
    "1e",
    "--1",
    "+-1",
    "1e1.0",
    "1,0",
    "1" * 41,
    "1e40",
    "1e-41",
]
NO_DATES: Final = [
    "",
    "x",
    "0000-01-01",
    "2023-02-29",
    "1900-02-29",
    "2024-00-01",
    "2024-13-01",
    "2024-04-31",
    "2024-01-00",
    "2024-1-1",
    "2024-01-01T24:00Z",
    "2024-01-01T00:60Z",
    "2024-01-01T00:00:60Z",
    "2024-01-01T00:00:00.0123456789Z",
    "2024-01-01T00:00:00.Z",
    "2024-01-01T00:00+24:00",
    "2024-01-01T00:00+0100",
    "2024-01-01t00:00Z",
    "2024-01-01T00:00z",
    "2024-01-01 00:00Z",
    "2024-01-01T",
    "2024-01-01Z",
    "-1",
    "1.5",
    "1" * 13,
]
NO_ADDRESSES: Final = ["", "x", "10.0.0", "010.0.0.1", "10.0.0.1/32", "10.0.0.256", "fe80::1%eth0", "1::2::3", "[::1]", " 10.0.0.1", "::g"]


def number(random: Random) -> Spelled:
    """Return one of few numbers, in one of many spellings."""
    scale = Fraction(10) ** random.choice([0, 0, 0, 20, -20])
    value = Fraction(random.randint(-12, 12), random.choice([1, 1, 2, 10, 1000])) * scale
    moved = random.choice([0, 0, 1, -1, 3, -3, 25])
    text = _decimal(value / Fraction(10) ** moved)
    zeros = random.choice(["", "", "0", "000"])
    sign, digits = ("-", text[1:]) if value < 0 else (random.choice(["", "", "+", "-" if value == 0 else ""]), text)
    exponent = random.choice(["e", "E"]) + random.choice(["", "0"] if moved < 0 else ["", "+", "+00"]) if moved else ""
    return f"{sign}{zeros}{digits}{_fraction(digits, random)}{_exponent(exponent, moved)}", value


def _decimal(value: Fraction) -> str:
    """Return a decimal with at most 60 digits after its point; there is one for every number drawn here."""
    scaled = value * 10**60
    assert scaled.denominator == 1
    digits = str(abs(scaled.numerator)).rjust(61, "0")
    return ("-" if value < 0 else "") + f"{digits[:-60]}.{digits[-60:]}".rstrip("0").rstrip(".")


def _fraction(digits: str, random: Random) -> str:
    """Return superfluous zeros to follow ``digits``."""
    return random.choice(["", "0", "000"]) if "." in digits else random.choice(["", "", ".0", ".000"])


def _exponent(mark: str, moved: int) -> str:
    if not moved:
        return ""
    return f"{mark[0]}{'-' if moved < 0 else ''}{mark[1:]}{abs(moved)}"


def date(random: Random) -> Spelled:
    """Return an instant near few places of the calendar, in one of many spellings."""
    if random.random() < 0.2:
        seconds = random.choice([0, 1, 86_399, 86_400, 951_782_400, 1_709_164_800, 999_999_999_999])
        return str(seconds).rjust(random.choice([1, 12]), "0"), Fraction(seconds)
    year, month = random.choice([1, 1600, 1899, 1900, 1969, 1970, 2000, 2023, 2024, 9999]), random.choice([1, 2, 2, 3, 12])
    day = random.choice([1, 2, 28, calendar.monthrange(year, month)[1]])
    form = random.randint(0, 4)
    if form == 0:
        return f"{year:04}-{month:02}", Fraction(calendar.timegm((year, month, 1, 0, 0, 0)))
    if form == 1:
        return f"{year:04}-{month:02}-{day:02}", Fraction(calendar.timegm((year, month, day, 0, 0, 0)))
    return _timed(f"{year:04}-{month:02}-{day:02}", calendar.timegm((year, month, day, 0, 0, 0)), form, random)


def _timed(text: str, midnight: int, form: int, random: Random) -> Spelled:
    hour, minute, second = random.choice([0, 0, 12, 23]), random.choice([0, 0, 30, 59]), random.choice([0, 0, 1, 59]) if form > 2 else 0
    digits = random.choice(["0", "5", "50", "25", "999999999", "000000001"]) if form > 3 else ""
    zone, ahead = random.choice([("", 0), ("Z", 0), ("+00:00", 0), ("+01:00", 60), ("-05:30", -330), ("+23:59", 1439), ("-23:59", -1439)])
    clock = f"{hour:02}:{minute:02}" + (f":{second:02}" if form > 2 else "") + (f".{digits}" if digits else "")
    instant = midnight + (hour * 60 + minute - ahead) * 60 + second + Fraction(int(digits or 0), 10 ** len(digits))
    return f"{text}T{clock}{zone}", instant


def numbers(random: Random) -> Iterator[Trial]:
    return _ordered("Numeric", number, NO_NUMBERS, random)


def dates(random: Random) -> Iterator[Trial]:
    return _ordered("Date", date, NO_DATES, random)


def _ordered(family: str, draw: Callable[[Random], Spelled], others: list[str], random: Random) -> Iterator[Trial]:
    while True:
        operator = random.choice([*COMPARISONS, "NotEquals"])
        constants = [draw(random) for _ in range(random.choice([1, 1, 2, 3]))]
        values = [draw(random) if random.random() < 0.9 else (random.choice(others), None) for _ in range(REQUESTS)]
        wanted = [number for _, number in constants if number is not None]
        condition = {f"{family}{operator}": {"t:v": [text for text, _ in constants]}}
        yield Trial({"Condition": condition}, [({"context": {"t:v": text}}, _compares(operator, value, wanted)) for text, value in values])


def _compares(operator: str, value: Fraction | None, wanted: list[Fraction]) -> bool:
    if value is None:
        return False  # C15, under a negated operator too
    if operator == "NotEquals":
        return value not in wanted
    return any(COMPARISONS[operator](value, each) for each in wanted)


def address(random: Random) -> Address:
    """Return an address of a small neighbourhood of either family, or an IPv4-mapped one."""
    low = random.choice([0, 1, 255, 256, 65_535, random.getrandbits(16)])
    four = ipaddress.IPv4Address((random.choice([0, 10, 11, 203, 255]) << 24) + low)
    mapped = ipaddress.IPv6Address((0xFFFF << 32) + int(four))
    six = ipaddress.IPv6Address((random.choice([0, 1, 0x20010DB8, 0xFE80_0000, 0xFFFF_FFFF]) << 96) + (random.choice([0, 1]) << 64) + low)
    drawn: list[Address] = [four, four, mapped, six, six]
    return random.choice(drawn)


def spelled(each: Address, random: Random) -> str:
    """Return one of the spellings of an address."""
    if isinstance(each, ipaddress.IPv4Address):
        return str(each)
    dotted = f"::ffff:{each.ipv4_mapped}" if each.ipv4_mapped else each.compressed
    long = ":".join(re.findall("[0-9a-f]{4}", f"{int(each):032x}"))  # not `exploded`, which mixes in dots since Python 3.13
    return random.choice([each.compressed, long, each.compressed.upper(), long.replace(":0", ":"), dotted])


def as_ipv4(each: Address) -> Address:
    return (each.ipv4_mapped or each) if isinstance(each, ipaddress.IPv6Address) else each


def block(random: Random) -> tuple[str, Network]:
    """Return an address or a range as it is spelled, and the range it means: an IPv4 one where it is mapped, of /96 or longer."""
    each = address(random)
    if random.random() < 0.2:
        plain = as_ipv4(each)
        return spelled(each, random), ipaddress.ip_network(f"{plain}/{plain.max_prefixlen}")
    prefix = random.choice([0, 1, 7, 8, 16, 24, 31, 32, 64, 95, 96, 97, 104, 112, 127, 128])
    prefix %= each.max_prefixlen + 1
    text = f"{spelled(each, random)}/{prefix}"
    if isinstance(each, ipaddress.IPv6Address) and each.ipv4_mapped and prefix >= 96:
        return text, ipaddress.ip_network(f"{each.ipv4_mapped}/{prefix - 96}", strict=False)
    return text, ipaddress.ip_network(f"{each}/{prefix}", strict=False)


def addresses(random: Random) -> Iterator[Trial]:
    while True:
        operator = random.choice(["IpAddress", "NotIpAddress"])
        blocks = [block(random) for _ in range(random.choice([1, 1, 2, 3]))]
        networks = [network for _, network in blocks]
        requests = [_address_request(operator, networks, random) for _ in range(REQUESTS)]
        yield Trial({"Condition": {operator: {"t:v": [text for text, _ in blocks]}}}, requests)


def _address_request(operator: str, networks: list[Network], random: Random) -> tuple[Mapping[str, object], bool]:
    if random.random() < 0.1:
        return {"context": {"t:v": random.choice(NO_ADDRESSES)}}, False  # C15
    each = address(random)
    inside = any(as_ipv4(each) in network for network in networks)
    return {"context": {"t:v": spelled(each, random)}}, inside is (operator == "IpAddress")


KINDS: Final[Mapping[str, Callable[[Random], Iterator[Trial]]]] = {"Numeric": numbers, "Date": dates, "IpAddress": addresses}


def typed_value_failures(binary: Binary, pairs: int, seed: int, layout: Layout = Layout.MODULES) -> Iterator[str]:
    """Try at least ``pairs`` pairs, a third of each kind; yield a line for each that goes wrong."""
    for kind in KINDS.values():
        yield from failures(binary, islice(kind(Random(seed)), -(-pairs // (REQUESTS * len(KINDS)))), layout)


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("kind", KINDS)
def test_emitted_comparisons_say_what_python_says(opa: Binary, kind: str, layout: Layout) -> None:
    trials = list(islice(KINDS[kind](Random(1)), PAIRS // REQUESTS // len(KINDS)))
    assert list(failures(opa, trials, layout)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_many_pairs_compare_and_many_do_not(kind: str) -> None:
    trials = list(islice(KINDS[kind](Random(1)), PAIRS // REQUESTS // len(KINDS)))
    comparing = sum(want for trial in trials for _, want in trial.requests)
    assert 0.1 < comparing / count(trials) < 0.9
