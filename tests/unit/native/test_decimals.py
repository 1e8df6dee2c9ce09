"""Numbers as exact decimal text (N2)."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iam2rego.native.decimals import NUMBER, canonical

FORTY_NINES = "9" * 40


@pytest.mark.parametrize(
    ("spelling", "want"),
    [
        pytest.param("10", "10", id="whole"),
        pytest.param("10.0", "10", id="superfluous-fraction"),
        pytest.param("1.50", "1.5", id="superfluous-zero"),
        pytest.param("1e2", "100", id="exponent"),
        pytest.param("1E+2", "100", id="capital-exponent-with-sign"),
        pytest.param("12.5e-1", "1.25", id="negative-exponent"),
        pytest.param("-0", "0", id="signed-zero"),
        pytest.param("-0.0e5", "0", id="signed-zero-with-exponent"),
        pytest.param("-1.5", "-1.5", id="negative"),
        pytest.param("+5", "5", id="plus-sign"),
        pytest.param("007", "7", id="leading-zeros"),
        pytest.param("0.001e3", "1", id="zeros-balanced-by-the-exponent"),
        pytest.param("1e-1", "0.1", id="below-one"),
        pytest.param(FORTY_NINES, FORTY_NINES, id="forty-digits"),
        pytest.param("1e39", "1" + "0" * 39, id="forty-digits-by-exponent"),
        pytest.param("1e40", None, id="forty-one-digits"),
        pytest.param("1e-40", "0." + "0" * 39 + "1", id="forty-fraction-digits"),
        pytest.param("1e-41", None, id="forty-one-fraction-digits"),
        pytest.param("1" + "0" * 40 + "e-1", "1" + "0" * 39, id="counted-in-the-text-form-not-the-spelling"),
        pytest.param(FORTY_NINES + "." + FORTY_NINES, FORTY_NINES + "." + FORTY_NINES, id="forty-on-both-sides"),
        pytest.param("0e999999999", "0", id="zero-with-a-huge-exponent"),
        pytest.param("0e" + "9" * 5000, "0", id="zero-with-an-endless-exponent"),
        pytest.param("1e999999999", None, id="huge-exponent"),
        pytest.param("1e-999999999", None, id="huge-negative-exponent"),
        pytest.param("1e" + "9" * 5000, None, id="endless-exponent"),
        pytest.param("1e-" + "0" * 5000 + "1", "0.1", id="exponent-with-leading-zeros"),
        pytest.param("0." + "0" * 5000 + "1e5001", "1", id="long-spelling-of-one"),
        pytest.param("", None, id="empty"),
        pytest.param(".5", None, id="no-whole-part"),
        pytest.param("5.", None, id="no-fraction-after-the-point"),
        pytest.param("10x", None, id="trailing-text"),
        pytest.param("0x10", None, id="hexadecimal"),
        pytest.param("NaN", None, id="nan"),
        pytest.param("Infinity", None, id="infinity"),
        pytest.param("1_000", None, id="underscore"),
        pytest.param(" 1", None, id="space-before"),
        pytest.param("1\n", None, id="newline-after"),
        pytest.param("\N{ARABIC-INDIC DIGIT ONE}", None, id="other-digits"),
    ],
)
def test_canonical(spelling: str, want: str | None) -> None:
    assert canonical(spelling) == want


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**39), max_value=10**39, places=20))
def test_canonical_keeps_the_value(number: Decimal) -> None:
    assert Decimal(canonical(str(number)) or "NaN") == number


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**39), max_value=10**39, places=20))
def test_canonical_text_is_its_own_canonical_text(number: Decimal) -> None:
    text = canonical(str(number))
    assert canonical(text or "") == text


@pytest.mark.parametrize("spelling", ["1", "-12.50", "1e005", "00.100E-0010", "1e000", "7e12"])
def test_a_number_is_read_in_one_way_only(spelling: str) -> None:
    # Of two ways to read n zeros there would be n for each, and a long text that is no number in the end would try them all.
    reluctant = re.compile(re.sub("([+*])(?=[)(])", r"\1?", NUMBER.pattern))
    readings = [each.fullmatch(spelling) for each in (NUMBER, reluctant)]
    assert len({each.groups() for each in readings if each}) == 1
