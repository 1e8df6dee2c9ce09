"""Opens the engines that the options name: in this process, an OPA of our own, or one that already runs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

import typer

from iam2rego.cli.shared.options import EngineName
from iam2rego.engines.engine import COMMAND_LINE, SERVER, DeployedEngine, Engine, NativeEngine, OpaEngine, Way
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.rego import Layout

WAYS: Final[Mapping[EngineName, Way]] = {EngineName.OPA: SERVER, EngineName.OPA_CLI: COMMAND_LINE}
"""How each engine but the native one is asked."""


@contextmanager
def opened(name: EngineName, units: Sequence[PolicySet], binary: Callable[[], Binary], layout: Layout = Layout.MODULES) -> Iterator[Engine]:
    """Yield the engine that decides by ``units``; ``binary`` finds an OPA where one is needed, which has them in ``layout``."""
    if name is EngineName.NATIVE:
        yield NativeEngine(units)
    else:
        with OpaEngine(binary(), units, WAYS[name], layout) as engine:
            yield engine


@contextmanager
def running(url: str, token: str | None, package: str) -> Iterator[Engine]:
    """Yield the OPA at ``url``, which is taken to hold the policies under ``package``."""
    with Client.at(url, token) as client:
        yield DeployedEngine(client, package)


def refuse_url(name: EngineName, url: str | None) -> None:
    """Refuse a server's address beside an engine that asks no server."""
    if url and name is EngineName.OPA_CLI:
        raise typer.BadParameter("the program `opa` asks no server; leave out one of the two options", param_hint="--opa-url")
