"""Measures how fast each engine answers, compared with the cheapest query of OPA."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

BARE: Final = "bare"
"""Names the bare query, beside the engines."""


@dataclass(slots=True)
class Stopwatch:
    """Adds up how long each of several works took, and how often it was done."""

    _seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _times: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    @contextmanager
    def running(self, work: str) -> Iterator[None]:
        """Count the block as one time of ``work``."""
        start = perf_counter()
        yield
        self._seconds[work] += perf_counter() - start
        self._times[work] += 1

    def speeds(self) -> Mapping[str, float]:
        """Return how often a second each work is done."""
        return {work: self._times[work] / seconds for work, seconds in self._seconds.items()}
