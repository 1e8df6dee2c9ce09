"""The faults that `make prove` plants into the proofs: each is one of the code that there is, and each encoded rule has one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.mutation.faults import faults

PROOFS: Final = Path(__file__).parents[3] / "docs" / "proofs.md"
ROW: Final = re.compile(r"^\| ((?:[A-Z]\d+)(?:(?:, | to )[A-Z]\d+)*) \|", re.MULTILINE)
RULE: Final = re.compile(r"\b([A-Z])(\d+)(?: to [A-Z](\d+))?")


def rules(text: str) -> Iterator[str]:
    """The rules that a text names, one by one or from one to another."""
    for letter, first, last in RULE.findall(text):
        yield from (f"{letter}{number}" for number in range(int(first), int(last or first) + 1))


def test_every_encoded_rule_has_a_fault_that_forgets_it() -> None:
    encoded = {rule for row in ROW.findall(PROOFS.read_text(encoding="utf-8")) for rule in rules(row)}
    assert encoded == {rule for _, forgets in faults() for rule in rules(forgets)}
