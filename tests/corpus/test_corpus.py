"""The cases of the rules, and what was found since and made smaller, decided by both engines.

All of them are asked in the layout of modules, and a slice in the packed one, of which `make prove` asks all.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

import pytest

from iam2rego.engines.native import NativeEngine
from iam2rego.engines.opa import OpaEngine
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.scenarios.run import Result, run_scenarios, units
from iam2rego.scenarios.suite import suite
from iam2rego.sources.scenario import Scenario

SCENARIOS: Final[Mapping[Layout, Sequence[Scenario]]] = {Layout.MODULES: suite(), Layout.PACKED: suite()[::6]}


@pytest.fixture(scope="module")
def results(opa: Binary) -> Callable[[Layout], Sequence[Result]]:
    """Decides every scenario of a layout on both engines; the answers are in order."""

    @cache
    def decided(layout: Layout) -> Sequence[Result]:
        asked = SCENARIOS[layout]
        with OpaEngine(opa, units(asked), layout=layout) as running:
            return tuple(run_scenarios(asked, [NativeEngine(units(asked)), running]))

    return decided


@pytest.mark.parametrize(
    ("layout", "number"),
    [
        pytest.param(layout, number, id=f"{each.name}-{layout}")
        for layout, scenarios in SCENARIOS.items()
        for number, each in enumerate(scenarios)
    ],
)
def test_both_engines_decide_as_expected_with_equal_documents(
    results: Callable[[Layout], Sequence[Result]], layout: Layout, number: int
) -> None:
    found = results(layout)[number]
    want = SCENARIOS[layout][number].expect
    assert found.decisions == {"native": want, "opa": want}
    assert found.agreed
