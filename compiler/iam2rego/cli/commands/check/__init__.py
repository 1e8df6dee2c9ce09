"""``check``: parses, validates and lints; its findings are its result."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import click

from iam2rego.catalogue.services import catalogue
from iam2rego.checking import check_sources
from iam2rego.cli.commands.check.choosing import Choosing, Settings, Settled, settings
from iam2rego.cli.commands.check.fixing import Fixing
from iam2rego.cli.commands.check.printing import CheckFormat, Report, show_report, show_statistics
from iam2rego.cli.commands.check.resource_type import ResourceType, kind_of, resource_type_option
from iam2rego.cli.shared import progress
from iam2rego.cli.shared.command import choice, command, flag, group, options
from iam2rego.cli.shared.options import Assuming, gateway_option, quiet_option, sources_argument
from iam2rego.cli.shared.output import FINDINGS, UNUSABLE, failures_reported, refuse, tell_sums
from iam2rego.cli.shared.page import html_option, write_page
from iam2rego.clock import today
from iam2rego.diagnostics import Diagnostic, Level, grouped, sort
from iam2rego.gc_pause import gc_paused
from iam2rego.ir.policy import PolicySet
from iam2rego.lint import Front, check_age, check_front
from iam2rego.lint.accepting import Places
from iam2rego.source import Source
from iam2rego.sources.files import read_path
from iam2rego.sources.format import Options as Reading
from iam2rego.sources.problems import Problems
from iam2rego.workers import Step

if TYPE_CHECKING:
    from iam2rego.cli.commands.check.fixes import Repairs
    from iam2rego.ir.gateway import Gateway


@options
class Printing:
    """What `check` prints."""

    heading: ClassVar = "Output"

    format: CheckFormat = choice("--format", default=CheckFormat.TEXT, explanation="How findings are printed (docs/ci.md).")
    statistics: bool = flag("--statistics", explanation="Print how many findings there are of each code, instead of the findings.")
    html: Path | None = html_option()
    quiet: bool = quiet_option()


@options
class Options:
    """The options of `check`."""

    sources: tuple[str, ...] = sources_argument()
    fail_on: Level = choice(
        "--fail-on", default=Level.WARNING, explanation="Exit with 1 if there is a finding of this level or a worse one."
    )
    gateway: str | None = gateway_option("Check this gateway's file too (docs/gateway.md).")
    resource_type: ResourceType | None = resource_type_option()
    partial: bool = flag("--partial", explanation="Leave out the policies of templates that need a name which nothing tells.")
    reading: Assuming = group(Assuming)
    choosing: Choosing = group(Choosing)
    fixing: Fixing = group(Fixing)
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Find errors and risks in policies.

    The exit status is 2 if there is an error, 1 if there is a security finding or a warning, else 0.

    With --watch it runs again whenever a file that it has read changes, until Ctrl-C.
    """
    printing = options.printing
    if printing.statistics and printing.format not in (CheckFormat.TEXT, CheckFormat.JSON):
        refuse("statistics are printed as text or json", "--statistics")
    options.fixing.refuse_contradictions(options.sources, writes_baseline=options.choosing.write_baseline is not None)
    with failures_reported():
        with progress.shown("checking", wanted=not printing.quiet) as step, gc_paused():
            report, repairs = _checked(options, step)
        if repairs and options.fixing.diff:
            repairs.leave_with_differences(report.findings)
        with repairs.output_kept() if repairs else nullcontext():
            if printing.html:
                _write_page(printing.html, report, options.sources)
            _show(report, printing)
        _leave(report)


def _write_page(file: Path, report: Report, sources: Sequence[str]) -> None:
    from iam2rego.cli.commands.check.page import check_page  # here, since only the page needs templates

    write_page(file, check_page(report, sources))


def _show(report: Report, printing: Printing) -> None:
    if printing.statistics:
        show_statistics(report, as_json=printing.format is CheckFormat.JSON)
    else:
        show_report(report, printing.format)


def _checked(options: Options, step: Step) -> "tuple[Report, Repairs | None]":
    """Find what is wrong, and the risks in statements without errors; fix what is to be fixed first."""
    problems, repairs, settled = Problems(), None, Settled()
    statements: Places = {}
    with problems.collected():
        chosen = settings(options.choosing, options.sources)
        repairs = _repairs(options, chosen)
        found, statements, gateways = _found(options, chosen, repairs, step)
        settled = chosen.settled(found, statements, gateways)
        problems.add(settled.shown)
    findings = sort(problems.found)
    names = {*statements, *(each.source.name for each in findings)}
    report = Report(sorted(names), grouped(findings), options.fail_on, accepted=settled.accepted)
    return repairs.told(report) if repairs else report, repairs


def _repairs(options: Options, chosen: Settings) -> "Repairs | None":
    """Return what fixes the files or, for SARIF, finds their fixes."""
    if not (options.fixing.is_wanted or options.printing.format is CheckFormat.SARIF):
        return None
    from iam2rego.cli.commands.check.fixes import Repairs  # here, since other calls should not wait for the engines to load

    return Repairs(options.fixing, chosen)


def _found(options: Options, chosen: Settings, repairs: "Repairs | None", step: Step) -> tuple[Sequence[Diagnostic], Places, Sequence[str]]:
    """Return the findings, the statements and the paths of gateways. A gateway is checked only if no policy has an error."""
    reading, problems, mapping = options.reading, Problems(), None
    statements: Places = {}
    with problems.collected():
        mapping = _mapping(options.gateway) if options.gateway else None
    with problems.collected():
        checked = check_sources(
            options.sources,
            Reading(kind_of(reading.policy_type, options.resource_type), reading.lenient, reading.bound()),
            chosen.selection,
            accounts=chosen.accounts,
            overriding=chosen.overriding,
            skipping=chosen.skipping,
            change=repairs.change if repairs else None,
            partial=options.partial,
            with_policies=mapping is not None,
            step=step,
        )
        tell_sums(checked.sums, wanted=not options.printing.quiet)
        statements = checked.statements
        problems.add(checked.findings)
        problems.add(check_age(catalogue(), today()))
        if mapping and checked.attachments:
            policies = PolicySet(policies=checked.policies, attachments=checked.attachments)
            problems.add(check_front(Front(*mapping, policies), chosen.selection))
    return problems.found, statements, [options.gateway] if mapping and options.gateway else []


def _mapping(gateway: str) -> "tuple[Gateway, Source]":
    from iam2rego.sources.gateway import gateway_of  # here, since few checks have a gateway

    source = read_path(gateway)
    return gateway_of(source), source


def _leave(report: Report) -> None:
    """Exit with the status of the gravest finding."""
    if any(each.level is Level.ERROR for each in report.findings):
        raise click.exceptions.Exit(UNUSABLE)
    if any(map(report.counts, report.findings)):
        raise click.exceptions.Exit(FINDINGS)
