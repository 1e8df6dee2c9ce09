"""Processes that end with us, also where we are killed and can run no code."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final, TypeAlias

Child: TypeAlias = "subprocess.Popen[bytes]"

# The shell becomes the program, and leaves behind a reader of a pipe whose other end only we hold: a line on it means that all is
# well, its end that we are gone.
_WATCHED: Final = """
exec 3<&0 </dev/null
{ read -r _ <&3 || kill -9 $$; } >/dev/null 2>&1 &
exec "$@" 3<&-
"""


def start(command: Sequence[str | Path], output: int | IO[bytes], errors: int = subprocess.STDOUT) -> Child:
    """Start a program; what it prints goes to ``output``, and its errors too unless said otherwise."""
    return subprocess.Popen(["sh", "-c", _WATCHED, "sh", *command], stdin=subprocess.PIPE, stdout=output, stderr=errors)


def end(child: Child) -> None:
    """Kill it, and wait until it is gone."""
    child.kill()
    child.communicate(b"\n")
