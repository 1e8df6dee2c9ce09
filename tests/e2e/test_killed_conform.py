"""Whatever ends `conform`, its OPA ends too; and when OPA ends, that is an error, never a deny."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from iam2rego.opa.binary import Binary
from tests.support.processes import eventually, is_gone

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Watched: TypeAlias = "subprocess.Popen[str]"

PROGRAM: Final = (sys.executable, "-c", "from iam2rego.cli.main import main; main()")
STATEMENTS: Final = [
    {
        "Effect": "Allow",
        "Action": f"s3:Get{number}*",
        "Resource": f"arn:aws:s3:::b/{number}/*",
        "Condition": {"StringLike": {"k:v": "a*b?"}},
    }
    for number in range(40)
]


@pytest.fixture
def noted(opa: Binary, tmp_path: Path) -> Path:
    """An OPA that notes its process number and its address when it serves."""
    program = tmp_path / "noted-opa"
    program.write_text(f'#!/bin/sh\n[ "$1" = run ] && echo "$$ $4" >> "$0.notes"\nexec "{opa.path}" "$@"\n')
    program.chmod(0o755)
    return program


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """Policies that take `conform` many seconds."""
    folder = tmp_path / "policies"
    folder.mkdir()
    for number in range(20):
        (folder / f"p{number}.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": STATEMENTS}))
    return folder


@contextmanager
def conforming(program: Path, policies: Path) -> Iterator[Watched]:
    """`conform` at work, with a folder for temporary files of its own."""
    temporary = policies.parent / "tmp"
    temporary.mkdir()
    command = [*PROGRAM, "conform", str(policies), "--opa", str(program)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def notes(program: Path) -> tuple[int, str]:
    """The process number of the last OPA that was started, and its address."""
    file = Path(f"{program}.notes")
    assert eventually(lambda: file.is_file() and file.read_text().endswith("\n"))
    number, address = file.read_text().split()[-2:]
    return int(number), address


def is_up(address: str) -> bool:
    """Whether the server answers, though it refuses everybody who does not have its token."""
    try:
        with urlopen(f"http://{address}/health"):
            return True
    except HTTPError as refusal:
        return refusal.code == HTTPStatus.UNAUTHORIZED
    except URLError:
        return False


@pytest.mark.parametrize("delay", [pytest.param(0.0, id="OPA-starts"), pytest.param(0.7, id="OPA-answers")])
@pytest.mark.parametrize(
    ("number", "status"),
    [
        pytest.param(signal.SIGINT, 130, id="SIGINT"),
        pytest.param(signal.SIGTERM, 143, id="SIGTERM"),
        pytest.param(signal.SIGHUP, 129, id="SIGHUP"),
        pytest.param(signal.SIGKILL, -9, id="SIGKILL"),
    ],
)
def test_conform_leaves_no_opa_behind(noted: Path, policies: Path, number: signal.Signals, status: int, delay: float) -> None:
    with conforming(noted, policies) as process:
        opa = notes(noted)[0]
        time.sleep(delay)
        process.send_signal(number)
        shown, said = process.communicate()
    assert process.returncode == status
    assert (shown, said) == ("", "")
    assert eventually(lambda: is_gone(opa))
    assert number is signal.SIGKILL or list((policies.parent / "tmp").iterdir()) == []


def test_conform_gives_up_when_opa_is_killed(noted: Path, policies: Path) -> None:
    with conforming(noted, policies) as process:
        number, address = notes(noted)
        assert eventually(lambda: is_up(address))
        time.sleep(0.5)
        os.kill(number, signal.SIGKILL)
        shown, said = process.communicate()
    assert process.returncode == 3
    assert shown == ""
    assert said.startswith("iam2rego: error: ")
    assert "Traceback" not in said
    assert list((policies.parent / "tmp").iterdir()) == []
