"""``check``: parses, validates and lints; its findings are its result."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, Final

import click

from iam2rego.catalogue.services import catalogue
from iam2rego.cli.commands.check.resource_type import ResourceType, kind_of, resource_type_option
from iam2rego.cli.shared import progress
from iam2rego.cli.shared.command import choice, command, group, options
from iam2rego.cli.shared.options import Reading, gateway_option, quiet_option, sources_argument
from iam2rego.cli.shared.output import FINDINGS, UNUSABLE, failures_reported, show, show_json
from iam2rego.clock import today
from iam2rego.diagnostics import Diagnostic, Level, render, sort
from iam2rego.ir.gateway import Gateway
from iam2rego.lint import Front, Subject, check_age, check_front, issue
from iam2rego.lint import check as lint
from iam2rego.source import Source
from iam2rego.sources import look
from iam2rego.sources.files import Place, read
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
    fail_on: Level = choice(
        "--fail-on", default=Level.WARNING, explanation="Exit with 1 if there is a finding of this level or a worse one."
    )
    gateway: str | None = gateway_option("Check this gateway's file too (docs/gateway.md).")
    resource_type: ResourceType | None = resource_type_option()
    reading: Reading = group(Reading)
    printing: Printing = group(Printing)


_GRAVEST_FIRST: Final = tuple(Level)
_COUNTED: Final = {Level.ERROR: "errors", Level.SECURITY: "security", Level.WARNING: "warnings", Level.NOTICE: "notices"}
"""The members of the last object of JSON, which say how many findings there are of each level; `catalogue` names the facts about AWS."""


@command
def run(options: Options) -> None:
    """Find errors and risks in policies.

    The exit status is 2 if there is an error, 1 if there is a security finding or a warning, else 0.
    """
    with failures_reported():
        with progress.shown("checking", wanted=not options.printing.quiet):
            findings = _findings(options)
        _show(findings, options.printing.format)
        _leave(findings, options.fail_on)


def _findings(options: Options) -> Sequence[Diagnostic]:
    """Return what is wrong, and the risks in statements without errors. A gateway is checked only if no policy has an error."""
    reading, problems, mapping = options.reading, Problems(), None
    kind = kind_of(reading.policy_type, options.resource_type)
    with problems.collected():
        mapping = _mapping(options.gateway) if options.gateway else None
    with problems.collected():
        looked = look(options.sources, kind=kind, lenient=reading.lenient, parameters=reading.bound())
        problems.add(looked.diagnostics)
        problems.add(lint(Subject(each.policy, each.source, each.node) for each in looked.legible))
        problems.add(check_age(catalogue(), today()))
        if mapping and looked.policies:
            problems.add(check_front(Front(*mapping, looked.policies)))
    return sort(problems.found)


def _mapping(gateway: str) -> tuple[Gateway, Source]:
    from iam2rego.sources.gateway import gateway_of  # here, since few checks have a gateway

    source = read(Place(gateway, gateway)).source
    return gateway_of(source), source


def _show(findings: Sequence[Diagnostic], format_: CheckFormat) -> None:
    """Print the findings, and last how many there are of each level; SARIF is one document, without the counts."""
    counts = Counter(each.level for each in findings)
    match format_:
        case CheckFormat.TEXT:
            for each in findings:
                show(render(each))
            summary = ", ".join(_count(each, counts[each]) for each in Level if counts[each] or each is not Level.SECURITY)
            show(f"{summary} ({catalogue().source})")
        case CheckFormat.JSON:
            for each in findings:
                show_json({**each.as_json(), "aws": _with_issue(each).aws})
            show_json({**{name: counts[level] for level, name in _COUNTED.items()}, "catalogue": catalogue().source})
        case CheckFormat.SARIF:
            from iam2rego.cli.commands.check.sarif import sarif  # here, since it describes findings

            show(json.dumps(sarif([*map(_with_issue, findings)]), indent=2))


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
