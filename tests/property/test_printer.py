"""What the printer prints is, to OPA, the tree that was printed, and `opa fmt` leaves it alone (`make prove` tries more trees)."""

from typing import Final

from iam2rego.opa.binary import Binary
from tests.property.printed_trees import format_failures, parsing_failures

RULES: Final = 2_000
SEED: Final = 4


def test_opa_reads_the_tree_that_was_printed(opa: Binary) -> None:
    assert list(parsing_failures(opa, RULES, SEED)) == []


def test_opa_fmt_leaves_what_was_printed(pinned_opa: Binary) -> None:
    assert list(format_failures(pinned_opa, RULES, SEED)) == []
