"""A folder of bundles, served to OPA by `iam2rego serve`."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.gateway.children import end, start

NAME: Final = "gateway.tar.gz"
BESIDE: Final = "beside.tar.gz"


class Server:
    """A server that a test ends and starts again, always at the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def offer(self, archive: bytes, name: str = NAME) -> None:
        """Put an archive in the place of the one before; nobody sees a part of it."""
        beside = self.folder / f"{name}.new"
        beside.write_bytes(archive)
        beside.replace(self.folder / name)

    def start(self) -> None:
        command = [sys.executable, "-m", "iam2rego", "serve", str(self.folder), "--port", str(self._port)]
        self._process = start(command, subprocess.PIPE, subprocess.DEVNULL)  # it tells of every answer
        assert self._process.stdout is not None
        line = self._process.stdout.readline().decode().strip()
        self._port = int(line.rpartition(":")[2])

    def kill(self) -> None:
        end(self._process)


@contextmanager
def served(folder: Path, archives: Mapping[str, bytes]) -> Iterator[Server]:
    """Serve a folder that holds archives, by their names."""
    folder.mkdir()
    server = Server(folder)
    for name, archive in archives.items():
        server.offer(archive, name)
    server.start()
    try:
        yield server
    finally:
        server.kill()
