"""``check``: parses, validates and lints; writes nothing."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar, Final

import click

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.command import choice, command, group, options
from iam2rego.cli.shared.options import Reading, gateway_option, quiet_option, sources_argument
from iam2rego.cli.shared.output import FINDINGS, UNUSABLE, failures_reported, report, show, show_json
from iam2rego.cli.shared.sarif import sarif
from iam2rego.diagnostics import Diagnostic, Severity, sort
from iam2rego.ir.gateway import Gateway
from iam2rego.lint import check as lint
from iam2rego.lint import ungranted_routes
from iam2rego.source import Source
from iam2rego.sources import load
from iam2rego.sources.files import Place, read
from iam2rego.sources.gateway import gateway_of
from iam2rego.sources.problems import Problems


class CheckFormat(StrEnum):
    """How findings are printed: for people, as objects, or for code scanners."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


@options
class Printing:
    """What `check` prints."""

    heading: ClassVar = "Output"

    format: CheckFormat = choice("--format", default=CheckFormat.TEXT, explanation="How findings are printed.")
    quiet: bool = quiet_option()


@options
class Options:
    """The options of `check`."""

    sources: tuple[str, ...] = sources_argument()
    fail_on: Severity = choice("--fail-on", default=Severity.WARNING, explanation="The least severity that makes the exit status 1.")
    gateway: str | None = gateway_option("Check this gateway's file too (docs/gateway.md).")
    reading: Reading = group(Reading)
    printing: Printing = group(Printing)


_RANK: Final = (Severity.NOTICE, Severity.WARNING, Severity.ERROR)


@command
def run(options: Options) -> None:
    """Find errors and risks in policies.

    The exit status is 2 if there is an error, 1 if there is a warning, else 0.
    """
    format_ = options.printing.format
    with failures_reported(as_json=format_ is not CheckFormat.TEXT):
        bound = options.reading.bound()
        with progress.shown("checking", wanted=not options.printing.quiet):
            findings = _findings(options, bound)
        _show(findings, format_)
        _leave(findings, options.fail_on)


def _findings(options: Options, bound: Mapping[str, str]) -> Sequence[Diagnostic]:
    """Return what reading and linting find. Policies with errors are not linted, nor is a gateway in front of them."""
    reading, problems, mapping = options.reading, Problems(), None
    with problems.collected():
        mapping = _mapping(options.gateway) if options.gateway else None
    with problems.collected():
        loaded = load(options.sources, kind=reading.policy_type, lenient=reading.lenient, parameters=bound, checking=True)
        problems.add([*loaded.diagnostics, *lint(loaded.policies, loaded.sources)])
        if mapping:
            problems.add(ungranted_routes(loaded.policies, *mapping))
    return sort(problems.found)


def _mapping(gateway: str) -> tuple[Gateway, Source]:
    source = read(Place(gateway, gateway)).source
    return gateway_of(source), source


def _show(findings: Sequence[Diagnostic], format_: CheckFormat) -> None:
    report(findings, as_json=format_ is not CheckFormat.TEXT)
    counts = Counter(each.severity for each in findings)
    match format_:
        case CheckFormat.TEXT:
            show(", ".join(f"{counts[each]} {each}{'' if counts[each] == 1 else 's'}" for each in Severity))
        case CheckFormat.JSON:
            show_json({"findings": [each.as_json() for each in findings], **{f"{each}s": counts[each] for each in Severity}})
        case CheckFormat.SARIF:
            show(json.dumps(sarif(findings), indent=2))


def _leave(findings: Sequence[Diagnostic], fail_on: Severity) -> None:
    """Exit with the status of the gravest finding."""
    gravest = max((_RANK.index(each.severity) for each in findings), default=-1)
    if gravest == _RANK.index(Severity.ERROR):
        raise click.exceptions.Exit(UNUSABLE)
    if gravest >= _RANK.index(fail_on):
        raise click.exceptions.Exit(FINDINGS)
