"""``check``: parses, validates and lints; writes nothing."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

import typer

from iam2rego.catalogue.services import catalogue
from iam2rego.cli.shared import progress
from iam2rego.cli.shared.options import GatewayFile, Lenient, NoProgress, Param, Params, PolicyType, Sources
from iam2rego.cli.shared.output import FINDINGS, UNUSABLE, failures_reported, report, show, show_json
from iam2rego.cli.shared.sarif import sarif
from iam2rego.diagnostics import Diagnostic, Level, sort
from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import Kind
from iam2rego.lint import Front, Subject, check_front
from iam2rego.lint import check as lint
from iam2rego.source import Source
from iam2rego.sources import look
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
_FAIL_ON: TypeAlias = Annotated[Level, typer.Option("--fail-on", help="The least grave level that makes the status 1.")]
_GRAVEST_FIRST: Final = tuple(Level)
_COUNTED: Final = {Level.ERROR: "errors", Level.SECURITY: "security", Level.WARNING: "warnings", Level.NOTICE: "notices"}
"""The members of the report that say how many findings there are of each level."""


def check(
    sources: Sources,
    fail_on: _FAIL_ON = Level.WARNING,
    param: Param = None,
    params: Params = None,
    policy_type: PolicyType = Kind.IDENTITY,
    gateway: GatewayFile = None,
    lenient: Lenient = False,
    format_: _FORMAT = CheckFormat.TEXT,
    no_progress: NoProgress = False,
) -> None:
    """Look for errors and oddities in policies: status 2 for an error, 1 for a security finding or a warning, 0 otherwise."""
    with failures_reported(as_json=format_ is not CheckFormat.TEXT):
        with progress.shown("checking", wanted=not no_progress):
            findings = _findings(sources, parameters(param or (), params), policy_type, gateway, lenient=lenient)
        _show(findings, format_)
        _leave(findings, fail_on)


def _findings(sources: Sequence[str], bound: Mapping[str, str], kind: Kind, gateway: str | None, *, lenient: bool) -> Sequence[Diagnostic]:
    """Return what is wrong, and what is odd about the statements that could be read; a gateway is looked at once there is no error."""
    problems, mapping = Problems(), None
    with problems.collected():
        mapping = _mapping(gateway) if gateway else None
    with problems.collected():
        looked = look(sources, kind=kind, lenient=lenient, parameters=bound)
        problems.add(looked.diagnostics)
        problems.add(lint(Subject(each.policy, each.source, each.node, catalogue()) for each in looked.legible))
        if mapping and looked.policies:
            problems.add(check_front(Front(*mapping, looked.policies)))
    return sort(problems.found)


def _mapping(gateway: str) -> tuple[Gateway, Source]:
    source = read(Place(gateway, gateway)).source
    return gateway_of(source), source


def _show(findings: Sequence[Diagnostic], format_: CheckFormat) -> None:
    report(findings, as_json=format_ is not CheckFormat.TEXT)
    counts = Counter(each.level for each in findings)
    match format_:
        case CheckFormat.TEXT:
            show(", ".join(_count(each, counts[each]) for each in Level if counts[each] or each is not Level.SECURITY))
        case CheckFormat.JSON:
            show_json({"findings": [each.as_json() for each in findings], **{name: counts[each] for each, name in _COUNTED.items()}})
        case CheckFormat.SARIF:
            show(json.dumps(sarif(findings), indent=2))


def _count(level: Level, count: int) -> str:
    noun = "security finding" if level is Level.SECURITY else level.value
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _leave(findings: Sequence[Diagnostic], fail_on: Level) -> None:
    """End with the status that the gravest finding makes."""
    gravest = min((_GRAVEST_FIRST.index(each.level) for each in findings), default=len(Level))
    if gravest == 0:
        raise typer.Exit(UNUSABLE)
    if gravest <= _GRAVEST_FIRST.index(fail_on):
        raise typer.Exit(FINDINGS)
