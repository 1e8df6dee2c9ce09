"""``conform``: decides generated requests on both engines, and reports any disagreement."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import typer

from iam2rego.cli.commands.fuzz import conform_random
from iam2rego.cli.commands.mutate import EquivalentOption, Mutate, show_mutation
from iam2rego.cli.commands.opa import obtained
from iam2rego.cli.shared import progress
from iam2rego.cli.shared.conform_options import (
    ConformEngine,
    RandomCount,
    Rate,
    Rego,
    Requests,
    Resume,
    Save,
    Seed,
    refuse_beside_gateway,
    refuse_beside_mutate,
    refuse_beside_random,
    refuse_contradictions,
)
from iam2rego.cli.shared.engines import WAYS
from iam2rego.cli.shared.gateway import read_for_both_engines
from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.options import (
    EngineName,
    GatewayFile,
    LayoutOption,
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
from iam2rego.cli.shared.output import FINDINGS, SURROUNDINGS, failures_reported, show
from iam2rego.cli.shared.page import Html, write_page
from iam2rego.cli.shared.revision import revision
from iam2rego.conformance.conform import conform as conform_compiled
from iam2rego.conformance.deployed import Questions, conform_gateway, conform_output
from iam2rego.conformance.freshness import FORMS, Wanted
from iam2rego.conformance.gateway.conform import conform_built, conform_made, conform_running
from iam2rego.conformance.replay import command, command_of_output
from iam2rego.conformance.report import Replay, conform_json, conform_junit, conform_text
from iam2rego.conformance.run import ConformReport
from iam2rego.coverage.rules import traced
from iam2rego.engines.engine import Way
from iam2rego.ir.policy import Kind
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.rego import Layout
from iam2rego.sources.parameters import parameters
from iam2rego.sources.requests import kept_requests

_RENDERERS: Final[Mapping[ReportFormat, Callable[[ConformReport, Replay], str]]] = {
    ReportFormat.TEXT: conform_text,
    ReportFormat.JSON: conform_json,
    ReportFormat.JUNIT: conform_junit,
}


def conform(
    sources: OptionalSources = None,
    random: RandomCount = None,
    save: Save = None,
    requests: Requests = None,
    seed: Seed = 0,
    engine: ConformEngine = EngineName.OPA,
    layout: LayoutOption = Layout.MODULES,
    rego: Rego = None,
    mutate: Mutate = False,
    equivalent: EquivalentOption = None,
    param: Param = None,
    params: Params = None,
    policy_type: PolicyType = Kind.IDENTITY,
    lenient: Lenient = False,
    format_: ReportFormatOption = ReportFormat.TEXT,
    html: Html = None,
    opa: Opa = None,
    opa_url: OpaUrl = None,
    opa_token: OpaToken = None,
    rate: Rate = None,
    resume: Resume = None,
    package: Package = "iam",
    gateway: GatewayFile = None,
    no_progress: NoProgress = False,
) -> None:
    """Check that OPA decides as the native evaluator does: status 1 for findings, 3 where OPA gave no decision."""
    if random:
        beside = sources, requests, rego, mutate, equivalent, param, params, html, opa_url, rate, resume, engine is not EngineName.OPA
        refuse_beside_random(*beside)
        conform_random(random, seed=seed, save=save, lenient=lenient, layout=layout, format_=format_, opa=opa, no_progress=no_progress)
    if save:
        raise typer.BadParameter("only what --random finds is saved", param_hint="--save")
    if not sources:
        raise typer.BadParameter("name policies, or let some be drawn: --random N", param_hint="SOURCE...")
    refuse_contradictions(engine, layout, rego, opa_url, rate, resume)
    if equivalent and not mutate:
        raise typer.BadParameter("only mutants are equivalent; add --mutate", param_hint="--equivalent")
    if gateway:
        refuse_beside_gateway(engine is not EngineName.OPA, mutate, html, rate, resume)
    if mutate:
        refuse_beside_mutate(engine is not EngineName.OPA, rego, opa_url, requests, html)
    as_json = format_ is ReportFormat.JSON
    with failures_reported(as_json=as_json):
        bound = parameters(param or (), params)
        loaded = load_sources(sources, bound, kind=policy_type, lenient=lenient, as_json=as_json, no_progress=no_progress)
        if mutate:
            show_mutation(loaded.policies, seed, opa, format_, listed=equivalent, layout=layout, no_progress=no_progress)
            return
        front = read_for_both_engines(gateway) if gateway else None
        made = partial(revision, loaded.digest, bound, package=package, lenient=lenient, policy_type=policy_type, gateway=front)
        wanted = Wanted(loaded.policies, package, {made(labels=form.labels, layout=form.layout): form for form in FORMS}, front)
        with (
            kept_requests(requests) if requests else nullcontext(()) as extra,
            progress.shown("deciding", wanted=not no_progress) as step,
        ):
            questions = Questions(wanted, seed, extra, step)
            if opa_url:
                with Client.at(opa_url, opa_token) as client:
                    outcome = _of_running(client, questions, rate, resume)
            else:
                binary = obtained(opa, no_progress=no_progress)
                outcome = _of_our_own(questions, rego, binary, WAYS[engine], layout, trace=as_json or html is not None)
        options = [*_reading_options(param, params, policy_type, gateway, lenient=lenient), *_asking_options(opa_url, package, layout)]
        entry = f"{package}.{'gateway' if front else 'authz'}"
        ours = partial(command, sources=sources, options=options, engine=engine)
        again = partial(command_of_output, folder=rego, package=entry) if rego else ours
        if html:
            write_page(html, outcome, again, loaded, package=package, rego=rego)
        show(_RENDERERS[format_](outcome, again))
        _end(outcome)


def _end(outcome: ConformReport) -> None:
    """End with the status that says what was found."""
    if any(isinstance(each.opa, str) for each in outcome.disagreements):
        raise typer.Exit(SURROUNDINGS)
    if outcome.disagreements or outcome.is_misplaced or outcome.all_invalid:
        raise typer.Exit(FINDINGS)


def _of_running(client: Client, questions: Questions, rate: float | None, resume: Path | None) -> ConformReport:
    gateway = questions.wanted.gateway
    return conform_running(client, questions, gateway) if gateway else conform_gateway(client, questions, rate=rate, resume=resume)


def _of_our_own(questions: Questions, rego: Path | None, binary: Binary, way: Way, layout: Layout, *, trace: bool) -> ConformReport:
    """Ask an OPA of our own with an earlier output, or with what the compiler makes now, and of its modules trace the lines."""
    if gateway := questions.wanted.gateway:
        return conform_built(rego, questions, gateway, binary) if rego else conform_made(questions, gateway, binary, layout)
    if rego:
        return conform_output(rego, questions, binary=binary, way=way)
    wanted, seed, extra = questions.wanted, questions.seed, questions.extra
    report = conform_compiled(wanted.policies, seed=seed, binary=binary, extra=extra, progress=questions.progress, way=way, layout=layout)
    return replace(report, coverage=traced(report.coverage, wanted.policies, binary)) if trace and layout is Layout.MODULES else report


def _reading_options(param: Sequence[str] | None, params: str | None, kind: Kind, gateway: str | None, *, lenient: bool) -> list[str]:
    """Return the options that a replay needs to read the same policies."""
    pairs = [word for pair in param or () for word in ("--param", pair)]
    typed = () if kind is Kind.IDENTITY else ("--policy-type", kind.value)
    before = ("--gateway", gateway) if gateway else ()
    return [*pairs, *(("--params", params) if params else ()), *typed, *before, *(("--lenient",) if lenient else ())]


def _asking_options(url: str | None, package: str, layout: Layout) -> tuple[str, ...]:
    """Return the options that a replay needs to ask the same server, or an OPA that holds the same layout."""
    if url:
        return "--opa-url", url, "--package", package
    return () if layout is Layout.MODULES else ("--layout", layout)
