"""Letter case, by code point (N1)."""

import pytest

from iam2rego.native.case import fold


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("S3:GetObject", "s3:getobject", id="ascii"),
        pytest.param("ÄÖÜ", "äöü", id="latin-1"),
        pytest.param("\N{GREEK CAPITAL LETTER SIGMA}", "\N{GREEK SMALL LETTER SIGMA}", id="sigma-alone"),
        pytest.param("Α\N{GREEK CAPITAL LETTER SIGMA}", "α\N{GREEK SMALL LETTER SIGMA}", id="sigma-at-the-end-of-a-word"),
        pytest.param("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "i", id="dotted-i-is-one-code-point"),
        pytest.param("\N{KELVIN SIGN}", "k", id="kelvin-sign"),
        pytest.param("ß", "ß", id="sharp-s-stays"),
        pytest.param("", "", id="empty"),
    ],
)
def test_fold(text: str, want: str) -> None:
    assert fold(text) == want
