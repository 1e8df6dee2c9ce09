"""Runs an OPA of our own, which answers only us, for the duration of a `with` block."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final, TypeAlias

from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.errors import OpaError
from iam2rego.opa.guard import guarded

_SECONDS_TO_START: Final = 120.0
_SECONDS_TO_STOP: Final = 5.0
_PAUSE: Final = 0.02
_ATTEMPTS: Final = 5
_RARELY: Final = {"GOGC": "400", "GOMEMLIMIT": "1GiB"}
"""OPA collects garbage more rarely than usual, which saves a fifth of its time, as long as it has less memory than this."""
_Process: TypeAlias = "subprocess.Popen[bytes]"

# OPA must not outlive us, even if we are killed with SIGKILL and cannot run any code. The shell becomes OPA (`exec`), and leaves
# behind a reader of a pipe whose other end only we have: a line means that we have stopped OPA, the end of the pipe that we died.
# This needs no thread and no platform-specific system call, and OPA never runs unwatched. The reader kills the process group,
# because the program may be a script that starts OPA.
_WATCHED: Final = """
exec 3<&0 </dev/null
{ read -r _ <&3 || kill -9 -$$; } >/dev/null 2>&1 &
exec "$@" 3<&-
"""


class _PortTakenError(Exception):
    """Another process took the port between our choice and OPA's start."""


@contextmanager
def serve(binary: Binary, bundle_dir: Path) -> Iterator[Client]:
    """Start OPA on a free loopback port with the bundle in ``bundle_dir``; yield a client; stop OPA on every path.

    Raises:
        OpaError: OPA does not start, or rejects the bundle; the message includes OPA's output.
    """
    with tempfile.TemporaryFile() as log, tempfile.TemporaryDirectory() as guard:
        process, client = _launch(binary, bundle_dir, Path(guard), log)
        try:
            yield client
        finally:
            client.close()
            _stop(process)


def _launch(binary: Binary, bundle_dir: Path, guard_dir: Path, log: IO[bytes]) -> tuple[_Process, Client]:
    """Start OPA, on another port if the chosen one was taken meanwhile, and wait until it answers.

    Another server on that port may have seen the token, so each attempt has a new one.
    """
    for _ in range(_ATTEMPTS):
        port, guard = _free_port(), guarded(bundle_dir, guard_dir)
        client = Client.at(f"http://127.0.0.1:{port}", guard.token, use_environment=False)
        process = _start([*_command(binary, port), *guard.arguments], log)
        try:
            _await(process, client, guard.mark, log)
        except BaseException as failure:
            client.close()
            _stop(process)
            if not isinstance(failure, _PortTakenError):
                raise
        else:
            return process, client
    raise OpaError(f"OPA found no free port in {_ATTEMPTS} attempts")


def _command(binary: Binary, port: int) -> list[str]:
    flags = ["--addr", f"127.0.0.1:{port}", "--log-level", "error", "--skip-version-check"]
    return [str(binary.path), "run", "--server", *flags]


def _start(command: list[str], log: IO[bytes]) -> _Process:
    """Start ``command`` with its watcher; its output goes to ``log``.

    It gets its own session, so that Ctrl-C reaches only us and we stop it in order, and an environment of its own, because OPA shows its
    environment to anyone who can reach its port.
    """
    log.seek(0)
    log.truncate()
    watched = ["/bin/sh", "-c", _WATCHED, "iam2rego", *command]
    try:
        return subprocess.Popen(watched, stdin=subprocess.PIPE, stdout=log, stderr=log, env=_RARELY, start_new_session=True)
    except OSError as failure:
        raise OpaError(f"OPA does not start: {failure}") from failure


def _stop(process: _Process) -> None:
    _signal(process, signal.SIGTERM)
    try:
        process.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        _signal(process, signal.SIGKILL)
        process.wait()
    _dismiss_watch(process)


def _signal(process: _Process, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):  # all of the group have ended, or wait to be buried
        os.killpg(process.pid, number)


def _dismiss_watch(process: _Process) -> None:
    """Stop the watcher, because OPA's process number may soon belong to another program."""
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # the reader may have ended already
        process.stdin.write(b"\n")
        process.stdin.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(process: _Process, client: Client, mark: str, log: IO[bytes]) -> None:
    """Wait until OPA answers with ``mark``; it listens only once the bundle is active."""
    deadline = time.monotonic() + _SECONDS_TO_START
    while not client.answers_as(mark):
        if process.poll() is not None:
            raise _ended(log)
        if time.monotonic() > deadline:
            raise OpaError(f"OPA did not answer within {_SECONDS_TO_START:.0f} seconds of its start\n{_said(log)}")
        time.sleep(_PAUSE)  # OPA does not report when it is ready, so poll


def _ended(log: IO[bytes]) -> Exception:
    said = _said(log)
    if "address already in use" in said:
        return _PortTakenError()
    return OpaError(f"OPA did not start:\n{said}")


def _said(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read().decode("utf-8", "replace").strip()
