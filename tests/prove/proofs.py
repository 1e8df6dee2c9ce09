"""Claims about proofs."""

from collections import Counter
from typing import Final

from tests.property.inclusions import contradictions
from tests.prove.setting import Setting, Verdict

PAIRS: Final = 1_500
MOST_MISSED: Final = 0.01
"""The greatest share of questions that are undecided although a request refutes the claim."""


def no_request_contradicts_a_proof(_: Setting) -> Verdict:
    """Of 3,000 questions about random policy sets and mutants of them no answer is contradicted by requests aimed at the sets."""
    tally = Counter[str]()
    found = list(contradictions(PAIRS, tally))
    asked = tally["Proved"] + tally["Refuted"] + tally["Undecided"]
    figures = ", ".join(f"{count:,} {name.lower()}" for name, count in sorted(tally.items()))
    return Verdict(not found and tally["missed"] <= MOST_MISSED * asked, figures, "\n".join(found))
