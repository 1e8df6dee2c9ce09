"""How the typed operators read a text (C15, C16, C18 to C22)."""

import ipaddress
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iam2rego.native import readers

SECOND = 1_000_000_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("true", True, id="true"),
        pytest.param("FALSE", False, id="false-in-capitals"),
        pytest.param("tRuE", True, id="mixed-case"),
        pytest.param("yes", None, id="other-word"),
        pytest.param("1", None, id="digit"),
        pytest.param(" true", None, id="space"),
        pytest.param("", None, id="empty"),
    ],
)
def test_bool(text: str, want: bool | None) -> None:
    assert readers.read_bool(text) is want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("QQ==", b"A", id="one-byte"),
        pytest.param("QR==", b"A", id="bits-that-do-not-count"),
        pytest.param("QUI=", b"AB", id="two-bytes"),
        pytest.param("QUJD", b"ABC", id="no-padding-needed"),
        pytest.param("+/8=", b"\xfb\xff", id="standard-alphabet"),
        pytest.param("-_8=", None, id="alphabet-of-urls"),
        pytest.param("", b"", id="empty"),
        pytest.param("QQ", None, id="padding-missing"),
        pytest.param("QQ=", None, id="padding-short"),
        pytest.param("QQ==QQ==", None, id="text-after-padding"),
        pytest.param("Q===", None, id="too-much-padding"),
        pytest.param("QQ==\n", None, id="newline"),
    ],
)
def test_bytes(text: str, want: bytes | None) -> None:
    assert readers.read_bytes(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("10", Decimal(10), id="whole"),
        pytest.param("-1.5e1", Decimal(-15), id="exponent"),
        pytest.param("0.1", Decimal("0.1"), id="fraction-is-exact"),
        pytest.param("10x", None, id="trailing-text"),
        pytest.param("1e40", None, id="too-many-digits"),
    ],
)
def test_number(text: str, want: Decimal | None) -> None:
    assert readers.read_number(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("0", 0, id="epoch/zero"),
        pytest.param("1577836800", 1_577_836_800 * SECOND, id="epoch/seconds"),
        pytest.param("2024", 2_024 * SECOND, id="epoch/four-digits-are-no-year"),
        pytest.param("999999999999", 999_999_999_999 * SECOND, id="epoch/twelve-digits"),
        pytest.param("1000000000000", None, id="epoch/thirteen-digits"),
        pytest.param("-1", None, id="epoch/sign"),
        pytest.param("1.5", None, id="epoch/fraction"),
        pytest.param("1970-01", 0, id="month"),
        pytest.param("1970-02", 31 * DAY, id="month/february"),
        pytest.param("1970-01-02", DAY, id="day"),
        pytest.param("1970-01-01T00:01", MINUTE, id="time/no-seconds-no-zone"),
        pytest.param("1970-01-01T00:00:01", SECOND, id="time/seconds"),
        pytest.param("1970-01-01T00:00:01.5", SECOND + SECOND // 2, id="time/fraction"),
        pytest.param("1970-01-01T00:00:00.123456789Z", 123_456_789, id="time/nine-fraction-digits"),
        pytest.param("1970-01-01T00:00:00.1234567890Z", None, id="time/ten-fraction-digits"),
        pytest.param("1970-01-01T00:00:00.Z", None, id="time/no-fraction-digit"),
        pytest.param("1970-01-01T00:00.5Z", None, id="time/fraction-of-a-minute"),
        pytest.param("1970-01-01T01:00+01:00", 0, id="zone/east"),
        pytest.param("1969-12-31T23:00:00-01:00", 0, id="zone/west"),
        pytest.param("1970-01-01T00:00-00:00", 0, id="zone/minus-zero"),
        pytest.param("1970-01-01T00:00+23:59", -(23 * 60 + 59) * MINUTE, id="zone/widest"),
        pytest.param("1970-01-01T00:00+24:00", None, id="zone/too-wide"),
        pytest.param("1970-01-01T00:00+0100", None, id="zone/no-colon"),
        pytest.param("1970-01-01T00:00z", None, id="zone/small-z"),
        pytest.param("1970-01-01t00:00Z", None, id="time/small-t"),
        pytest.param("1970-01-01 00:00Z", None, id="time/space"),
        pytest.param("1970-01-01T", None, id="time/none"),
        pytest.param("1970-01-01Z", None, id="day/zone"),
        pytest.param("1970-01T00:00Z", None, id="month/time"),
        pytest.param("1970-01-01T24:00Z", None, id="time/hour-24"),
        pytest.param("1970-01-01T23:59:60Z", None, id="time/leap-second"),
        pytest.param("2020-02-29", 18_321 * DAY, id="day/leap-day"),
        pytest.param("2021-02-29", None, id="day/no-leap-day"),
        pytest.param("2000-02-29", 11_016 * DAY, id="day/leap-day-of-a-fourth-century"),
        pytest.param("1900-02-29", None, id="day/no-leap-day-of-a-century"),
        pytest.param("2020-13-01", None, id="day/month-13"),
        pytest.param("2020-00-01", None, id="day/month-0"),
        pytest.param("2020-04-31", None, id="day/31-april"),
        pytest.param("0001-01-01", -719_162 * DAY, id="year/first"),
        pytest.param("0000-01-01", None, id="year/zero"),
        pytest.param("0001-01-01T00:00+00:01", -719_162 * DAY - MINUTE, id="year/instant-before-the-first"),
        pytest.param("9999-12-31T23:59:59-00:01", 2_932_896 * DAY + DAY + MINUTE - SECOND, id="year/instant-after-the-last"),
        pytest.param("10000-01-01", None, id="year/five-digits"),
        pytest.param("tomorrow", None, id="word"),
        pytest.param("", None, id="empty"),
        pytest.param("1970-01-01\n", None, id="newline"),
    ],
)
def test_instant(text: str, want: int | None) -> None:
    assert readers.read_instant(text) == want


