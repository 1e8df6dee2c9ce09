"""``conform``: decides generated requests on both engines, and reports any disagreement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from iam2rego.cli import progress
from iam2rego.cli.engines import OpaChoice
from iam2rego.cli.inputs import load_sources
from iam2rego.cli.opa import obtained
from iam2rego.cli.options import (
    Lenient,
    NoProgress,
    Opa,
    OpaToken,
    OpaUrl,
    Package,
    Param,
    Params,
    PolicyType,
    ReportFormat,
    ReportFormatOption,
    Sources,
)
from iam2rego.cli.output import FINDINGS, SURROUNDINGS, failures_reported, show
from iam2rego.cli.page import Html, write_page
from iam2rego.cli.revision import revision
from iam2rego.conformance.conform import ConformReport, conform_deployed
from iam2rego.conformance.conform import conform as conform_compiled
from iam2rego.conformance.replay import command, command_of_output
from iam2rego.conformance.report import Replay, conform_json, conform_junit, conform_text
from iam2rego.conformance.standing import Standing, Wanted, of_output
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.server import serve
from iam2rego.sources.parameters import parameters
from iam2rego.sources.requests import read_requests
from iam2rego.syntax.forms import Kind

_SEED: TypeAlias = Annotated[int, typer.Option("--seed", help="Another seed makes other requests.")]
_REQUESTS: TypeAlias = Annotated[str | None, typer.Option("--requests", metavar="FILE", help="Decide these requests too; - for stdin.")]
_REGO: TypeAlias = Annotated[
    Path | None, typer.Option("--rego", metavar="DIR", exists=True, file_okay=False, help="Check an output built earlier.")
]
_RENDERERS: Final[Mapping[ReportFormat, Callable[[ConformReport, Replay], str]]] = {
    ReportFormat.TEXT: conform_text,
    ReportFormat.JSON: conform_json,
    ReportFormat.JUNIT: conform_junit,
}


def conform(
    sources: Sources,
    requests: _REQUESTS = None,
    seed: _SEED = 0,
    rego: _REGO = None,
    param: Param = None,
    params: Params = None,
    policy_type: PolicyType = Kind.IDENTITY,
    lenient: Lenient = False,
    format_: ReportFormatOption = ReportFormat.TEXT,
    html: Html = None,
    opa: Opa = None,
    opa_url: OpaUrl = None,
    opa_token: OpaToken = None,
    package: Package = "iam",
    no_progress: NoProgress = False,
) -> None:
    """Check that OPA decides as the native evaluator does: status 1 for a disagreement or a stale output, 3 where OPA gave no decision."""
    if rego and opa_url:
        raise typer.BadParameter("--rego and --opa-url exclude each other", param_hint="--rego")
    as_json = format_ is ReportFormat.JSON
    with failures_reported(as_json=as_json):
        bound = parameters(param or (), params)
        loaded = load_sources(sources, bound, kind=policy_type, lenient=lenient, as_json=as_json, no_progress=no_progress)
        extra = read_requests(requests) if requests else []
        made = partial(revision, loaded, bound, package=package, lenient=lenient, policy_type=policy_type)
        wanted = Wanted(loaded.policies, package, {made(labels=labels): labels for labels in (True, False)})
        with progress.shown("deciding", wanted=not no_progress) as step:
            outcome = _outcome(
                OpaChoice(opa, opa_url, opa_token, package, no_progress),
                rego,
                of_compiler=lambda binary: conform_compiled(loaded.policies, seed=seed, binary=binary, extra=extra, progress=step),
                of_server=lambda client: conform_deployed(wanted, seed=seed, client=client, extra=extra, progress=step),
                standing=partial(of_output, wanted=wanted),
            )
        options = [
            *_reading_options(param, params, policy_type, lenient=lenient),
            *(("--opa-url", opa_url, "--package", package) if opa_url else ()),
        ]
        again = partial(command_of_output, folder=rego, package=package) if rego else partial(command, sources=sources, options=options)
        if html:
            write_page(html, outcome, again, loaded, package=package, rego=rego)
        show(_RENDERERS[format_](outcome, again))
        if any(isinstance(each.opa, str) for each in outcome.disagreements):
            raise typer.Exit(SURROUNDINGS)
        if outcome.disagreements or outcome.is_misplaced:
            raise typer.Exit(FINDINGS)


def _outcome(
    choice: OpaChoice,
    rego: Path | None,
    *,
    of_compiler: Callable[[Binary], ConformReport],
    of_server: Callable[[Client], ConformReport],
    standing: Callable[[Path], Standing],
) -> ConformReport:
    """Ask the gateway that runs, or an OPA of our own with an earlier output, or with what the compiler makes now."""
    if choice.url:
        with Client.at(choice.url, choice.token) as client:
            return of_server(client)
    binary = obtained(choice.program, no_progress=choice.no_progress)
    if rego:
        with serve(binary, rego) as client:
            return replace(of_server(client), standing=standing(rego))
    return of_compiler(binary)


def _reading_options(param: Sequence[str] | None, params: str | None, kind: Kind, *, lenient: bool) -> list[str]:
    """Return the options that a replay needs to read the same policies."""
    pairs = [word for pair in param or () for word in ("--param", pair)]
    typed = () if kind is Kind.IDENTITY else ("--policy-type", kind.value)
    return [*pairs, *(("--params", params) if params else ()), *typed, *(("--lenient",) if lenient else ())]
