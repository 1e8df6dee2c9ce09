"""What was measured: values by name, from rounds in which every work has its turn, so that a busy moment hits all alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final, TypeAlias

Work: TypeAlias = Callable[[], Mapping[str, float]]
"""Measures once; returns figures by name."""

ALLOCATIONS: Final = " allocations"
"""What follows the name of a decision's time in the name of its allocations."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The values of every figure, and remarks on those that are missing. Times are in microseconds unless the name says otherwise."""

    values: dict[str, list[float]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def add(self, figures: Mapping[str, float]) -> None:
        """Add a value to each of ``figures``."""
        for name, value in figures.items():
            self.values.setdefault(name, []).append(value)

    def rounds(self, works: Sequence[Work], count: int) -> None:
        """Do every work in turn, ``count`` times."""
        for _ in range(count):
            for work in works:
                self.add(work())

    def median(self, name: str) -> float:
        """Return the median of a figure."""
        return median(self.values[name])

    def ratio(self, name: str, base: str) -> float:
        """Return the median of a figure as a multiple of another's."""
        return self.median(name) / self.median(base)
