"""The emitted bundles decide as the table of the rules says (E5 to E15), which the native evaluator is held to as well."""

from itertools import islice
from typing import Final

import pytest

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from tests.truth.on_opa import opa_failures

SLICE: Final = 1_500
"""Combinations that a test of ours tries; `make prove` tries all."""


@pytest.mark.parametrize("layout", Layout)
def test_opa_agrees_with_the_table(opa: Binary, layout: Layout) -> None:
    assert not list(islice(opa_failures(opa, SLICE, layout=layout), 20))
