"""``test``: runs scenarios on the engines and compares with what they expect."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache, partial
from typing import Annotated, Final, TypeAlias

import typer

from iam2rego.cli.engines import opened
from iam2rego.cli.opa import obtained
from iam2rego.cli.options import EngineName, LayoutOption, Lenient, NoProgress, Opa, Param, Params, ReportFormat, ReportFormatOption
from iam2rego.cli.output import FINDINGS, SURROUNDINGS, failures_reported, show
from iam2rego.conformance.program import Program, run_program
from iam2rego.conformance.report import scenarios_json, scenarios_junit, scenarios_text
from iam2rego.conformance.scenarios import ScenarioReport, run_scenarios, units
from iam2rego.conformance.suite import suite as read_suite
from iam2rego.opa.binary import Binary
from iam2rego.rego import Layout
from iam2rego.sources.parameters import parameters
from iam2rego.sources.scenario import Scenario, read_scenarios


def _command(value: str | None) -> str | None:
    """Refuse what a shell could not read as the words of a command."""
    try:
        if value is not None and not shlex.split(value):
            raise typer.BadParameter("the command is empty")
    except ValueError as failure:
        raise typer.BadParameter(f"`{value}` is no command: {str(failure).lower()}") from None
    return value


_SCENARIOS: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(metavar="SCENARIOS...", help="Files of scenarios, or folders of *.json and *.jsonl; - for stdin.", show_default=False),
]
_SUITE: TypeAlias = Annotated[bool, typer.Option("--suite", help="Run the cases of IAM's rules that come with iam2rego.")]
_ENGINES: TypeAlias = Annotated[
    list[EngineName] | None, typer.Option("--engine", help="Who decides: native and opa unless named. Repeatable.")
]
_ENGINE_COMMAND: TypeAlias = Annotated[
    str | None,
    typer.Option("--engine-command", metavar="COMMAND", help="Ask this program, an engine of yours, and no other.", callback=_command),
]
_BOTH: Final = (EngineName.NATIVE, EngineName.OPA)
_RENDERERS: Final[Mapping[ReportFormat, Callable[[ScenarioReport], str]]] = {
    ReportFormat.TEXT: scenarios_text,
    ReportFormat.JSON: scenarios_json,
    ReportFormat.JUNIT: scenarios_junit,
}


def run(
    scenarios: _SCENARIOS = None,
    suite: _SUITE = False,
    engine: _ENGINES = None,
    engine_command: _ENGINE_COMMAND = None,
    param: Param = None,
    params: Params = None,
    lenient: Lenient = False,
    layout: LayoutOption = Layout.MODULES,
    format_: ReportFormatOption = ReportFormat.TEXT,
    opa: Opa = None,
    no_progress: NoProgress = False,
) -> None:
    """Run scenarios: status 1 if one fails, 2 if a file cannot be used, 3 if an engine gave no decision."""
    if suite is bool(scenarios):
        raise typer.BadParameter("name files of scenarios, or --suite", param_hint="SCENARIOS")
    if suite and (param or params or lenient):
        raise typer.BadParameter("the suite takes no parameters and is never lenient", param_hint="--suite")
    if engine_command and (engine or param or params):
        raise typer.BadParameter("a program is asked alone, and takes no parameters", param_hint="--engine-command")
    with failures_reported(as_json=format_ is ReportFormat.JSON):
        read = read_suite() if suite else read_scenarios(scenarios or (), lenient=lenient, parameters=parameters(param or (), params))
        if engine_command:
            outcome = _ask(shlex.split(engine_command), read)
        else:
            outcome = _decide(read, engine or _BOTH, cache(partial(obtained, opa, no_progress=no_progress)), layout)
        show(_RENDERERS[format_](outcome))
        if any(result.undecided for result in outcome.results):
            raise typer.Exit(SURROUNDINGS)
        if outcome.failed:
            raise typer.Exit(FINDINGS)


def _ask(command: Sequence[str], scenarios: Sequence[Scenario]) -> ScenarioReport:
    with Program(command) as program:
        return run_program(scenarios, program)


def _decide(scenarios: Sequence[Scenario], names: Sequence[EngineName], binary: Callable[[], Binary], layout: Layout) -> ScenarioReport:
    with ExitStack() as stack:
        engines = [stack.enter_context(opened(name, units(scenarios), binary, layout)) for name in EngineName if name in names]
        version = None if {*names} == {EngineName.NATIVE} else binary().version
        return run_scenarios(scenarios, engines, version)
