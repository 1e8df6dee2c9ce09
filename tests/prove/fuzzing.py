"""Claims about random Rego trees, random inputs and mutants."""

import sys
from typing import Final

from tests.property.arbitrary_inputs import input_failures, inputs
from tests.property.printed_trees import format_failures, parsing_failures
from tests.prove.setting import SEED, Setting, Verdict, run

RULES: Final = 10_000
INPUTS: Final = 10_000


def opa_reads_what_is_printed(setting: Setting) -> Verdict:
    """OPA parses the text of random Rego trees back to the same trees, and `opa fmt` leaves it as it is."""
    wrong = [*parsing_failures(setting.binary, RULES, SEED), *format_failures(setting.binary, RULES, SEED)]
    return Verdict(not wrong, f"{RULES} random rules printed, {len(wrong)} read or formatted otherwise", "\n".join(wrong))


def any_input_is_answered_alike(setting: Setting) -> Verdict:
    """Whatever JSON is the input, both engines answer with the same document."""
    wrong = list(input_failures(setting.binary, list(inputs(INPUTS, SEED))))
    return Verdict(not wrong, f"{INPUTS} inputs, {len(wrong)} answered differently", "\n".join(wrong))


def native_mutants_are_killed(_setting: Setting) -> Verdict:
    """At least 95 % of a seeded twelfth of the mutants of the native evaluator are killed by its tests, but for equivalent ones."""
    said = run([sys.executable, "-W", "ignore", "-m", "tests.mutation.mutate"])
    return Verdict(said.status == 0, said.text.splitlines()[-1], said.text)
