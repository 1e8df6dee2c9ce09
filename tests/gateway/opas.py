"""An OPA that a test kills, stops and starts again, always at the same address, with what it logs."""

import json
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

from iam2rego.opa.binary import Binary
from tests.gateway.children import end, start
from tests.gateway.serving import BESIDE
from tests.support.ports import free_port
from tests.support.processes import eventually
from tests.support.servers import POLLING, is_up

BUNDLE: Final = "iam"
"""The name that the configuration gives to the bundle."""

SECOND: Final = (
    "bundles.beside.service=bundles",
    f"bundles.beside.resource={BESIDE}",
    "bundles.beside.signing.keyid=iam",
    *(f"bundles.beside.{each}" for each in POLLING),
)
"""A second bundle, of somebody who has the key too."""


class Opa:
    """An OPA with a configuration, which logs decisions to its console as that says."""

    def __init__(self, binary: Binary, configuration: Path, log: Path, settings: Sequence[str]) -> None:
        self.address = f"127.0.0.1:{free_port()}"
        self._log = log
        words = [word for each in (*settings, *(f"bundles.{BUNDLE}.{each}" for each in POLLING)) for word in ("--set", each)]
        options = ["--addr", self.address, "--log-level", "error", "--skip-version-check", "--config-file", str(configuration)]
        self._command = [str(binary.path), "run", "--server", *options, *words]
        self.start()

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = start(self._command, log)

    def kill(self) -> None:
        end(self._process)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def await_bundles(self) -> None:
        assert eventually(lambda: is_up(self.address) or self._process.poll() is not None), "OPA has not what it is to download"
        assert self._process.poll() is None, self._log.read_text(encoding="utf-8")

    def await_revision(self, revision: str) -> None:
        assert eventually(lambda: self.status().get("active_revision") == revision), f"OPA does not take revision {revision}"

    def status(self, bundle: str = BUNDLE) -> Mapping[str, Any]:
        """Return what OPA says of a bundle: `active_revision`, and `code` and `message` where it could not take the last one."""
        try:
            with urlopen(f"http://{self.address}/v1/status") as answer:
                found: Mapping[str, Any] = json.load(answer)["result"]["bundles"][bundle]
        except (OSError, KeyError):
            return {}
        return found

    def decisions(self) -> Iterator[Mapping[str, Any]]:
        """Read the log of decisions."""
        with self._log.open(encoding="utf-8") as lines:
            yield from (entry for line in lines if "decision_id" in line and (entry := json.loads(line)).get("decision_id"))


@contextmanager
def running_opa(binary: Binary, configuration: Path, log: Path, *settings: str) -> Iterator[Opa]:
    """Run an OPA; it may have no bundle yet."""
    opa = Opa(binary, configuration, log, settings)
    try:
        yield opa
    finally:
        opa.kill()
