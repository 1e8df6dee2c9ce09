"""``eval``: decides requests by policies."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import ClassVar

import click

from iam2rego.catalogue.services import catalogue
from iam2rego.cli.commands.eval.asked import Asked
from iam2rego.cli.shared.command import choice, command, group, options
from iam2rego.cli.shared.engines import opened, running
from iam2rego.cli.shared.gateway import read_for_both_engines
from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.options import (
    Assuming,
    EngineName,
    Printing,
    gateway_option,
    opa_option,
    package_option,
    sources_argument,
    token_option,
    url_option,
)
from iam2rego.cli.shared.output import UNUSABLE, failures_reported, refuse, show, show_json
from iam2rego.diagnostics import printable
from iam2rego.engines.described import described
from iam2rego.engines.engine import Engine
from iam2rego.engines.explained import explained, with_statements
from iam2rego.engines.statement_text import statement_text
from iam2rego.ir.decision import Decision
from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.lint.requests import hints
from iam2rego.native import Reason, reasons
from iam2rego.native.gateway import question
from iam2rego.opa.binary import Binary
from iam2rego.source import Source, Span
from iam2rego.sources import Loaded


@options
class Deciding:
    """Which engine decides."""

    heading: ClassVar = "Engine"

    engine: EngineName = choice(
        "--engine", default=EngineName.NATIVE, explanation="The native evaluator, an OPA server, or the program `opa` once a request."
    )
    opa: str | None = opa_option()
    opa_url: str | None = url_option("With --engine opa, ask this running OPA, which holds what `build` made of the sources.")
    opa_token: str | None = token_option()
    package: str = package_option()

    def opened(self, policies: PolicySet, gateway: Gateway | None, *, quiet: bool) -> AbstractContextManager[Engine]:
        """Return what opens the engine, which decides requests or, with a ``gateway``, documents of that."""
        binary = partial(obtained, self.opa, quiet=quiet)
        url = self.opa_url if self.engine is EngineName.OPA else None
        if gateway:
            return self._before(policies, gateway, binary, url)
        return running(url, self.opa_token, self.package) if url else opened(self.engine, [policies], binary)

    def _before(
        self, policies: PolicySet, gateway: Gateway, binary: Callable[[], Binary], url: str | None
    ) -> AbstractContextManager[Engine]:
        from iam2rego.engines import gateway as gateways  # it imports the compiler and what queries an OPA

        if self.engine is EngineName.NATIVE:
            return nullcontext(gateways.NativeGateway(policies, gateway))
        return gateways.running(url, self.opa_token, self.package) if url else gateways.compiled(policies, gateway, binary())


@options
class Options:
    """The options of `eval`."""

    sources: tuple[str, ...] = sources_argument()
    gateway: str | None = gateway_option("Take the FILE of --request for questions of this gateway, not for requests (docs/gateway.md).")
    asked: Asked = group(Asked)
    deciding: Deciding = group(Deciding)
    reading: Assuming = group(Assuming)
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Decide requests by policies.

    The exit status is 0 whatever is decided, and 2 if a request is refused.
    """
    _refuse_contradictions(options)
    with failures_reported(as_json=options.printing.as_json):
        gateway = read_for_both_engines(options.gateway) if options.gateway else None
        loaded = load_sources(options.sources, options.reading, options.printing)
        requests, several = options.asked.requests()
        refused = False
        with options.deciding.opened(loaded.policies, gateway, quiet=options.printing.quiet) as engine:
            for number, each in enumerate(requests, 1):
                decision = engine.decide(0, each)
                refused |= bool(decision.errors)
                _show(decision, each, options, loaded, gateway, f"request {number}: " if several or number > 1 else "")
        if refused:
            raise click.exceptions.Exit(UNUSABLE)


def _refuse_contradictions(options: Options) -> None:
    options.asked.refuse_contradictions(options.sources, by_gateway=options.gateway is not None)
    if options.deciding.engine is EngineName.NATIVE and options.deciding.opa_url:
        refuse("the native engine asks no server: add --engine opa", "--opa-url")
    if options.deciding.engine is EngineName.OPA_CLI:
        if options.deciding.opa_url:
            refuse("the program `opa` asks no server: leave out one of the two options", "--opa-url")
        if options.gateway:
            refuse("a gateway is decided by the engine native or opa", "--engine")


def _show(decision: Decision, request: JsonValue, options: Options, loaded: Loaded, gateway: Gateway | None, label: str) -> None:
    """Print an answer; ``label`` is what text begins with, to tell it from the answers to other requests."""
    if options.printing.as_json:
        show_json(decision.model_dump(mode="json"))
    else:
        native = options.deciding.engine is EngineName.NATIVE
        lines = _explained(loaded, gateway, request) if native else _described(decision, loaded.sources)
        also = () if gateway else (f"  hint: {each}" for each in hints(request, catalogue()))
        show(label + "\n".join(map(printable, (*lines, *also))))
    sys.stdout.flush()  # a program at the other end of a pipe may wait for the answer


def _explained(loaded: Loaded, gateway: Gateway | None, asked: JsonValue) -> Iterator[str]:
    """Yield lines that say what the native engine decides and why, with the text of the statements that decide."""
    if gateway:
        return with_statements(_reasons_before(loaded.policies, gateway, asked), loaded.sources)
    return explained(loaded.policies, loaded.sources, asked)


def _reasons_before(policies: PolicySet, gateway: Gateway, document: JsonValue) -> Iterator[Reason]:
    """Yield lines that say what request a gateway's document becomes and why that is decided as it is, or why it becomes none."""
    asked = question(gateway, document, time.time_ns())
    if asked.errors:
        yield Reason("the question becomes no request")
        yield from (Reason(f"  {each}") for each in asked.errors)
    else:
        yield Reason(f"the question becomes {dumps(asked.request)}")
        yield from reasons(policies, asked.request)


def _described(decision: Decision, sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield lines that say what a decision document holds; only the native engine knows more reasons."""
    for words, statement in described(decision):
        yield words
        if statement is not None and statement.policy in sources:  # a running OPA may hold others
            start, end = statement.start, statement.end
            yield from statement_text(sources[statement.policy], Span(start.line, start.column, end.line, end.column))
