"""Killed at any moment, a build leaves the old or the new output, and no process."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from tests.e2e.killed_builds import SEED, files, line, names, policies, survivor
from tests.support.processes import eventually, is_gone

Run: TypeAlias = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return policies(tmp_path_factory.mktemp("sources") / "old", "Get")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return policies(tmp_path_factory.mktemp("sources") / "new", "Put")


# Tells when the first file is written, and takes its time for each.
SLOW_BUILD: Final = """
import time
from pathlib import Path
at_once = Path.write_bytes
def slow(path, data):
    print("writing", flush=True)
    time.sleep(0.05)
    return at_once(path, data)
Path.write_bytes = slow
from iam2rego.cli.main import main
main()
"""


@pytest.mark.parametrize(
    ("number", "status", "left"),
    [
        pytest.param(signal.SIGINT, 130, [], id="SIGINT"),
        pytest.param(signal.SIGTERM, 143, [], id="SIGTERM"),
        pytest.param(signal.SIGHUP, 129, [], id="SIGHUP"),
        pytest.param(signal.SIGKILL, -9, [".out.iam2rego-new-", ".out.tar.gz.iam2rego-new-"], id="SIGKILL"),
    ],
)
def test_a_build_that_is_stopped_while_it_writes_changes_nothing(
    run: Run, old: Path, new: Path, tmp_path: Path, number: signal.Signals, status: int, left: list[str]
) -> None:
    output = ("-o", tmp_path / "out", "--bundle", tmp_path / "out.tar.gz")
    run("build", old, *output).check_returncode()
    before, archive = files(tmp_path / "out"), (tmp_path / "out.tar.gz").read_bytes()
    command = [sys.executable, "-c", SLOW_BUILD, "build", new, *output]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert [line(process.stdout) for _ in range(3)] == ["writing"] * 3
        process.send_signal(number)
        said = process.communicate()[1]
    assert process.returncode == status
    assert said == ""
    assert files(tmp_path / "out") == before
    assert (tmp_path / "out.tar.gz").read_bytes() == archive
    assert [name[:-8] for name in names(tmp_path) if name.startswith(".")] == left
    run("build", new, *output).check_returncode()
    assert names(tmp_path) == ["out", "out.tar.gz"]
    run("build", new, "-o", tmp_path / "out", "--check").check_returncode()


# Tells the number of the process that helps, and does not come to an end.
HELPED_BUILD: Final = """
import time
from iam2rego import workers
from iam2rego.building import recipe
from iam2rego.workers import processes
from iam2rego.cli.shared import compiling as command
command.cache_folder = lambda: None
workers._processors, workers._BYTES_A_PROCESS, workers._BYTES_A_BATCH = lambda: 2, 1, 1
processes._SERVE = "import os, sys; print(os.getpid(), file=sys.stderr, flush=True); " + processes._SERVE
recipe.Recipe.make = lambda self, file: time.sleep(600)
from iam2rego.cli.main import main
main()
"""


@pytest.mark.parametrize(
    ("number", "status"),
    [
        pytest.param(signal.SIGINT, 130, id="SIGINT"),
        pytest.param(signal.SIGTERM, 143, id="SIGTERM"),
        pytest.param(signal.SIGKILL, -9, id="SIGKILL"),
    ],
)
def test_a_build_leaves_no_process_behind(new: Path, tmp_path: Path, number: signal.Signals, status: int) -> None:
    command = [sys.executable, "-c", HELPED_BUILD, "build", new, "-o", tmp_path / "out"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        helper = int(line(process.stderr))
        process.send_signal(number)
        said = process.communicate()[1]
    assert (process.returncode, said) == (status, "")
    assert eventually(lambda: is_gone(helper))
    assert names(tmp_path) == []


# The process that helps takes what it is given, and does not do it: it sleeps until the test kills it.
DESERTED_BUILD: Final = """
from iam2rego import workers
from iam2rego.workers import processes
from iam2rego.cli.shared import compiling as command
command.cache_folder = lambda: None
workers._processors, workers._BYTES_A_PROCESS, workers._BYTES_A_BATCH = lambda: 2, 1, 1
processes._SERVE = "import os, sys, time; sys.stdin.buffer.read(1); print(os.getpid(), file=sys.stderr, flush=True); time.sleep(600)"
from iam2rego.cli.main import main
main()
"""


def test_a_process_that_is_killed_ends_the_build(new: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", DESERTED_BUILD, "build", new, "-o", tmp_path / "out"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        os.kill(int(line(process.stderr)), signal.SIGKILL)
        said = process.communicate()[1]
    assert (process.returncode, said) == (3, "iam2rego: error: a worker process has ended early\n")
    assert names(tmp_path) == []


def test_a_build_killed_at_any_moment_is_made_good_by_the_next(run: Run, old: Path, new: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    run("build", new, "-o", tmp_path / "new").check_returncode()
    run("build", old, "-o", place).check_returncode()
    whole = (files(place), files(tmp_path / "new"))
    command = [sys.executable, "-c", "from iam2rego.cli.main import main; main()", "build", new, "-o", place]
    begin = time.monotonic()
    subprocess.run(command, check=True)
    needed = time.monotonic() - begin
    moments = random.Random(SEED)
    for _ in range(4):
        run("build", old, "-o", place).check_returncode()
        with subprocess.Popen(command) as process:
            time.sleep(moments.uniform(needed / 2, needed))  # before that the interpreter starts
            process.kill()
        assert survivor(place) in whole
        run("build", new, "-o", place).check_returncode()
        assert files(place) == whole[1]
        assert names(tmp_path) == ["new", "out"]
