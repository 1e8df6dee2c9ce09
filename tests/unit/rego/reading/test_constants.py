"""Typed condition values as constants (C15 to C21): a text of another type is None."""

import pytest

from iam2rego.rego.reading import constants

NINES = "9" * 40


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("10", "10", id="C16/integer"),
        pytest.param("10.0", "10", id="C16/superfluous-zeros"),
        pytest.param("1e2", "100", id="C16/exponent"),
        pytest.param("1.5E+1", "15", id="C16/exponent-with-sign"),
        pytest.param("125e-2", "1.25", id="C16/negative-exponent"),
        pytest.param("1e-3", "0.001", id="C16/negative-exponent-beyond-the-digits"),
        pytest.param("+007.50", "7.5", id="C16/sign-and-leading-zeros"),
        pytest.param("-1", "-1", id="C16/negative"),
        pytest.param("-0.0", "0", id="N2/signed-zero"),
        pytest.param("0e99999999999999999999999", "0", id="N2/zero-with-enormous-exponent"),
        pytest.param(NINES, NINES, id="N2/forty-digits"),
        pytest.param(f"0{NINES}.0", NINES, id="N2/zeros-are-not-counted"),
        pytest.param(f"0.{NINES}", f"0.{NINES}", id="N2/forty-digits-of-fraction"),
        pytest.param("1e39", "1" + "0" * 39, id="N2/forty-digits-by-exponent"),
        pytest.param("1e0000000000000000000000002", "100", id="C16/zeros-before-an-exponent"),
        pytest.param(f"{NINES}9", None, id="N2/forty-one-digits"),
        pytest.param(f"0.{NINES}9", None, id="N2/forty-one-digits-of-fraction"),
        pytest.param("1e40", None, id="N2/forty-one-digits-by-exponent"),
        pytest.param("1e-41", None, id="N2/forty-one-digits-of-fraction-by-exponent"),
        pytest.param("1e99999999999999999999999", None, id="N2/enormous-exponent"),
        pytest.param("1e-99999999999999999999999", None, id="N2/enormous-negative-exponent"),
        pytest.param("", None, id="C16/empty"),
        pytest.param("10x", None, id="C16/trailing-letter"),
        pytest.param("0x10", None, id="C16/hexadecimal"),
        pytest.param("NaN", None, id="C16/not-a-number"),
        pytest.param(".5", None, id="C16/no-digit-before-the-point"),
        pytest.param("5.", None, id="C16/no-digit-after-the-point"),
        pytest.param("1_000", None, id="C16/underscore"),
        pytest.param(" 1", None, id="C16/space"),
        pytest.param("1\n", None, id="C16/newline"),
        pytest.param("\u0661", None, id="C16/digit-of-another-script"),
    ],
)
def test_decimal(text: str, want: str | None) -> None:
    assert constants.decimal(text) == want


