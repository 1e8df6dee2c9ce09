"""Counts in published collections of policies differ from those that were expected only for a reason."""

import pytest

from tests.prove.corpus_counts import COUNTS, POLICIES, Count


@pytest.mark.parametrize("count", [pytest.param(each, id=f"{name}-{code}") for name, of in COUNTS.items() for code, each in of.items()])
def test_a_difference_has_a_reason(count: Count) -> None:
    assert bool(count.difference) == (count.expected not in (None, count.found))


def test_every_collection_has_a_size() -> None:
    assert POLICIES.keys() == COUNTS.keys()
