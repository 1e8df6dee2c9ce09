"""``test``: runs scenarios on the engines and compares with what they expect."""

import shlex
import shutil
import sys
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import cache, partial
from tempfile import SpooledTemporaryFile
from typing import Annotated, Final, TypeAlias

import typer

from iam2rego.cli.commands.opa import obtained
from iam2rego.cli.shared.engines import opened
from iam2rego.cli.shared.options import EngineName, LayoutOption, Lenient, NoProgress, Opa, Param, Params, ReportFormat, ReportFormatOption
from iam2rego.cli.shared.output import FINDINGS, SURROUNDINGS, failures_reported, show
from iam2rego.opa.binary import Binary
from iam2rego.rego import Layout
from iam2rego.scenarios.program import Program, run_program
from iam2rego.scenarios.report import JSON, JUNIT, TEXT, Form
from iam2rego.scenarios.run import Result, Tally, batches, run_scenarios, units
from iam2rego.scenarios.suite import suite as read_suite
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
_FORMS: Final[Mapping[ReportFormat, Form]] = {ReportFormat.TEXT: TEXT, ReportFormat.JSON: JSON, ReportFormat.JUNIT: JUNIT}
_IN_MEMORY: Final = 1024 * 1024
"""Characters of a report beyond which it waits in a file until the last scenario is read."""


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
            tally = _reported(_ask(shlex.split(engine_command), read), _FORMS[format_], lambda: None)
        else:
            names, binary = engine or _BOTH, cache(partial(obtained, opa, no_progress=no_progress))
            version = (lambda: None) if {*names} == {EngineName.NATIVE} else (lambda: binary().version)
            tally = _reported(_decide(read, names, binary, layout), _FORMS[format_], version)
        if tally.undecided:
            raise typer.Exit(SURROUNDINGS)
        if tally.failed:
            raise typer.Exit(FINDINGS)


def _reported(results: Generator[Result, None, None], form: Form, opa_version: Callable[[], str | None]) -> Tally:
    """Print the report once all results are in: a line that is no scenario refuses all, and the first figures count the last result."""
    tally = Tally()
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="") as kept, closing(results):
        kept.writelines(form.entries(results, tally))
        tally.opa_version = opa_version()
        kept.seek(0)
        sys.stdout.write(form.head(tally))
        shutil.copyfileobj(kept, sys.stdout)
    show(form.tail(tally))
    return tally


def _ask(command: Sequence[str], scenarios: Iterable[Scenario]) -> Generator[Result, None, None]:
    with Program(command) as program:
        yield from run_program(scenarios, program)


def _decide(
    scenarios: Iterable[Scenario], names: Sequence[EngineName], binary: Callable[[], Binary], layout: Layout
) -> Generator[Result, None, None]:
    """Decide batch by batch: neither we nor an OPA hold more scenarios than are in one."""
    for batch in batches(scenarios):
        with ExitStack() as stack:
            engines = [stack.enter_context(opened(name, units(batch), binary, layout)) for name in EngineName if name in names]
            yield from run_scenarios(batch, engines)
