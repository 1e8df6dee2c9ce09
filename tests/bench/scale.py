"""How large a run is."""

from dataclasses import dataclass
from typing import Final

_GROWTH: Final = (1, 10, 100, 1_000)


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers of policies that most is measured ``once`` with, and at most ``many`` with; how many ``rounds`` medians are of."""

    once: int
    many: int
    rounds: int

    @property
    def growth(self) -> tuple[int, ...]:
        """The numbers of policies in which growth is shown, in order."""
        return (*(size for size in _GROWTH if size < self.many), self.many)

    @property
    def sizes(self) -> tuple[int, ...]:
        """All numbers of policies, in order."""
        return tuple(sorted({*self.growth, self.once}))
