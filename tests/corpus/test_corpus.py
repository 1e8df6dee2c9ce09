"""The cases of the rules, and what was found since and made smaller, decided by both engines, in either layout."""

import pytest

from iam2rego.engines.engine import NativeEngine, OpaEngine
from iam2rego.opa.binary import Binary
from iam2rego.rego import Layout
from iam2rego.scenarios.run import Result, run_scenarios, units
from iam2rego.scenarios.suite import suite

SCENARIOS = suite()


@pytest.fixture(scope="module")
def results(opa: Binary, layout: Layout) -> tuple[Result, ...]:
    """Every scenario with the answers of both engines, in order."""
    with OpaEngine(opa, units(SCENARIOS), layout=layout) as running:
        return tuple(run_scenarios(SCENARIOS, [NativeEngine(units(SCENARIOS)), running]))


@pytest.mark.parametrize("layout", Layout, scope="module")
@pytest.mark.parametrize("number", [pytest.param(number, id=each.name) for number, each in enumerate(SCENARIOS)])
def test_both_engines_decide_as_expected_with_equal_documents(results: tuple[Result, ...], number: int) -> None:
    want = SCENARIOS[number].expect
    assert results[number].decisions == {"native": want, "opa": want}
    assert results[number].agreed
