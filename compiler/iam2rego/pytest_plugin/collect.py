"""Collects files of scenarios as tests, one item a scenario. A session runs one OPA at a time, for a batch of scenarios each."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from iam2rego.conformance.replay import command_of_scenario
from iam2rego.diagnostics import PolicyError, printable
from iam2rego.opa import OpaError
from iam2rego.pytest_plugin.settings import engines, reading_options, tested
from iam2rego.scenarios.report import scenario_failure
from iam2rego.scenarios.run import Result, run_scenario, unit_numbers, units
from iam2rego.sources.scenario import Scenario, read_scenarios


class ScenarioFile(pytest.File):
    """A file of scenarios. An unusable file is a collection error that shows all problems with their places."""

    def collect(self) -> "Iterator[ScenarioItem]":
        """Yield a test for each scenario, in order."""
        try:
            paths, loader = [os.path.relpath(self.path)], tested(self.config)
            scenarios = list(read_scenarios(paths, parameters=loader.parameters, tested=loader))
        except PolicyError as error:
            raise self.CollectError(str(error)) from None
        for scenario in scenarios:
            item: ScenarioItem = ScenarioItem.from_parent(self, name=printable(scenario.name))
            item.scenario = scenario
            yield item


class ScenarioItem(pytest.Item):
    """A scenario; every engine must make the expected decision."""

    scenario: Scenario

    def runtest(self) -> None:
        """Ask the engines."""
        try:
            session = _session(self.session)
            result = run_scenario(session.unit_of[self], self.scenario, session.engines)
        except OpaError as failure:
            pytest.fail(str(failure), pytrace=False)
        if not result.passed:
            pytest.fail("\n".join(_told(result, self.config)), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the place of the scenario, with its line counted from 0."""
        return self.path, self.scenario.span.line - 1, self.name


def _told(result: Result, config: pytest.Config) -> Iterator[str]:
    """Yield the decisions, the native engine's reasons, and a command that repeats the request."""
    yield from scenario_failure(result)
    yield f"  replay:  {printable(command_of_scenario(result.scenario, reading_options(config)))}"


class _Session:
    """The engines of one session, from its first scenario, when the selection is known, to its end."""

    def __init__(self, session: pytest.Session) -> None:
        items = [item for item in session.items if isinstance(item, ScenarioItem)]
        scenarios = [item.scenario for item in items]
        self.unit_of = dict(zip(items, unit_numbers(scenarios), strict=True))
        with ExitStack() as stack:
            self.engines = stack.enter_context(engines(session.config, units(scenarios)))
            session.config.add_cleanup(stack.pop_all().close)


_SESSION = pytest.StashKey[_Session]()


def _session(session: pytest.Session) -> _Session:
    if _SESSION not in session.stash:
        session.stash[_SESSION] = _Session(session)
    return session.stash[_SESSION]
