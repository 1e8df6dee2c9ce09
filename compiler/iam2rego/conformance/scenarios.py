"""Runs scenarios: what each engine decides, beside what is expected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iam2rego.conformance.compare import INVALID, Answer, agree, answer, outcome
from iam2rego.conformance.engine import Engine
from iam2rego.ir.policy import PolicySet
from iam2rego.sources.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Result:
    """A scenario and the answer of each engine, by the engine's name."""

    scenario: Scenario
    answers: Mapping[str, Answer]

    @property
    def decisions(self) -> dict[str, str]:
        """Each engine's decision as scenarios spell it."""
        return {name: outcome(given) for name, given in self.answers.items()}

    @property
    def passed(self) -> bool:
        """Whether every engine decided as expected."""
        return all(decision == self.scenario.expect for decision in self.decisions.values())

    @property
    def undecided(self) -> bool:
        """Whether an engine that was asked gave no decision."""
        return any(isinstance(given, str) and given != INVALID for given in self.answers.values())

    @property
    def agreed(self) -> bool:
        """Whether every engine gave the same document; of refused policies there is none."""
        first, *others = self.answers.values()
        return self.scenario.policies is None or all(agree(first, other) for other in others)


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    """The results in the order of the scenarios; `opa_version` is None where OPA was not asked."""

    opa_version: str | None
    results: tuple[Result, ...]

    @property
    def passed(self) -> int:
        """How many scenarios passed."""
        return sum(result.passed for result in self.results)

    @property
    def failed(self) -> int:
        """How many scenarios did not."""
        return len(self.results) - self.passed


def units(scenarios: Sequence[Scenario]) -> tuple[PolicySet, ...]:
    """Return the policies of each scenario, none where they are refused: the units of the engines that `run_scenarios` asks."""
    return tuple(scenario.policies or PolicySet(policies=()) for scenario in scenarios)


def run_scenarios(scenarios: Sequence[Scenario], engines: Sequence[Engine], opa_version: str | None) -> ScenarioReport:
    """Ask every engine, made of the `units` of the same scenarios, for each scenario; refused policies are `invalid` without asking."""
    results = [run_scenario(unit, scenario, engines) for unit, scenario in enumerate(scenarios)]
    return ScenarioReport(opa_version, tuple(results))


def run_scenario(unit: int, scenario: Scenario, engines: Sequence[Engine]) -> Result:
    """Ask every engine for one scenario, whose policies are their ``unit``."""
    if scenario.policies is None:
        return Result(scenario, {engine.name: INVALID for engine in engines})
    return Result(scenario, {engine.name: answer(engine, unit, scenario.request) for engine in engines})
