"""``check``: parses, validates and lints; writes nothing."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

import typer

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.options import GatewayFile, Lenient, NoProgress, Param, Params, PolicyType, Sources
from iam2rego.cli.shared.output import FINDINGS, UNUSABLE, failures_reported, report, show, show_json
from iam2rego.cli.shared.sarif import sarif
from iam2rego.diagnostics import Diagnostic, Severity, sort
from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import Kind
from iam2rego.lint import check as lint
from iam2rego.lint import ungranted_routes
from iam2rego.source import Source
from iam2rego.sources import load
from iam2rego.sources.files import Place, read
from iam2rego.sources.gateway import gateway_of
from iam2rego.sources.parameters import parameters
from iam2rego.sources.problems import Problems


class CheckFormat(StrEnum):
    """How findings are printed: for people, as objects, or for code scanners."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


_FORMAT: TypeAlias = Annotated[CheckFormat, typer.Option("--format", help="How findings are printed.")]
_FAIL_ON: TypeAlias = Annotated[Severity, typer.Option("--fail-on", help="The least severity that makes the status 1.")]
_RANK: Final = (Severity.NOTICE, Severity.WARNING, Severity.ERROR)


def check(
    sources: Sources,
    fail_on: _FAIL_ON = Severity.WARNING,
    param: Param = None,
    params: Params = None,
    policy_type: PolicyType = Kind.IDENTITY,
    gateway: GatewayFile = None,
    lenient: Lenient = False,
    format_: _FORMAT = CheckFormat.TEXT,
    no_progress: NoProgress = False,
) -> None:
    """Look for errors and oddities in policies: status 2 for an error, 1 for a warning, 0 otherwise."""
    with failures_reported(as_json=format_ is not CheckFormat.TEXT):
        with progress.shown("checking", wanted=not no_progress):
            findings = _findings(sources, parameters(param or (), params), policy_type, gateway, lenient=lenient)
        _show(findings, format_)
        _leave(findings, fail_on)


def _findings(sources: Sequence[str], bound: Mapping[str, str], kind: Kind, gateway: str | None, *, lenient: bool) -> Sequence[Diagnostic]:
    """Return what reading and linting have to say; policies with errors are not linted, nor is a gateway in front of them."""
    problems, mapping = Problems(), None
    with problems.collected():
        mapping = _mapping(gateway) if gateway else None
    with problems.collected():
        loaded = load(sources, kind=kind, lenient=lenient, parameters=bound, checking=True)
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
    """End with the status that the gravest finding makes."""
    gravest = max((_RANK.index(each.severity) for each in findings), default=-1)
    if gravest == _RANK.index(Severity.ERROR):
        raise typer.Exit(UNUSABLE)
    if gravest >= _RANK.index(fail_on):
        raise typer.Exit(FINDINGS)
