"""Opens the engines that options name: in this process, an OPA of our own, or one that runs already.

What queries an OPA is imported when one is asked: it takes as long as everything else that a command imports.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from iam2rego.cli.shared.options import EngineName
from iam2rego.engines.engine import Engine
from iam2rego.engines.native import NativeEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout


@contextmanager
def opened(name: EngineName, units: Sequence[PolicySet], binary: Callable[[], Binary], layout: Layout = Layout.MODULES) -> Iterator[Engine]:
    """Yield the engine that decides by ``units``; ``binary`` finds an OPA where one is needed, which has them in ``layout``."""
    if name is EngineName.NATIVE:
        yield NativeEngine(units)
    else:
        from iam2rego.engines.opa import COMMAND_LINE, SERVER, OpaEngine

        with OpaEngine(binary(), units, SERVER if name is EngineName.OPA else COMMAND_LINE, layout) as engine:
            yield engine


@contextmanager
def running(url: str, token: str | None, package: str) -> Iterator[Engine]:
    """Yield the OPA at ``url``, which holds the policies under ``package``."""
    from iam2rego.engines.opa import DeployedEngine
    from iam2rego.opa.client import Client

    with Client.at(url, token) as client:
        yield DeployedEngine(client, package)
