"""Faults planted into the proofs: `python -m tests.mutation.planted [WORD...]` says which of them the tests of the proofs notice.

`planted.toml` has the faults, each with what it forgets. Words choose those whose modules or reasons have them; without a word, half
of all are drawn with a seed. Status 1 if one goes unnoticed.
"""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from tests.mutation.faults import faults
from tests.mutation.mutants import Mutant
from tests.mutation.trial import passes, tests_pass

TESTS: Final = Path(__file__).parents[1] / "unit" / "proofs"
SECONDS: Final = 240
"""The processor time of a run of the tests, many times of what they need."""


def main(words: Sequence[str]) -> int:
    """Try the faults; return the exit status."""
    notice = partial(tests_pass, [str(TESTS)])
    named = [(mutant, why) for mutant, why in faults() if any(word in f"{mutant.module} {why}" for word in words)]
    chosen = named if words else _drawn()
    if not passes(None, notice, SECONDS):
        sys.exit("the tests fail without a fault")
    unnoticed = [(mutant, why) for mutant, why in chosen if passes(mutant, notice, SECONDS)]
    for mutant, why in unnoticed:
        sys.stdout.write(f"unnoticed ({why}): {mutant}\n")
    sys.stdout.write(f"{len(chosen) - len(unnoticed)} of {len(chosen)} planted faults noticed\n")
    return 1 if unnoticed else 0


def _drawn() -> Sequence[tuple[Mutant, str]]:
    found = list(faults())
    return Random(1).sample(found, len(found) // 2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
