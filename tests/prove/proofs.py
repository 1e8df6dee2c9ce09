"""Claims about proofs."""

import sys
from collections import Counter
from typing import Final

from tests.property.inclusions import contradictions
from tests.prove.setting import Setting, Verdict, run

PAIRS: Final = 1_000
Z3_PAIRS: Final = 1_150
LEAST_COMPARED: Final = 1_000
"""How many of these pairs z3 must decide; it does not always end."""
MOST_MISSED: Final = 0.01
"""The greatest share of questions that are undecided although a request refutes the claim."""


def no_request_contradicts_a_proof(_: Setting) -> Verdict:
    """Of 2,000 questions about random policy sets and mutants of them no answer is contradicted by requests aimed at the sets."""
    tally = Counter[str]()
    found = list(contradictions(PAIRS, tally))
    asked = tally["Proved"] + tally["Refuted"] + tally["Undecided"]
    figures = ", ".join(f"{count:,} {name.lower()}" for name, count in sorted(tally.items()))
    return Verdict(not found and tally["missed"] <= MOST_MISSED * asked, figures, "\n".join(found))


def z3_contradicts_no_proof(_: Setting) -> Verdict:
    """Of at least 1,000 seeded pairs of policies that z3 decides, on an encoding of its own, it contradicts no verdict of the proofs."""
    from tests.property.smt_pairs import compared  # here, since no other claim needs z3

    tally = Counter[str]()
    wrong = list(compared(Z3_PAIRS, tally))
    figures = ", ".join(f"{count:,} {name}" for name, count in sorted(tally.items()))
    return Verdict(not wrong and tally["compared"] >= LEAST_COMPARED, figures, "\n".join(wrong))


def planted_faults_of_the_proofs_are_noticed(_: Setting) -> Verdict:
    """The tests of the proofs notice each of half of the faults in a list, drawn: a forgotten rule, `may` for `must`, a lost branch."""
    said = run([sys.executable, "-W", "ignore", "-m", "tests.mutation.planted"])
    return Verdict(said.status == 0, said.text.splitlines()[-1], said.text)
