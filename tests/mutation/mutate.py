"""Mutation testing of the native evaluator: `python -m tests.mutation.mutate [MODULE...]` prints who survives, and how many were killed.

All mutants of the named modules are tried; without a name, a drawn twelfth of all. Status 1 if fewer than `LEAST` of the
mutants that are not equivalent are killed, or if `equivalent.toml` names what is no survivor.
"""

import sys
import tomllib
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Final

from tests.mutation.mutants import Mutant, modules, mutants
from tests.mutation.trial import questions, survives

EQUIVALENT: Final = Path(__file__).with_name("equivalent.toml")
LEAST: Final = 0.95
SEED: Final = 1


def main(names: Sequence[str]) -> int:
    """Try the mutants of the modules with ``names``, or a twelfth of all; return the exit status."""
    asked = questions()
    if not survives(None, asked):
        sys.exit("the tests fail without a mutation")
    chosen = {name: source for name, source in modules().items() if not names or name in names}
    found = [mutant for name, source in chosen.items() for mutant in mutants(name, source)]
    Random(SEED).shuffle(found)
    count = len(found) if names else len(found) // 12
    tried, untried = found[:count], found[count:]
    alive = [mutant for mutant in tried if survives(mutant, asked)]
    reasons = _reasons(chosen)
    gaps = [mutant for mutant in alive if _key(mutant) not in reasons]
    stale = reasons - {*map(_key, (*untried, *alive))}
    different, killed = len(tried) - len(alive) + len(gaps), len(tried) - len(alive)
    say(f"survives: {mutant}" for mutant in gaps)
    say(f"{EQUIVALENT.name} names what is no survivor: {each}" for each in sorted(stale))
    say([f"{killed} of {different} mutants killed, {killed / different:.1%}; {len(tried) - different} more are equivalent"])
    return 0 if killed >= LEAST * different and not stale else 1


def _reasons(chosen: Container[str]) -> set[tuple[str, str, str]]:
    """Return the mutants of the modules that `EQUIVALENT` gives a reason for."""
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
    return {(each["module"], each["before"], each["after"]) for each in entries if each["module"] in chosen}


def _key(mutant: Mutant) -> tuple[str, str, str]:
    return mutant.module, mutant.before, mutant.after


def say(lines: Iterable[object]) -> None:
    """Print each of ``lines`` at once."""
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
