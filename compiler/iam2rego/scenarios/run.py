"""Runs scenarios on each engine and compares the decisions with the expected ones. Scenarios and results are streams."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from iam2rego.engines.compare import INVALID, Answer, agree, answer, outcome
from iam2rego.engines.engine import Engine
from iam2rego.ir.policy import PolicySet
from iam2rego.sources.scenario import Scenario

_MOST: Final = 25
_LONGEST: Final = 256 * 1024
"""The limits of a batch, in policy sets and in characters: one OPA loads all its policies, each set with a copy of the library."""

_NOTHING: Final = PolicySet(policies=())


@dataclass(frozen=True, slots=True)
class Result:
    """A scenario and the answer of each engine, by the engine's name."""

    scenario: Scenario
    answers: Mapping[str, Answer]

    @property
    def decisions(self) -> dict[str, str]:
        """Each engine's decision, spelled as in scenarios."""
        return {name: outcome(given) for name, given in self.answers.items()}

    @property
    def passed(self) -> bool:
        """Whether every engine decided as expected."""
        return all(decision == self.scenario.expect for decision in self.decisions.values())

    @property
    def undecided(self) -> bool:
        """Whether an engine failed to decide."""
        return any(isinstance(given, str) and given != INVALID for given in self.answers.values())

    @property
    def agreed(self) -> bool:
        """Whether every engine gave the same document; refused policies have no document."""
        first, *others = self.answers.values()
        return self.scenario.policies is None or all(agree(first, other) for other in others)


@dataclass(slots=True)
class Tally:
    """Counts results: passed, failed, without a decision (also counted as failed), and agreed on by all engines.

    `files` counts those that passed and those that failed by file. `compared` says whether there were several engines; `opa_version`
    is None if OPA was not asked.
    """

    passed: int = 0
    failed: int = 0
    undecided: int = 0
    agreed: int = 0
    compared: bool = False
    opa_version: str | None = None
    files: dict[str, tuple[int, int]] = field(default_factory=dict)

    def count(self, result: Result) -> None:
        """Count one more."""
        self.passed += result.passed
        self.failed += not result.passed
        self.undecided += result.undecided
        self.agreed += result.agreed
        self.compared |= len(result.answers) > 1
        passed, failed = self.files.get(result.scenario.file, (0, 0))
        self.files[result.scenario.file] = passed + result.passed, failed + (not result.passed)


def batches(scenarios: Iterable[Scenario]) -> Iterator[list[Scenario]]:
    """Split scenarios into batches that one OPA can load."""
    batch: list[Scenario] = []
    length, sets = 0, set[int]()
    for scenario in scenarios:
        full = len(sets) == _MOST and id(scenario.policies) not in sets
        if batch and (full or length + len(scenario.text) > _LONGEST):
            yield batch
            batch, length, sets = [], 0, set()
        batch.append(scenario)
        length += len(scenario.text)
        sets.add(id(scenario.policies))
    if batch:
        yield batch


def units(scenarios: Sequence[Scenario]) -> tuple[PolicySet, ...]:
    """Return the policies of the scenarios (none if they are refused), the units for the engines of `run_scenarios`.

    Scenarios of the same sources share a unit.
    """
    return tuple({id(each): each for each in map(_policies, scenarios)}.values())


def unit_numbers(scenarios: Sequence[Scenario]) -> list[int]:
    """Return the number of each scenario's unit among the `units`."""
    numbers = {id(each): number for number, each in enumerate(units(scenarios))}
    return [numbers[id(_policies(each))] for each in scenarios]


def _policies(scenario: Scenario) -> PolicySet:
    return _NOTHING if scenario.policies is None else scenario.policies


def run_scenarios(scenarios: Sequence[Scenario], engines: Sequence[Engine]) -> Iterator[Result]:
    """Ask every engine, made with the `units` of these scenarios, for each one; refused policies are `invalid` without asking."""
    return (run_scenario(unit, scenario, engines) for unit, scenario in zip(unit_numbers(scenarios), scenarios, strict=True))


def until_failure(results: Iterable[Result]) -> Iterator[Result]:
    """Yield results up to the first that fails."""
    for result in results:
        yield result
        if not result.passed:
            return


def run_scenario(unit: int, scenario: Scenario, engines: Sequence[Engine]) -> Result:
    """Ask every engine for one scenario; ``unit`` is the number of its policies."""
    if scenario.policies is None:
        return Result(scenario, {engine.name: INVALID for engine in engines})
    return Result(scenario, {engine.name: answer(engine, unit, scenario.request) for engine in engines})
