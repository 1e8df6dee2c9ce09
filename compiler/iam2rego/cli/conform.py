"""``conform``: decides generated requests on both engines, and reports any disagreement."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from iam2rego.cli import progress
from iam2rego.cli.conform_random import conform_random
from iam2rego.cli.engines import WAYS, refuse_url
from iam2rego.cli.inputs import load_sources
from iam2rego.cli.mutation import Mutate, show_mutation
from iam2rego.cli.opa import obtained
from iam2rego.cli.options import (
    EngineName,
    Lenient,
    NoProgress,
    Opa,
    OpaToken,
    OpaUrl,
    OptionalSources,
    Package,
    Param,
    Params,
    PolicyType,
    ReportFormat,
    ReportFormatOption,
)
from iam2rego.cli.output import FINDINGS, SURROUNDINGS, failures_reported, show
from iam2rego.cli.page import Html, write_page
from iam2rego.cli.revision import revision
from iam2rego.conformance.conform import ConformReport
from iam2rego.conformance.conform import conform as conform_compiled
from iam2rego.conformance.coverage.rules import traced
from iam2rego.conformance.deployed import Questions, conform_gateway, conform_output
from iam2rego.conformance.engine import Way
from iam2rego.conformance.replay import command, command_of_output
from iam2rego.conformance.report import Replay, conform_json, conform_junit, conform_text
from iam2rego.conformance.standing import Wanted
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.sources.parameters import parameters
from iam2rego.sources.requests import read_requests
from iam2rego.syntax.forms import Kind


def _positive(value: float | None) -> float | None:
    if value is not None and not 0 < value < math.inf:
        raise typer.BadParameter(f"`{value}` is not a number of requests above 0")
    return value


_SEED: TypeAlias = Annotated[int, typer.Option("--seed", help="Another seed makes other requests.")]
_REQUESTS: TypeAlias = Annotated[str | None, typer.Option("--requests", metavar="FILE", help="Decide these requests too; - for stdin.")]
_REGO: TypeAlias = Annotated[
    Path | None, typer.Option("--rego", metavar="DIR", exists=True, file_okay=False, help="Check an output built earlier.")
]
_ENGINE: TypeAlias = Annotated[EngineName, typer.Option("--engine", help="Who is compared with the native engine.")]
_RATE: TypeAlias = Annotated[
    float | None,
    typer.Option("--rate", metavar="N", help="Ask --opa-url at most N requests a second.", callback=_positive),
]
_RESUME: TypeAlias = Annotated[
    Path | None,
    typer.Option("--resume", metavar="FILE", dir_okay=False, help="Note in FILE how far a run against --opa-url is, and go on from there."),
]
_RANDOM: TypeAlias = Annotated[
    int | None,
    typer.Option("--random", metavar="N", min=1, help="Draw policies and N requests instead of reading sources; stop at a disagreement."),
]
_SAVE: TypeAlias = Annotated[
    Path | None, typer.Option("--save", metavar="DIR", file_okay=False, help="Save what --random finds there, as a scenario for `test`.")
]
_RENDERERS: Final[Mapping[ReportFormat, Callable[[ConformReport, Replay], str]]] = {
    ReportFormat.TEXT: conform_text,
    ReportFormat.JSON: conform_json,
    ReportFormat.JUNIT: conform_junit,
}


def conform(
    sources: OptionalSources = None,
    random: _RANDOM = None,
    save: _SAVE = None,
    requests: _REQUESTS = None,
    seed: _SEED = 0,
    engine: _ENGINE = EngineName.OPA,
    rego: _REGO = None,
    mutate: Mutate = False,
    param: Param = None,
    params: Params = None,
    policy_type: PolicyType = Kind.IDENTITY,
    lenient: Lenient = False,
    format_: ReportFormatOption = ReportFormat.TEXT,
    html: Html = None,
    opa: Opa = None,
    opa_url: OpaUrl = None,
    opa_token: OpaToken = None,
    rate: _RATE = None,
    resume: _RESUME = None,
    package: Package = "iam",
    no_progress: NoProgress = False,
) -> None:
    """Check that OPA decides as the native evaluator does: status 1 for a disagreement or a stale output, 3 where OPA gave no decision."""
    if random:
        beside = sources, requests, rego, param, params, html, opa_url, rate, resume, engine is not EngineName.OPA
        _refuse_beside_random(*beside)
        conform_random(random, seed=seed, save=save, lenient=lenient, format_=format_, opa=opa, no_progress=no_progress)
    if save:
        raise typer.BadParameter("only what --random finds is saved", param_hint="--save")
    if not sources:
        raise typer.BadParameter("name policies, or let some be drawn: --random N", param_hint="SOURCE...")
    _refuse_contradictions(engine, rego, opa_url, rate, resume)
    if mutate and (engine is not EngineName.OPA or rego or opa_url or requests or html):
        raise typer.BadParameter("--mutate excludes --engine, --rego, --opa-url, --requests and --html", param_hint="--mutate")
    as_json = format_ is ReportFormat.JSON
    with failures_reported(as_json=as_json):
        bound = parameters(param or (), params)
        loaded = load_sources(sources, bound, kind=policy_type, lenient=lenient, as_json=as_json, no_progress=no_progress)
        if mutate:
            show_mutation(loaded.policies, seed, opa, format_, no_progress=no_progress)
            return
        extra = read_requests(requests) if requests else []
        made = partial(revision, loaded, bound, package=package, lenient=lenient, policy_type=policy_type)
        wanted = Wanted(loaded.policies, package, {made(labels=labels): labels for labels in (True, False)})
        with progress.shown("deciding", wanted=not no_progress) as step:
            questions = Questions(wanted, seed, extra, step)
            if opa_url:
                with Client.at(opa_url, opa_token) as client:
                    outcome = conform_gateway(client, questions, rate=rate, resume=resume)
            else:
                binary = obtained(opa, no_progress=no_progress)
                outcome = _of_our_own(questions, rego, binary, WAYS[engine], trace=as_json or html is not None)
        options = [
            *_reading_options(param, params, policy_type, lenient=lenient),
            *(("--opa-url", opa_url, "--package", package) if opa_url else ()),
        ]
        again = (
            partial(command_of_output, folder=rego, package=package)
            if rego
            else partial(command, sources=sources, options=options, engine=engine)
        )
        if html:
            write_page(html, outcome, again, loaded, package=package, rego=rego)
        show(_RENDERERS[format_](outcome, again))
        if any(isinstance(each.opa, str) for each in outcome.disagreements):
            raise typer.Exit(SURROUNDINGS)
        if outcome.disagreements or outcome.is_misplaced:
            raise typer.Exit(FINDINGS)


def _refuse_beside_random(*named: object) -> None:
    """Refuse what would speak of given policies."""
    if any(named):
        raise typer.BadParameter("of the other options only --seed, --lenient, --save and --format stand beside it", param_hint="--random")


def _refuse_contradictions(engine: EngineName, rego: Path | None, url: str | None, rate: float | None, resume: Path | None) -> None:
    if engine is EngineName.NATIVE:
        raise typer.BadParameter("the native engine always decides; name the one to compare with it", param_hint="--engine")
    if rego and url:
        raise typer.BadParameter("--rego and --opa-url exclude each other", param_hint="--rego")
    if (rate or resume) and not url:
        raise typer.BadParameter("only a run against --opa-url has one", param_hint="--rate" if rate else "--resume")
    refuse_url(engine, url)


def _of_our_own(questions: Questions, rego: Path | None, binary: Binary, way: Way, *, trace: bool) -> ConformReport:
    """Ask an OPA of our own with an earlier output, or with what the compiler makes now, and of the latter trace the lines."""
    if rego:
        return conform_output(rego, questions, binary=binary, way=way)
    wanted, seed, extra = questions.wanted, questions.seed, questions.extra
    report = conform_compiled(wanted.policies, seed=seed, binary=binary, extra=extra, progress=questions.progress, way=way)
    return replace(report, coverage=traced(report.coverage, wanted.policies, binary)) if trace else report


def _reading_options(param: Sequence[str] | None, params: str | None, kind: Kind, *, lenient: bool) -> list[str]:
    """Return the options that a replay needs to read the same policies."""
    pairs = [word for pair in param or () for word in ("--param", pair)]
    typed = () if kind is Kind.IDENTITY else ("--policy-type", kind.value)
    return [*pairs, *(("--params", params) if params else ()), *typed, *(("--lenient",) if lenient else ())]
