"""Emitted patterns against regular expressions, which are made from the text of the pattern by R3 to R7, C13, C22 and V4 to V9.

A third opinion: neither engine has a part in it.
"""

from itertools import islice
from random import Random
from typing import Final

import pytest

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from tests.property.trials import count, failures
from tests.property.wildcard_trials import KINDS, REQUESTS

PAIRS: Final = 6_000
"""How many pairs of a pattern and a text a test of ours tries."""


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("kind", KINDS)
def test_emitted_patterns_match_what_the_regular_expressions_match(opa: Binary, kind: str, layout: Layout) -> None:
    trials = list(islice(KINDS[kind](Random(1)), PAIRS // REQUESTS // len(KINDS)))
    assert list(failures(opa, trials, layout)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_many_pairs_match_and_many_do_not(kind: str) -> None:
    trials = list(islice(KINDS[kind](Random(1)), PAIRS // REQUESTS // len(KINDS)))
    matching = sum(want for trial in trials for _, want in trial.requests)
    assert 0.1 < matching / count(trials) < 0.9
