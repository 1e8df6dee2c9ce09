"""No request contradicts a verdict on a pair of policy sets, and OPA confirms the requests of refuted claims."""

from typing import Final

import pytest

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from tests.property.inclusions import Findings, findings, unconfirmed
from tests.property.proof_pairs import pairs
from tests.support.slices import LAYOUTS

STEP: Final = 75
REQUESTS: Final = 100


@pytest.fixture(scope="module")
def found() -> Findings:
    return findings(pairs(STEP), REQUESTS)


def test_no_request_contradicts_a_proof(found: Findings) -> None:
    assert found.contradictions == []
    assert found.tally["proved"] > 30
    assert found.tally["refuted"] > 20
    assert found.tally["undecided"] <= 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_opa_confirms_every_request_of_a_refuted_claim(found: Findings, opa: Binary, layout: Layout) -> None:
    assert list(unconfirmed(found.shown, opa, layout)) == []
