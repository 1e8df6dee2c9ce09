"""``test``: runs scenarios on the engines and compares with what they expect."""

import shlex
import shutil
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import cache, partial
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import ClassVar, Final

import click

from iam2rego.cli.shared.command import Choice, argument, command, flag, group, option, options
from iam2rego.cli.shared.engines import opened
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.options import Assuming, EngineName, ReportFormat, ReportPrinting, layout_option, opa_option
from iam2rego.cli.shared.output import FINDINGS, SURROUNDINGS, failures_reported, refuse, show
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.scenarios.program import Program, run_program
from iam2rego.scenarios.report import JSON, JUNIT, TEXT, Form
from iam2rego.scenarios.run import Result, Tally, batches, run_scenarios, units, until_failure
from iam2rego.scenarios.suite import suite as read_suite
from iam2rego.sources.scenario import Scenario, read_scenarios
from iam2rego.sources.tested import PolicyFiles


def _command(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Refuse what a shell could not read as the words of a command."""
    try:
        if value is not None and not shlex.split(value):
            raise click.BadParameter("the command is empty")
    except ValueError as failure:
        raise click.BadParameter(f"`{value}` is not a command: {str(failure).lower()}") from None
    return value


_BOTH: Final = (EngineName.NATIVE, EngineName.OPA)
_FORMS: Final[Mapping[ReportFormat, Form]] = {ReportFormat.TEXT: TEXT, ReportFormat.JSON: JSON, ReportFormat.JUNIT: JUNIT}
_IN_MEMORY: Final = 1024 * 1024
"""A longer report, in characters, is kept in a file until the last scenario is read."""


@options
class Deciding:
    """Which engines decide."""

    heading: ClassVar = "Engines"

    engine: tuple[EngineName, ...] = option(
        "--engine", multiple=True, type=Choice(EngineName), help="An engine to run the scenarios on; native and opa by default. Repeatable."
    )
    engine_command: str | None = option(
        "--engine-command", metavar="COMMAND", callback=_command, help="Run them on an engine of yours instead, which this command starts."
    )
    layout: Layout = layout_option()
    opa: str | None = opa_option()


@options
class Options:
    """The options of `test`."""

    scenarios: tuple[str, ...] = argument(
        "SCENARIOS...", "Files of scenarios, or folders of *.json and *.jsonl; - for stdin.", nargs=-1, required=False
    )
    policies: tuple[str, ...] = option(
        "--policies",
        metavar="SOURCE",
        multiple=True,
        help="Test these policies by the scenarios that neither hold policies nor name sources. Repeatable.",
    )
    filter: str = option("--filter", metavar="WORDS", default="", help="Run only scenarios with these words in their name, in any case.")
    fail_fast: bool = flag("--fail-fast", explanation="Stop at the first scenario that fails.")
    suite: bool = flag(
        "--suite",
        explanation="Run the cases of IAM's rules that come with iam2rego, before SCENARIOS. --param and --lenient do not change them.",
    )
    deciding: Deciding = group(Deciding)
    reading: Assuming = group(Assuming)
    printing: ReportPrinting = group(ReportPrinting)


@command
def run(options: Options) -> None:
    """Run scenarios, and compare the decisions with what they expect.

    The exit status is 1 if a scenario fails, 2 if a file cannot be used, 3 if an engine gives no decision.

    With --watch it runs again whenever a file that it has read changes, until Ctrl-C.
    """
    _refuse_contradictions(options)
    with failures_reported(as_json=options.printing.as_json):
        tally = _tally(options, _scenarios(options))
        if tally.undecided:
            raise click.exceptions.Exit(SURROUNDINGS)
        if tally.failed:
            raise click.exceptions.Exit(FINDINGS)


def _refuse_contradictions(options: Options) -> None:
    deciding = options.deciding
    if not (options.suite or options.scenarios):
        refuse("name files of scenarios, or --suite")
    if deciding.engine_command and (deciding.engine or options.reading.param):
        refuse("an engine of yours is run alone, and binds no placeholders", "--engine-command")
    if deciding.engine_command and options.policies:
        refuse("an engine of yours gets only policies that scenarios hold", "--engine-command")


def _scenarios(options: Options) -> Iterator[Scenario]:
    """Yield the suite, if it is wanted, and then what files hold; of all these, those that the filter lets through."""
    found, wanted = False, options.filter.casefold()
    for scenario in chain(read_suite() if options.suite else (), _of_files(options)):
        if wanted in scenario.name.casefold():
            found = True
            yield scenario
    if not found:
        refuse("no scenario has these words in its name", "--filter")


def _of_files(options: Options) -> Iterable[Scenario]:
    reading, parameters = options.reading, options.reading.bound()
    tested = PolicyFiles(reading.policy_type, parameters, options.policies)
    return read_scenarios(options.scenarios, lenient=reading.lenient, parameters=parameters, tested=tested) if options.scenarios else ()


def _tally(options: Options, scenarios: Iterable[Scenario]) -> Tally:
    deciding = options.deciding
    if deciding.engine_command:
        return _reported(_ask(shlex.split(deciding.engine_command), scenarios), options, lambda: None)
    names, binary = deciding.engine or _BOTH, cache(partial(obtained, deciding.opa, quiet=options.printing.quiet))
    version = (lambda: None) if {*names} == {EngineName.NATIVE} else (lambda: binary().version)
    return _reported(_decide(scenarios, names, binary, deciding.layout), options, version)


def _reported(results: Generator[Result, None, None], options: Options, opa_version: Callable[[], str | None]) -> Tally:
    """Print the report when all results are in: a line that is not a scenario refuses all, and the first figures count the last result."""
    tally, form = Tally(), _FORMS[options.printing.format]
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="") as kept, closing(results):
        kept.writelines(form.entries(until_failure(results) if options.fail_fast else results, tally))
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
    """Decide batch by batch, so that neither we nor an OPA hold more scenarios than one batch has."""
    for batch in batches(scenarios):
        with ExitStack() as stack:
            engines = [stack.enter_context(opened(name, units(batch), binary, layout)) for name in EngineName if name in names]
            yield from run_scenarios(batch, engines)
