"""Follows a document as a reader does: types commands, saves files, and leaves programs running in other terminals."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from tests.support.ports import free_port
from tests.support.processes import eventually

GATEWAY: Final = "127.0.0.1:8080"
_PORTS: Final = ("8181", "8282")
"""Where documents have OPA and the bundle server; each terminal has free ports in their place."""
_STEP: Final = re.compile(
    r"^<!-- save: (?P<path>\S+) -->\n```\w*\n(?P<saved>.*?)^```$"
    r"|^<!-- until: (?P<ready>\S+) -->\n```sh\n(?P<left>.*?)^```$"
    r"|(?<=^```console\n)(?P<typed>.*?)(?=^```$)",
    re.MULTILINE | re.DOTALL,
)
_COMMAND: Final = re.compile(r"^\$ ((?:.*\\\n)*.*\n)", re.MULTILINE)


def commands(text: str) -> list[str]:
    """Return the commands of a document, those with output and those that are left running."""
    found: list[str] = []
    for step in _STEP.finditer(text):
        found += [step["left"]] if step["left"] else _COMMAND.findall(step["typed"] or "")
    return found


class Terminal:
    """Follows documents in one folder; programs that are left running end with the block.

    Args:
        folder: Where commands run and files are saved.
        addresses: Addresses of documents, each with the one that is used instead.
        environment: Variables of the commands besides those that make output the same everywhere; by default our own.
    """

    def __init__(self, folder: Path, addresses: Mapping[str, str], environment: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._addresses = {**{port: str(free_port()) for port in _PORTS}, **addresses}
        ours = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        same = {"NO_COLOR": "1", "COLUMNS": "120", "PYTHONUNBUFFERED": "1", "SOURCE_DATE_EPOCH": "1795000000"}
        self._environment = {**(ours if environment is None else environment), **same}
        self._running = ExitStack()

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def follow(self, text: str) -> str:
        """Take every step of a document, in order; return it with what its commands print now."""
        return _STEP.sub(self._taken, text)

    def _taken(self, step: re.Match[str]) -> str:
        if step["path"]:
            saved = self._folder / step["path"]
            saved.parent.mkdir(parents=True, exist_ok=True)
            saved.write_text(step["saved"], encoding="utf-8")
        elif step["ready"]:
            self._leave(step["left"], self._here(step["ready"]))
        else:
            return "".join(f"$ {command}{self._typed(command)}" for command in _COMMAND.findall(step["typed"]))
        return step[0]

    def _typed(self, command: str) -> str:
        """Return what a terminal shows for a command, which is standard output and error together."""
        done = subprocess.run(
            ["sh", "-c", self._here(command)],
            cwd=self._folder,
            env=self._environment,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return done.stdout

    def _leave(self, command: str, ready: str) -> None:
        """Start a program, and wait until the address answers."""
        process = subprocess.Popen(
            ["sh", "-c", f"exec {self._here(command)}"],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._running.callback(process.wait)
        self._running.callback(process.terminate)
        assert eventually(lambda: process.poll() is not None or _answers(ready)), command
        assert process.poll() is None, f"{command} has ended"

    def _here(self, text: str) -> str:
        for written, used in self._addresses.items():
            text = text.replace(written, used)
        return text


def _answers(address: str) -> bool:
    try:
        with urlopen(address):
            return True
    except (URLError, ConnectionError):
        return False