def test_decimals_are_ordered_exactly() -> None:
    assert constants.order(f"{NINES}.1") < constants.order(f"{NINES}.2")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("1700000000", (1_700_000_000, 0), id="C18/epoch"),
        pytest.param("2024", (2024, 0), id="C18/four-digits-are-an-epoch"),
        pytest.param("999999999999", (999_999_999_999, 0), id="C18/epoch-of-12-digits"),
        pytest.param("2024-03", (1_709_251_200, 0), id="C18/month"),
        pytest.param("2024-02-29", (1_709_164_800, 0), id="C18/day"),
        pytest.param("1970-01-01T00:01Z", (60, 0), id="C18/minute"),
        pytest.param("1970-01-01T00:01:02", (62, 0), id="C18/no-zone-is-utc"),
        pytest.param("1970-01-01T00:00:00.007Z", (0, 7_000_000), id="C18/fraction"),
        pytest.param("1969-12-31T23:59:59.25Z", (-1, 250_000_000), id="C18/fraction-before-1970"),
        pytest.param("1970-01-01T01:00:00+01:00", (0, 0), id="C18/zone-ahead"),
        pytest.param("1970-01-01T00:00:00-01:30", (5_400, 0), id="C18/zone-behind"),
        pytest.param("1970-01-01T23:59:00+23:59", (0, 0), id="C18/furthest-zone"),
        pytest.param("0001-01-01", (-62_135_596_800, 0), id="C18/first-day"),
        pytest.param("0001-01-01T00:00:00+01:00", (-62_135_600_400, 0), id="C18/zone-reaches-before-the-first-day"),
        pytest.param("9999-12-31T23:59:59.999999999Z", (253_402_300_799, 999_999_999), id="C18/last-instant"),
        pytest.param("0000-01-01", None, id="C18/year-0"),
        pytest.param("2023-02-29", None, id="C18/no-such-day"),
        pytest.param("2024-13-01", None, id="C18/month-13"),
        pytest.param("2024-00", None, id="C18/month-0"),
        pytest.param("2024-01-00", None, id="C18/day-0"),
        pytest.param("2024-01-01T24:00Z", None, id="C18/hour-24"),
        pytest.param("2024-01-01T00:60Z", None, id="C18/minute-60"),
        pytest.param("2024-01-01T00:00:60Z", None, id="C18/second-60"),
        pytest.param("2024-01-01T00:00+24:00", None, id="C18/zone-24"),
        pytest.param("2024-01-01T00:00+00:60", None, id="C18/zone-minute-60"),
        pytest.param("2024-01-01T00:00:00.0000000001Z", None, id="C18/ten-digits-of-fraction"),
        pytest.param("2024-01-01T00Z", None, id="C18/hour-alone"),
        pytest.param("2024-01-01T", None, id="C18/no-time-after-t"),
        pytest.param("2024-01-01Z", None, id="C18/zone-of-a-day"),
        pytest.param("2024-01-01t00:00Z", None, id="C18/lower-case-t"),
        pytest.param("2024-01-01T00:00z", None, id="C18/lower-case-z"),
        pytest.param("-1", None, id="C18/epoch-with-sign"),
        pytest.param("1.5", None, id="C18/epoch-with-fraction"),
        pytest.param("1700000000000", None, id="C18/epoch-of-13-digits"),
        pytest.param("2024-*", None, id="C18/wildcard"),
        pytest.param("2024-01-01\n", None, id="C18/newline"),
        pytest.param("", None, id="C18/empty"),
    ],
)
def test_date(text: str, want: tuple[int, int] | None) -> None:
    assert constants.date(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("true", "true", id="C19/true"),
        pytest.param("FALSE", "false", id="C19/any-case"),
        pytest.param("1", None, id="C19/number"),
        pytest.param("", None, id="C19/empty"),
        pytest.param("true ", None, id="C19/space"),
        pytest.param("fal\u017fe", None, id="C19/long-s"),
    ],
)
def test_boolean(text: str, want: str | None) -> None:
    assert constants.boolean(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("YWJj", "YWJj", id="C20/bytes"),
        pytest.param("", "", id="C20/empty"),
        pytest.param("QR==", "QQ==", id="C20/unused-bits"),
        pytest.param("YWL=", "YWI=", id="C20/unused-bits-of-two-bytes"),
        pytest.param("YQ", None, id="C20/no-padding"),
        pytest.param("YQ==YQ==", None, id="C20/padding-inside"),
        pytest.param("-_-_", None, id="C20/alphabet-of-urls"),
        pytest.param("YWJj\n", None, id="C20/newline"),
    ],
)
def test_binary(text: str, want: str | None) -> None:
    assert constants.binary(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("10.1.2.3", "10.1.2.3/32", id="C21/ipv4"),
        pytest.param("10.1.2.3/8", "10.0.0.0/8", id="C21/host-bits"),
        pytest.param("0.0.0.0/0", "0.0.0.0/0", id="C21/everything"),
        pytest.param("2001:DB8:0::1", "2001:db8::1/128", id="C21/ipv6"),
        pytest.param("2001:db8::1/32", "2001:db8::/32", id="C21/ipv6-range"),
        pytest.param("::ffff:10.1.2.3", "10.1.2.3/32", id="C21/mapped-address"),
        pytest.param("::ffff:10.1.2.3/104", "10.0.0.0/8", id="C21/mapped-range"),
        pytest.param("::ffff:0:0/96", "0.0.0.0/0", id="C21/mapped-range-of-all"),
        pytest.param("::ffff:10.1.2.3/95", "::fffe:0:0/95", id="C21/shorter-than-mapped"),
        pytest.param("::1/96", "::/96", id="C21/not-mapped"),
        pytest.param("10.0.0.0/33", None, id="C21/prefix-too-long"),
        pytest.param("::/129", None, id="C21/prefix-too-long-for-ipv6"),
        pytest.param("10.0.0.0/08", None, id="C21/prefix-with-leading-zero"),
        pytest.param("10.0.0.0/", None, id="C21/no-prefix"),
        pytest.param("10.0.0.0/255.0.0.0", None, id="C21/netmask"),
        pytest.param("10.0.0.01", None, id="C21/octet-with-leading-zero"),
        pytest.param("10.0.0", None, id="C21/three-octets"),
        pytest.param("fe80::1%eth0", None, id="C21/zone"),
        pytest.param("10.*", None, id="C21/wildcard"),
        pytest.param("", None, id="C21/empty"),
    ],
)
def test_address_range(text: str, want: str | None) -> None:
    assert constants.address_range(text) == want
