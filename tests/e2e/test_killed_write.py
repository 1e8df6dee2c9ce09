"""Killed at any moment, a write leaves the old or the new output, and nothing that the next one does not clear away."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.output import write
from iam2rego.sources import load
from tests.e2e.killed_builds import SEED, files, line, names, policies, survivor

Writer: TypeAlias = "subprocess.Popen[str]"


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return policies(tmp_path_factory.mktemp("sources") / "old", "Get")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return policies(tmp_path_factory.mktemp("sources") / "new", "Put")


# For each line it reads, a process that writes starts at once, because all that it needs is there already.
WRITER: Final = """
import os, sys
from pathlib import Path
from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.output import write
from iam2rego.sources import load
bundle = compile_policies(load([sys.argv[1]]).policies, revision="new")
for _ in sys.stdin:
    child = os.fork()
    if not child:
        write(bundle, Path(sys.argv[2]))
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""


@pytest.fixture
def writer(new: Path, tmp_path: Path) -> Iterator[Writer]:
    command = [sys.executable, "-c", WRITER, str(new), str(tmp_path / "out")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process


def started(writer: Writer) -> int:
    """Start a process that writes; return its number."""
    assert writer.stdin
    writer.stdin.write("\n")
    writer.stdin.flush()
    return int(line(writer.stdout))


def test_a_killed_write_leaves_one_output_or_the_other(writer: Writer, old: Path, new: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    earlier = compile_policies(load([str(old)]).policies, revision="old")
    later = compile_policies(load([str(new)]).policies, revision="new")
    write(earlier, place)
    begin = time.monotonic()
    started(writer)
    assert line(writer.stdout) == "gone"
    needed = time.monotonic() - begin
    assert files(place) == later.files
    moments = random.Random(SEED)
    for _ in range(20):
        write(earlier, place)
        child = started(writer)
        time.sleep(moments.uniform(0, 1.2 * needed))  # the write is killed at any moment of it, or just after it
        subprocess.run(["kill", "-KILL", str(child)], stderr=subprocess.DEVNULL)
        assert line(writer.stdout) == "gone"
        assert survivor(place) in (earlier.files, later.files)
        write(later, place)
        assert files(place) == later.files
        assert names(tmp_path) == ["out"]


def test_two_writes_at_once_leave_the_output_of_one(writer: Writer, old: Path, new: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    earlier = compile_policies(load([str(old)]).policies, revision="old")
    later = compile_policies(load([str(new)]).policies, revision="new")
    for _ in range(5):
        started(writer)
        with suppress(OSError):  # the other may come between, and then this one has failed
            write(earlier, place)
        assert line(writer.stdout) == "gone"
        assert files(place) in (earlier.files, later.files)
    write(later, place)
    assert names(tmp_path) == ["out"]
