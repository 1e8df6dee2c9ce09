"""Measures how fast each engine answers, compared with the cheapest query of OPA."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

BARE: Final = "bare"
"""The name of the bare query among the engines."""


@dataclass(slots=True)
class Stopwatch:
    """Measures the total time and the number of runs of each kind of work."""

    _seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _times: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    @contextmanager
    def running(self, work: str) -> Iterator[None]:
        """Measure the block as one run of ``work``."""
        start = perf_counter()
        yield
        self._seconds[work] += perf_counter() - start
        self._times[work] += 1

    def speeds(self) -> Mapping[str, float]:
        """Return how often a second each work is done."""
        return {work: self._times[work] / seconds for work, seconds in self._seconds.items()}
