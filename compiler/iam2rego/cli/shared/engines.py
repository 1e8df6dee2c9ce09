"""Opens the engines that options name: in this process, an OPA of our own, or one that runs already."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from iam2rego.cli.shared.options import EngineName
from iam2rego.engines.engine import COMMAND_LINE, SERVER, DeployedEngine, Engine, NativeEngine, OpaEngine, Way
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.rego import Layout

_WAYS: Final[Mapping[EngineName, Way]] = {EngineName.OPA: SERVER, EngineName.OPA_CLI: COMMAND_LINE}
"""How each engine except the native one is asked."""


@contextmanager
def opened(name: EngineName, units: Sequence[PolicySet], binary: Callable[[], Binary], layout: Layout = Layout.MODULES) -> Iterator[Engine]:
    """Yield the engine that decides by ``units``; ``binary`` finds an OPA where one is needed, which has them in ``layout``."""
    if name is EngineName.NATIVE:
        yield NativeEngine(units)
    else:
        with OpaEngine(binary(), units, _WAYS[name], layout) as engine:
            yield engine


@contextmanager
def running(url: str, token: str | None, package: str) -> Iterator[Engine]:
    """Yield the OPA at ``url``, which holds the policies under ``package``."""
    with Client.at(url, token) as client:
        yield DeployedEngine(client, package)
