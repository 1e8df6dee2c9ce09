"""The cases of the conformance suite, decided natively."""

from pathlib import Path

import pytest

from iam2rego.ir.decision import Decision
from iam2rego.native import authorize
from iam2rego.sources.scenario import Scenario, read_scenarios

CASES = Path(__file__).parents[3] / "compiler" / "iam2rego" / "scenarios" / "suite" / "iam-semantics-cases.jsonl"
SCENARIOS = list(read_scenarios([str(CASES)]))


def decided(scenario: Scenario) -> str:
    return "invalid" if scenario.policies is None else spoken(authorize(scenario.policies, scenario.request))


def spoken(decision: Decision) -> str:
    return "invalid" if decision.errors else decision.decision.value


def test_there_are_cases() -> None:
    assert len(SCENARIOS) == 452


@pytest.mark.parametrize("scenario", [pytest.param(scenario, id=scenario.name) for scenario in SCENARIOS])
def test_case(scenario: Scenario) -> None:
    assert decided(scenario) == scenario.expect
