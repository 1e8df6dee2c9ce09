"""The whole way of a request: Envoy, the authorization service, an OPA that polls a bundle, and the service behind."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from authorization import RESPONSE, authorizing
from clients import Connection
from envoys import Ports, envoy
from opas import Opa, opa_with
from servers import POLLING, answering
from tokens import Key, jwks
from upstream import Upstream, upstream

from iam2rego.opa.binary import Binary


@dataclass
class Chain:
    """What of it a test looks at or breaks."""

    port: int
    opa: Opa
    upstream: Upstream
    key: Key
    connections: ExitStack = field(default_factory=ExitStack)

    def connection(self) -> Connection:
        """Return a new connection to Envoy, which is closed with the chain."""
        made = Connection(self.port)
        self.connections.callback(made.close)
        return made


@contextmanager
def chain(binary: Binary, bundle: bytes, folder: Path, rule: str = RESPONSE) -> Iterator[Chain]:
    """Run all of it, with an archive as the bundle, until the block ends."""
    with ExitStack() as stack:
        server = stack.enter_context(answering(lambda _: (bundle, {})))
        settings = [
            f"services.bundles.url=http://{server}",
            "bundles.gateway.service=bundles",
            *(f"bundles.gateway.{each}" for each in POLLING),
        ]
        opa = stack.enter_context(opa_with(binary, *(word for each in settings for word in ("--set", each))))
        opa.await_bundles()
        behind = stack.enter_context(upstream())
        key = Key("of-today")
        ports = Ports(opa=stack.enter_context(authorizing(opa.address, rule)), ecs=behind.port)
        port = stack.enter_context(envoy(folder, jwks(key), ports))
        made = Chain(port, opa, behind, key)
        stack.enter_context(made.connections)
        yield made
