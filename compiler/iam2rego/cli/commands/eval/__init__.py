"""``eval``: decides requests by policies."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import ClassVar

import click

from iam2rego.cli.commands.eval.asked import Asked
from iam2rego.cli.commands.eval.explaining import described_to_people, description, explanation, explanation_before, with_context
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
from iam2rego.engines.engine import Engine
from iam2rego.ir.decision import Decision
from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
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
    """Decide requests by policies, and explain the decisions.

    The exit status is 0 whatever is decided, and 2 if a request is refused.
    """
    _refuse_contradictions(options)
    as_json = options.printing.as_json
    with failures_reported(as_json=as_json):
        gateway = read_for_both_engines(options.gateway) if options.gateway else None
        loaded = load_sources(options.sources, options.reading, options.printing)
        requests, several = options.asked.requests()
        refused = False
        with options.deciding.opened(loaded.policies, gateway, quiet=options.printing.quiet) as engine:
            for number, each in enumerate(requests, 1):
                asked = each if gateway or as_json else with_context(loaded.policies, each)
                decision = engine.decide(0, asked)
                refused |= bool(decision.errors)
                lines = _lines(decision, options, loaded, gateway, asked=asked, given=each)
                _show(decision, lines, f"request {number}: " if several or number > 1 else "", as_json=as_json)
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


def _show(decision: Decision, lines: Iterable[str], label: str, *, as_json: bool) -> None:
    """Print an answer; ``label`` is what text begins with, to tell it from the answers to other requests."""
    if as_json:
        show_json(decision.model_dump(mode="json"))
    else:
        show(label + "\n".join(map(printable, lines)))
    sys.stdout.flush()  # a program at the other end of a pipe may wait for the answer


def _lines(
    decision: Decision, options: Options, loaded: Loaded, gateway: Gateway | None, *, asked: JsonValue, given: JsonValue
) -> Iterator[str]:
    """Return what is printed for people about the request or document ``asked``, which may have more than was ``given``."""
    native = options.deciding.engine is EngineName.NATIVE
    if gateway:
        return explanation_before(loaded, gateway, asked) if native else description(decision, loaded.sources)
    return explanation(loaded, asked, given) if native else described_to_people(decision, loaded.sources, asked, given)
