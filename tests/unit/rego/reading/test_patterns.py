"""Patterns: which can be globs, and how letters are folded (N1)."""

import pytest

from iam2rego.rego.reading.folding import fold
from iam2rego.rego.reading.patterns import is_simple
from iam2rego.rego.reading.pieces import Fixed, Hole, Pieces, Run

STAR, INSIDE = Run(), Run(crosses=False)
U = Hole("aws:username", None)


@pytest.mark.parametrize(
    ("pieces", "simple"),
    [
        pytest.param((Fixed("arn:aws:s3:"), INSIDE, Fixed("-1:"), INSIDE, Fixed("-1:b")), True, id="one-star-in-each-of-two-fields"),
        pytest.param((Fixed("arn:aws:s3:"), INSIDE, Fixed("-"), INSIDE, Fixed("-1::b")), False, id="two-stars-in-a-field"),
        pytest.param((Fixed("arn:aws:s3:"), INSIDE, Fixed("-"), STAR, Fixed("::b")), True, id="a-star-and-one-that-crosses"),
        pytest.param((Fixed("arn:aws:s3:::"), STAR, Fixed("a"), STAR, Fixed("b")), True, id="stars-that-cross"),
        pytest.param((Fixed("a"), U), False, id="a-variable"),
    ],
)
def test_a_glob_has_no_two_stars_that_stay_in_one_field(pieces: Pieces, simple: bool) -> None:
    """OPA 1.22.2 tries all ways to share a field among them: 400 characters of a region cost seconds."""
    assert is_simple(pieces) is simple


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("AbC", "abc", id="N1/ascii"),
        pytest.param("\u0130", "i", id="N1/capital-i-with-dot"),
        pytest.param("\u039f\u03a3", "\u03bf\u03c3", id="N1/no-final-sigma"),
        pytest.param("\u212a", "k", id="N1/kelvin-sign"),
        pytest.param("\U00010400", "\U00010428", id="N1/beyond-the-basic-plane"),
        pytest.param("\u1e9e", "\u00df", id="N1/sharp-s"),
    ],
)
def test_fold(text: str, want: str) -> None:
    assert fold(text) == want
