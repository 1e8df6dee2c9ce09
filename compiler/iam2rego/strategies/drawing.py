"""Draws one value for one seed, for runs of many thousands, where Hypothesis by itself would search and vary earlier values."""

from typing import Final, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

_Drawn = TypeVar("_Drawn")

_QUIETLY: Final = settings(
    max_examples=2, phases=[Phase.generate], database=None, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False
)
"""Two examples, because the first that Hypothesis tries is always the simplest."""


def draw(strategy: SearchStrategy[_Drawn], number: int) -> _Drawn:
    """Return what ``strategy`` draws for the seed ``number``, always the same."""
    found: list[_Drawn] = []

    @seed(number)
    @_QUIETLY
    @given(_after_the_simplest(strategy))
    def keep(drawn: list[_Drawn]) -> None:
        found.extend(drawn)

    keep()
    return found[0]


@st.composite
def _after_the_simplest(draw: DrawFn, strategy: SearchStrategy[_Drawn]) -> list[_Drawn]:
    """Draw nothing in the simplest example, and one value in any other."""
    return [draw(strategy)] if draw(st.integers(0, 2**32)) else []
