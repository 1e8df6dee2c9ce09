"""The whole way of a request: Envoy, the authorization service, an OPA that polls its bundle from a server, and the service behind."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from authorization import Plugin
from clients import Connection
from envoys import Ports, envoy
from opas import SECOND, Opa, running_opa
from serving import BESIDE, NAME, Server, served
from tokens import Key, jwks
from upstream import Upstream, upstream

from iam2rego.opa.binary import Binary


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
def chain(binary: Binary, configuration: Path, archive: bytes, folder: Path, beside: bytes | None = None) -> Iterator[Chain]:
    """Run all of it, its files in ``folder``, until the block ends. OPA has a second bundle if there is one ``beside``."""
    archives = {NAME: archive, **({} if beside is None else {BESIDE: beside})}
    with ExitStack() as stack:
        server = stack.enter_context(served(folder / "served", archives))
        settings = [f"services.bundles.url={server.url}", *(() if beside is None else SECOND)]
        opa = stack.enter_context(running_opa(binary, configuration, folder / "opa.log", *settings))
        opa.await_bundles()
        plugin = stack.enter_context(closing(Plugin(opa.address)))
        behind = stack.enter_context(upstream())
        key = Key("of-today")
        port = stack.enter_context(envoy(folder, jwks(key), Ports(opa=plugin.port, ecs=behind.port)))
        made = Chain(port, plugin, opa, server, behind, key)
        stack.enter_context(made.connections)
        yield made
