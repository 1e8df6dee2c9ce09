"""Claims about what `usage` says of decision logs."""

from typing import Final

from tests.property.logged_decisions import usage_failures
from tests.property.narrowing import LOGGED, OTHERS, narrower_failures
from tests.prove.setting import SEED, Setting, Verdict

SETS: Final = 400
"""Policy sets that are narrowed."""
MILLION: Final = 1_000_000
FEW: Final = 10_000
MORE: Final = 16 * 1024
"""Kilobytes that a hundred times as many decisions may take more."""


def a_million_decisions_are_counted(_setting: Setting) -> Verdict:
    """`usage` counts a million logged decisions as they were made up, in the memory that it takes for ten thousand."""
    _, little = usage_failures(FEW, SEED)
    failures, much = usage_failures(MILLION, SEED)
    figures = f"{MILLION:,} decisions in {much / 1024:.0f} MB, {FEW:,} in {little / 1024:.0f} MB"
    return Verdict(not failures and little > 0 and much - little < MORE, figures, "\n".join(failures))


def narrower_policies_serve(_setting: Setting) -> Verdict:
    """What `usage` narrows decides all that was logged alike, and allows nothing of anything else that was not allowed."""
    failures = list(narrower_failures(SETS))
    figures = f"{SETS:,} policy sets, {SETS * LOGGED:,} requests logged and {SETS * OTHERS:,} others, {len(failures)} exceptions"
    return Verdict(not failures, figures, "\n".join(failures))
