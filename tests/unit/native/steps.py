"""Counts the work of a call, so that tests can tell how it grows with what a request holds."""

import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from types import FrameType
from typing import Any

SIZES = (1, 2, 4, 8)


def steps(call: Callable[[], object]) -> int:
    """Return how many instructions Python executes in ``call``.

    What C does in one of them counts once: slices, searches and comparisons of texts, of which each takes time linear in the texts.
    """
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def growth(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Return by what factor the steps of each call exceed those of the call before."""
    counts = [steps(call) for call in calls]
    return [later / earlier for earlier, later in pairwise(counts)]
