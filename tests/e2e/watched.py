"""`build --watch` at work."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

Watching: TypeAlias = "subprocess.Popen[str]"
PROGRAM: Final = (sys.executable, "-c", "from iam2rego.cli.main import main; main()")


@contextmanager
def watching(*words: str | Path) -> Iterator[Watching]:
    """`build --watch` at work; it prints a line for each build."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(Path(words[0]).parent / "cache")}
    command = [*PROGRAM, "build", *map(str, words), "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: Watching) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def ended(process: Watching, number: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
    """End the process; return its status and what it has printed since."""
    process.send_signal(number)
    shown, said = process.communicate()
    return process.returncode, shown, said
