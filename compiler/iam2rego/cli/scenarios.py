"""``test``: runs scenarios on the engines and compares with what they expect."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Annotated, Final, TypeAlias

import typer

from iam2rego.cli.opa import obtained
from iam2rego.cli.options import EngineName, Lenient, NoProgress, Opa, Param, Params, ReportFormat, ReportFormatOption
from iam2rego.cli.output import FINDINGS, SURROUNDINGS, failures_reported, show
from iam2rego.conformance.engine import Engine, NativeEngine, OpaEngine
from iam2rego.conformance.report import scenarios_json, scenarios_junit, scenarios_text
from iam2rego.conformance.scenarios import ScenarioReport, run_scenarios, units
from iam2rego.conformance.suite import suite as read_suite
from iam2rego.sources.parameters import parameters
from iam2rego.sources.scenario import Scenario, read_scenarios

_SCENARIOS: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(metavar="SCENARIOS...", help="Files of scenarios, or folders of *.json and *.jsonl; - for stdin.", show_default=False),
]
_SUITE: TypeAlias = Annotated[bool, typer.Option("--suite", help="Run the cases of IAM's rules that come with iam2rego.")]
_ENGINES: TypeAlias = Annotated[list[EngineName] | None, typer.Option("--engine", help="Who decides; both unless named. Repeatable.")]
_RENDERERS: Final[Mapping[ReportFormat, Callable[[ScenarioReport], str]]] = {
    ReportFormat.TEXT: scenarios_text,
    ReportFormat.JSON: scenarios_json,
    ReportFormat.JUNIT: scenarios_junit,
}


def run(
    scenarios: _SCENARIOS = None,
    suite: _SUITE = False,
    engine: _ENGINES = None,
    param: Param = None,
    params: Params = None,
    lenient: Lenient = False,
    format_: ReportFormatOption = ReportFormat.TEXT,
    opa: Opa = None,
    no_progress: NoProgress = False,
) -> None:
    """Run scenarios: status 1 if one fails, 2 if a file cannot be used, 3 if an engine gave no decision."""
    _refuse_unclear(scenarios, suite=suite, reading=bool(param or params or lenient))
    with failures_reported(as_json=format_ is ReportFormat.JSON):
        read = read_suite() if suite else read_scenarios(scenarios or (), lenient=lenient, parameters=parameters(param or (), params))
        outcome = _decide(read, engine or list(EngineName), opa, no_progress=no_progress)
        show(_RENDERERS[format_](outcome))
        if any(result.undecided for result in outcome.results):
            raise typer.Exit(SURROUNDINGS)
        if outcome.failed:
            raise typer.Exit(FINDINGS)


def _refuse_unclear(scenarios: list[str] | None, *, suite: bool, reading: bool) -> None:
    """Refuse what names no scenarios, or would be ignored: the suite is read as it is."""
    if suite is bool(scenarios):
        raise typer.BadParameter("name files of scenarios, or --suite", param_hint="SCENARIOS")
    if suite and reading:
        raise typer.BadParameter("the suite takes no parameters and is never lenient", param_hint="--suite")


def _decide(scenarios: Sequence[Scenario], names: Sequence[EngineName], opa: str | None, *, no_progress: bool) -> ScenarioReport:
    version: str | None = None
    engines: list[Engine] = []
    with ExitStack() as stack:
        if EngineName.NATIVE in names:
            engines.append(NativeEngine(units(scenarios)))
        if EngineName.OPA in names:
            binary = obtained(opa, no_progress=no_progress)
            version = binary.version
            engines.append(stack.enter_context(OpaEngine(binary, units(scenarios))))
        return run_scenarios(scenarios, engines, version)