@given(st.datetimes(timezones=st.just(UTC)))
def test_instant_reads_what_datetime_writes(moment: datetime) -> None:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    assert readers.read_instant(moment.isoformat()) == (since.days * 86_400 + since.seconds) * SECOND + since.microseconds * 1_000


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("203.0.113.7", "203.0.113.7", id="ipv4"),
        pytest.param("2001:DB8:0:0::1", "2001:db8::1", id="ipv6-in-other-spelling"),
        pytest.param("::ffff:10.1.2.3", "10.1.2.3", id="ipv4-mapped"),
        pytest.param("::ffff:a01:203", "10.1.2.3", id="ipv4-mapped-in-hexadecimal"),
        pytest.param("::10.1.2.3", "::a01:203", id="ipv4-compatible-stays-ipv6"),
    ],
)
def test_address(text: str, want: str) -> None:
    assert readers.read_address(text) == ipaddress.ip_address(want)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("010.1.2.3", id="leading-zero"),
        pytest.param("10.1.2", id="three-octets"),
        pytest.param("10.1.2.256", id="octet-too-large"),
        pytest.param("10.0.0.0/8", id="range"),
        pytest.param("fe80::1%eth0", id="zone"),
        pytest.param(" 10.1.2.3", id="space"),
        pytest.param("10.1.2.3\n", id="newline"),
        pytest.param("1", id="number"),
        pytest.param("", id="empty"),
        pytest.param("x", id="word"),
    ],
)
def test_no_address(text: str) -> None:
    assert readers.read_address(text) is None


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("203.0.113.7", "203.0.113.7/32", id="ipv4-alone"),
        pytest.param("2001:db8::1", "2001:db8::1/128", id="ipv6-alone"),
        pytest.param("203.0.113.77/24", "203.0.113.0/24", id="bits-below-the-prefix"),
        pytest.param("0.0.0.0/0", "0.0.0.0/0", id="all-of-ipv4"),
        pytest.param("::/0", "::/0", id="all-of-ipv6"),
        pytest.param("::ffff:10.0.0.0/104", "10.0.0.0/8", id="ipv4-mapped-range"),
        pytest.param("::ffff:0:0/96", "0.0.0.0/0", id="ipv4-mapped-all"),
        pytest.param("::ffff:0:0/95", "::fffe:0:0/95", id="range-wider-than-the-mapped"),
        pytest.param("::ffff:10.1.2.3", "10.1.2.3/32", id="ipv4-mapped-alone"),
    ],
)
def test_network(text: str, want: str) -> None:
    assert readers.read_network(text) == ipaddress.ip_network(want)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("10.0.0.0/08", id="prefix-with-a-leading-zero"),
        pytest.param("10.0.0.0/33", id="prefix-too-long"),
        pytest.param("::/129", id="ipv6-prefix-too-long"),
        pytest.param("10.0.0.0/", id="no-prefix"),
        pytest.param("10.0.0.0/8/8", id="two-prefixes"),
        pytest.param("10.0.0.0/255.0.0.0", id="mask"),
        pytest.param("10.0.0.0/+8", id="sign"),
        pytest.param("010.0.0.0/8", id="leading-zero"),
        pytest.param("10.0.0/8", id="three-octets"),
        pytest.param("fe80::%1/64", id="zone"),
        pytest.param("", id="empty"),
    ],
)
def test_no_network(text: str) -> None:
    assert readers.read_network(text) is None


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("arn:aws:s3:::b", ["arn", "aws", "s3", "", "", "b"], id="six-fields"),
        pytest.param("arn:aws:logs:r:1:a:b:c", ["arn", "aws", "logs", "r", "1", "a:b:c"], id="the-last-keeps-its-colons"),
        pytest.param("arn:aws:s3::b", None, id="five-fields"),
        pytest.param("urn:aws:s3:::b", None, id="another-scheme"),
        pytest.param("Arn:aws:s3:::b", None, id="other-case"),
        pytest.param("x", None, id="word"),
    ],
)
def test_arn(text: str, want: list[str] | None) -> None:
    assert readers.read_arn(text) == want
