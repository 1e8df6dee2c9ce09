"""``eval``: decides requests by policies."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Annotated, TypeAlias

import typer

from iam2rego.cli.commands.opa import obtained
from iam2rego.cli.shared.engines import opened, refuse_url, running
from iam2rego.cli.shared.gateway import opened as opened_gateway
from iam2rego.cli.shared.gateway import read_for_both_engines, reasons_for, refuse_command_line
from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.options import (
    EngineName,
    Format,
    FormatOption,
    GatewayFile,
    LayoutOption,
    Lenient,
    NoProgress,
    Opa,
    OpaToken,
    OpaUrl,
    Package,
    Param,
    Params,
    PolicyType,
    Sources,
)
from iam2rego.cli.shared.output import UNUSABLE, failures_reported, show, show_json
from iam2rego.cli.shared.statements import statement_text
from iam2rego.diagnostics import printable
from iam2rego.engines.described import described
from iam2rego.engines.engine import Engine
from iam2rego.ir.decision import Decision
from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import Kind, PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import reasons
from iam2rego.opa.binary import Binary
from iam2rego.rego import Layout
from iam2rego.source import Source, Span
from iam2rego.sources import Loaded
from iam2rego.sources.parameters import parameters
from iam2rego.sources.requests import read_requests

_REQUEST: TypeAlias = Annotated[str, typer.Option("--request", metavar="FILE", help="The request, or one a line; - for stdin.")]
_ENGINE: TypeAlias = Annotated[EngineName, typer.Option("--engine", help="Who decides.")]


def evaluate(
    sources: Sources,
    request: _REQUEST,
    engine: _ENGINE = EngineName.NATIVE,
    layout: LayoutOption = Layout.MODULES,
    param: Param = None,
    params: Params = None,
    policy_type: PolicyType = Kind.IDENTITY,
    lenient: Lenient = False,
    format_: FormatOption = Format.TEXT,
    opa: Opa = None,
    opa_url: OpaUrl = None,
    opa_token: OpaToken = None,
    package: Package = "iam",
    gateway: GatewayFile = None,
    no_progress: NoProgress = False,
) -> None:
    """Decide requests; the status is 0 whatever is decided, and 2 if a request is refused."""
    as_json = format_ is Format.JSON
    refuse_url(engine, opa_url)
    if gateway:
        refuse_command_line(engine)
    with failures_reported(as_json=as_json):
        front = read_for_both_engines(gateway) if gateway else None
        loaded = load_sources(
            sources, parameters(param or (), params), kind=policy_type, lenient=lenient, as_json=as_json, no_progress=no_progress
        )
        requests = read_requests(request)
        refused = False
        find = partial(obtained, opa, no_progress=no_progress)
        with _asked(engine, loaded.policies, front, find, layout, opa_url, opa_token, package) as decides:
            for each in requests:
                decision = decides.decide(0, each)
                refused |= bool(decision.errors)
                if as_json:
                    show_json(decision.model_dump(mode="json"))
                else:
                    lines = _explained(loaded, front, each) if engine is EngineName.NATIVE else _described(decision, loaded.sources)
                    show("\n".join(map(printable, lines)))
                sys.stdout.flush()  # whoever asks by a pipe may wait for the answer
        if refused:
            raise typer.Exit(UNUSABLE)


def _asked(
    engine: EngineName,
    policies: PolicySet,
    gateway: Gateway | None,
    binary: Callable[[], Binary],
    layout: Layout,
    url: str | None,
    token: str | None,
    package: str,
) -> AbstractContextManager[Engine]:
    """Return what opens the engine that decides."""
    asked_url = url if engine is EngineName.OPA else None
    if gateway:
        return opened_gateway(engine, policies, gateway, binary, layout, asked_url, token, package)
    return running(asked_url, token, package) if asked_url else opened(engine, [policies], binary, layout)


def _explained(loaded: Loaded, gateway: Gateway | None, asked: JsonValue) -> Iterator[str]:
    """Say in lines for people what the native engine decides and why, with the text of the statements that it turns on."""
    for reason in reasons_for(loaded.policies, gateway, asked) if gateway else reasons(loaded.policies, asked):
        yield reason.words
        if reason.shown is not None and reason.shown.statement.span is not None:
            yield from statement_text(loaded.sources[reason.shown.policy.name], reason.shown.statement.span, reason.part)


def _described(decision: Decision, sources: Mapping[str, Source]) -> Iterator[str]:
    """Say in lines for people what a decision document holds; reasons beyond it only the native engine can give."""
    for words, statement in described(decision):
        yield words
        if statement is not None and statement.policy in sources:  # an OPA that already runs may hold others
            start, end = statement.start, statement.end
            yield from statement_text(sources[statement.policy], Span(start.line, start.column, end.line, end.column))
