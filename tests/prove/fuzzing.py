"""Claims about what random trees, texts and documents do to us."""

from typing import Final

from setting import SEED, Setting, Verdict
from test_printer import format_failures, parsing_failures

RULES: Final = 20_000


def opa_reads_what_is_printed(setting: Setting) -> Verdict:
    """OPA parses the text of random Rego trees back to the same trees, and `opa fmt` leaves it as it is."""
    wrong = [*parsing_failures(setting.binary, RULES, SEED), *format_failures(setting.binary, RULES, SEED)]
    return Verdict(not wrong, f"{RULES} random rules printed, {len(wrong)} read or formatted otherwise", "\n".join(wrong))
