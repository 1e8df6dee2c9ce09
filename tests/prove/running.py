"""Runs claims side by side, each in a process of its own."""

import os
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Final

from tests.prove.claims import CLAIMS
from tests.prove.setting import Setting, Verdict, say

LONGEST: Final = 100
"""Lines that are shown of what does not hold."""


def all_hold(names: Sequence[str], setting: Setting) -> bool:
    """Show claims side by side, each in a new process: nothing that one leaves in memory is there for the next."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        running = {pool.submit(tried, name, setting): name for name in names}
        held = [shown(running[each], each) for each in as_completed(running)]
    return all(held)


def tried(name: str, setting: Setting) -> tuple[Verdict, float]:
    """Return the verdict on a claim, and the seconds that it took."""
    claim = next(each for each in CLAIMS if each.__name__ == name)
    start = time.monotonic()
    return claim(setting), time.monotonic() - start


def shown(name: str, trial: "Future[tuple[Verdict, float]]") -> bool:
    """Print the line of a claim, and more if it does not hold; return whether it does. What fails to be tried does not hold."""
    if failure := trial.exception():
        verdict, seconds = Verdict(False, "it cannot be tried", "".join(traceback.format_exception(failure))), 0.0
    else:
        verdict, seconds = trial.result()
    say(f"{'holds' if verdict.holds else 'FAILS'}  {name}: {verdict.figures} ({seconds:.0f} s)")
    if not verdict.holds:
        say("\n".join(verdict.more.splitlines()[-LONGEST:]))
    return verdict.holds
