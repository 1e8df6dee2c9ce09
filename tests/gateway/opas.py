"""An OPA that a test kills, stops and starts again, always at the same address."""

import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from processes import eventually
from servers import is_up

from iam2rego.opa.binary import Binary


class Opa:
    """An OPA with settings, as of its command line."""

    def __init__(self, binary: Binary, arguments: Sequence[str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        options = ["--addr", self.address, "--log-level", "error", "--skip-version-check"]
        self._command = [str(binary.path), "run", "--server", *options, *arguments]
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def await_bundles(self) -> None:
        assert eventually(lambda: is_up(self.address)), "OPA has not what it is to download"


@contextmanager
def opa_with(binary: Binary, *arguments: str) -> Iterator[Opa]:
    """Run an OPA; it may have no bundle yet."""
    opa = Opa(binary, arguments)
    try:
        yield opa
    finally:
        opa.kill()
