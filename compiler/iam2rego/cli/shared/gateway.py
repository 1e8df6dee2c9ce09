"""A gateway's file on the command line: `eval` and `conform` decide what gateways ask."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import typer

from iam2rego.cli.shared.options import EngineName
from iam2rego.engines.engine import Engine
from iam2rego.engines.gateway import NativeGateway, compiled, running
from iam2rego.ir.gateway import Gateway, HttpGateway, TokenClaims
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native import Reason, reasons
from iam2rego.native.gateway import question
from iam2rego.opa.binary import Binary
from iam2rego.rego import Layout
from iam2rego.sources.gateway import read_gateway


def read_for_both_engines(path: str) -> Gateway:
    """Read a gateway's file, of which both engines have to be able to verify the tokens.

    Raises:
        PolicyError: as `read_gateway`.
        BadParameter: there are tokens, and nothing in this Python to verify them by.
    """
    gateway = read_gateway(path)
    if isinstance(gateway, HttpGateway) and isinstance(gateway.claims, TokenClaims) and find_spec("jwt") is None:
        raise typer.BadParameter("tokens are verified natively by PyJWT: pip install 'iam2rego[gateway]'", param_hint="--gateway")
    return gateway


def refuse_command_line(engine: EngineName) -> None:
    """Refuse the program `opa`, which is asked for decisions about requests only."""
    if engine is EngineName.OPA_CLI:
        raise typer.BadParameter("a gateway is asked in this process or on a server", param_hint="--engine")


@contextmanager
def opened(
    engine: EngineName,
    policies: PolicySet,
    gateway: Gateway,
    binary: Callable[[], Binary],
    layout: Layout,
    url: str | None,
    token: str | None,
    package: str,
) -> Iterator[Engine]:
    """Yield the engine that decides documents of the gateway."""
    if engine is EngineName.NATIVE:
        yield NativeGateway(policies, gateway)
    else:
        with running(url, token, package) if url else compiled(policies, gateway, binary(), layout) as opa:
            yield opa


def reasons_for(policies: PolicySet, gateway: Gateway, document: JsonValue) -> Iterator[Reason]:
    """Yield lines that say what request the document becomes and why that is decided as it is, or why it becomes none."""
    asked = question(gateway, document, time.time_ns())
    if asked.errors:
        yield Reason("the question becomes no request")
        yield from (Reason(f"  {each}") for each in asked.errors)
    else:
        yield Reason(f"the question becomes {dumps(asked.request)}")
        yield from reasons(policies, asked.request)
