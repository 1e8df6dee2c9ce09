"""The rules that are encoded, and the faults that `make prove` plants into the proofs: each encoded rule has one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.mutation.faults import faults

DOCS: Final = Path(__file__).parents[3] / "docs"
PROOFS: Final = (DOCS / "proofs.md").read_text(encoding="utf-8")
ROW: Final = re.compile(r"^\| ((?:[A-Z]\d+)(?:(?:, | to )[A-Z]\d+)*) \|", re.MULTILINE)
OTHERS: Final = re.compile(r"^The other rules about decisions are settled before\..*?\n\n", re.MULTILINE | re.DOTALL)
OF_DECISIONS: Final = re.compile(r"^\| \*\*([NARPCVEL]\d+)\*\*", re.MULTILINE)
"""Rules of semantics.md that are not only about the form of policies or of answers."""
RULE: Final = re.compile(r"\b([A-Z])(\d+)(?: to [A-Z](\d+))?")


def rules(text: str) -> Iterator[str]:
    """The rules that a text names, one by one or from one to another."""
    for letter, first, last in RULE.findall(text):
        yield from (f"{letter}{number}" for number in range(int(first), int(last or first) + 1))


ENCODED: Final = frozenset(rule for row in ROW.findall(PROOFS) for rule in rules(row))


def test_every_encoded_rule_has_a_fault_that_forgets_it() -> None:
    assert {rule for _, forgets in faults() for rule in rules(forgets)} == ENCODED


def test_every_rule_about_decisions_is_encoded_or_settled_before() -> None:
    settled = set(rules("".join(OTHERS.findall(PROOFS))))
    assert not settled & ENCODED
    found = set(OF_DECISIONS.findall((DOCS / "semantics.md").read_text(encoding="utf-8")))
    assert found == settled | ENCODED | {"N4"}, "N4 is only a name"
