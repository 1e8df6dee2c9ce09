"""The whole way of a request: Envoy, the authorization service, an OPA that polls its bundle from a server, and the service behind."""

from collections.abc import Iterator, Set
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.gateway.authorization import Plugin
from tests.gateway.clients import Connection
from tests.gateway.envoys import Ports, envoy
from tests.gateway.gateway_bundles import Builder
from tests.gateway.opas import SECOND, Opa, running_opa
from tests.gateway.serving import BESIDE, NAME, Server, served
from tests.gateway.upstream import Upstream, upstream
from tests.support.tokens import Key, jwks

QUICK: Final = 0.5
"""The time that OPA has to answer in faults: with it Envoy has the time-out of the example."""

PATIENT: Final = 600.0
"""The time that it has where a test is not about time: the machine may be busy."""


@dataclass
class Chain:
    """What of it a test looks at or breaks."""

    port: int
    plugin: Plugin
    opa: Opa
    server: Server
    upstream: Upstream
    key: Key
    connections: ExitStack = field(default_factory=ExitStack)

    def connection(self) -> Connection:
        """Return a new connection to Envoy, which is closed with the chain."""
        made = Connection(self.port)
        self.connections.callback(made.close)
        return made


@contextmanager
def chain(
    builder: Builder,
    archive: bytes,
    folder: Path,
    *,
    beside: bytes | None = None,
    api: int = 0,
    without: Set[str] = frozenset(),
    seconds: float = PATIENT,
) -> Iterator[Chain]:
    """Run all of it until the block ends.

    Args:
        builder: who has built the bundle, and knows OPA and the keys.
        archive: the bundle.
        folder: where its files are written.
        beside: a second bundle, if there is one.
        api: the port that Envoy listens on; 0 for any that is free.
        without: settings and filters that Envoy is not to have.
        seconds: after how many OPA is given up, and after twice as many by Envoy.
    """
    archives = {NAME: archive, **({} if beside is None else {BESIDE: beside})}
    with ExitStack() as stack:
        server = stack.enter_context(served(folder / "served", archives))
        settings = [f"services.bundles.url={server.url}", *(() if beside is None else SECOND)]
        opa = stack.enter_context(running_opa(builder.opa, builder.configuration, folder / "opa.log", *settings))
        opa.await_bundles()
        plugin = stack.enter_context(closing(Plugin(opa.address, seconds)))
        behind = stack.enter_context(upstream())
        port = stack.enter_context(envoy(folder, jwks(builder.key), Ports(2 * seconds, plugin.port, behind.port, api), without))
        made = Chain(port, plugin, opa, server, behind, builder.key)
        stack.enter_context(made.connections)
        yield made
