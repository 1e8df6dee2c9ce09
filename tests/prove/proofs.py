"""Claims about proofs."""

import sys
from collections import Counter
from typing import Final

from iam2rego.rego.bundle.layouts import Layout
from tests.property.inclusions import findings, unconfirmed
from tests.property.proof_pairs import pairs
from tests.prove.setting import Setting, Verdict, run

STEP: Final = 6
"""One of so many pairs is taken."""
LEAST_PAIRS: Final = 500
REQUESTS: Final = 100
"""Requests about a pair."""
Z3_PAIRS: Final = 1_150
LEAST_COMPARED: Final = 1_000
"""How many of these pairs z3 must decide; it does not always end."""
MOST_UNDECIDED: Final = 0.01
"""The greatest share of questions that are undecided."""


def no_request_contradicts_a_proof(setting: Setting) -> Verdict:
    """Of more than 500 pairs of policy sets no request contradicts a verdict, and OPA confirms the request of each refuted claim."""
    found = findings(pairs(STEP), REQUESTS)
    layouts = list(Layout)
    asked = [(layout, found.shown[number :: len(layouts)]) for number, layout in enumerate(layouts)]
    wrong = [*found.contradictions, *(each for layout, shown in asked for each in unconfirmed(shown, setting.binary, layout))]
    holds = not wrong and found.tally["pairs"] > LEAST_PAIRS and found.tally["undecided"] <= MOST_UNDECIDED * found.asked
    return Verdict(holds, f"{found.figures}, {len(wrong)} contradicted or not confirmed", "\n".join(wrong))


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
