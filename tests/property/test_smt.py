"""A slice of the pairs of policies that `make prove` puts to z3."""

from collections import Counter
from typing import Final

from tests.property.smt_pairs import compared

PAIRS: Final = 12


def test_z3_contradicts_no_proof() -> None:
    tally = Counter[str]()
    assert list(compared(PAIRS, tally)) == []
    assert tally["compared"] > PAIRS // 2
