"""``check``: parses, validates and lints; its findings are its result."""

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

import click

from iam2rego.catalogue.services import catalogue
from iam2rego.cli.commands.check.fixing import Fixing
from iam2rego.cli.commands.check.sarif import sarif
from iam2rego.cli.shared import progress
from iam2rego.cli.shared.command import choice, command, group, options
from iam2rego.cli.shared.options import Reading, gateway_option, quiet_option, sources_argument
from iam2rego.cli.shared.output import FINDINGS, UNUSABLE, failures_reported, show, show_json
from iam2rego.diagnostics import Diagnostic, Level, render, sort
from iam2rego.ir.gateway import Gateway
from iam2rego.lint import Front, Subject, check_front, issue
from iam2rego.lint import check as lint
from iam2rego.source import Source
from iam2rego.sources import look
from iam2rego.sources.files import Place, read
from iam2rego.sources.gateway import gateway_of
from iam2rego.sources.loading import unchanged
from iam2rego.sources.problems import Problems

if TYPE_CHECKING:
    from iam2rego.cli.commands.check.fixes import Repairs


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
    fail_on: Level = choice(
        "--fail-on", default=Level.WARNING, explanation="Exit with 1 if there is a finding of this level or a worse one."
    )
    gateway: str | None = gateway_option("Check this gateway's file too (docs/gateway.md).")
    reading: Reading = group(Reading)
    fixing: Fixing = group(Fixing)
    printing: Printing = group(Printing)


_GRAVEST_FIRST: Final = tuple(Level)
_COUNTED: Final = {Level.ERROR: "errors", Level.SECURITY: "security", Level.WARNING: "warnings", Level.NOTICE: "notices"}
"""The members of the last object of JSON, which say how many findings there are of each level."""


@command
def run(options: Options) -> None:
    """Find errors and risks in policies.

    The exit status is 2 if there is an error, 1 if there is a security finding or a warning, else 0.
    """
    is_fixing = options.fixing.is_wanted(options.sources)
    with failures_reported():
        repairs = _repairs(options) if is_fixing or options.printing.format is CheckFormat.SARIF else None
        with progress.shown("checking", wanted=not options.printing.quiet):
            findings = _findings(options, repairs)
        if repairs and options.fixing.diff:
            repairs.leave_with_differences(findings)
        with repairs.output_kept() if repairs else nullcontext():
            _show(findings, options.printing.format, repairs)
        _leave(findings, options.fail_on)


def _repairs(options: Options) -> "Repairs":
    """Return what fixes the files or, for SARIF, finds their fixes."""
    from iam2rego.cli.commands.check.fixes import Repairs  # here, since other calls should not wait for the engines to load

    return Repairs(options.reading, options.fixing)


def _findings(options: Options, repairs: "Repairs | None") -> Sequence[Diagnostic]:
    """Return what is wrong, and the risks in statements without errors. A gateway is checked only if no policy has an error."""
    reading, problems, mapping = options.reading, Problems(), None
    change = repairs.change if repairs else unchanged
    with problems.collected():
        mapping = _mapping(options.gateway) if options.gateway else None
    with problems.collected():
        looked = look(options.sources, kind=reading.policy_type, lenient=reading.lenient, parameters=reading.bound(), change=change)
        problems.add(looked.diagnostics)
        problems.add(lint(Subject(each.policy, each.source, each.node, catalogue()) for each in looked.legible))
        if mapping and looked.policies:
            problems.add(check_front(Front(*mapping, looked.policies)))
    return sort(problems.found)


def _mapping(gateway: str) -> tuple[Gateway, Source]:
    source = read(Place(gateway, gateway)).source
    return gateway_of(source), source


def _show(findings: Sequence[Diagnostic], format_: CheckFormat, repairs: "Repairs | None") -> None:
    """Print the findings, and last how many there are of each level, and were fixed; SARIF is one document, without the counts."""
    counts = Counter(each.level for each in findings)
    match format_:
        case CheckFormat.TEXT:
            for each in findings:
                show(render(each))
            show(", ".join(_count(each, counts[each]) for each in Level if counts[each] or each is not Level.SECURITY))
            if repairs:
                show(repairs.summary())
        case CheckFormat.JSON:
            for each in findings:
                show_json({**each.as_json(), "aws": _with_issue(each).aws})
            show_json({**{name: counts[level] for level, name in _COUNTED.items()}, **({"fixed": repairs.count} if repairs else {})})
        case CheckFormat.SARIF:
            proposed = repairs.proposed if repairs else {}
            show(json.dumps(sarif([*map(_with_issue, findings)], {_with_issue(each): fix for each, fix in proposed.items()}), indent=2))


def _with_issue(finding: Diagnostic) -> Diagnostic:
    """Return the finding with AWS's issue code, which findings of other rooms than `lint` do not have yet."""
    from iam2rego.lint.registry import all_findings  # here, since text needs no descriptions

    return finding if finding.aws else replace(finding, aws=issue(all_findings()[finding.code]))


def _count(level: Level, count: int) -> str:
    noun = "security finding" if level is Level.SECURITY else level.value
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _leave(findings: Sequence[Diagnostic], fail_on: Level) -> None:
    """Exit with the status of the gravest finding."""
    gravest = min((_GRAVEST_FIRST.index(each.level) for each in findings), default=len(Level))
    if gravest == 0:
        raise click.exceptions.Exit(UNUSABLE)
    if gravest <= _GRAVEST_FIRST.index(fail_on):
        raise click.exceptions.Exit(FINDINGS)
