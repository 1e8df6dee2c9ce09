"""`check --watch` and `test --watch` run again whenever a file that they have read changes."""

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from tests.e2e.watched import PROGRAM, ended
from tests.support.facts import FACTS

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Watching: TypeAlias = "subprocess.Popen[str]"

ALLOW: Final = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
REQUEST: Final = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}
WAITING: Final = "watching for changes, until Ctrl-C\n"


def write(path: Path, **members: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"Version": "2012-10-17", "Statement": [{**ALLOW, **members}]}))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Policies, and a scenario that names them."""
    write(tmp_path / "policies" / "p.json")
    (tmp_path / "s").mkdir()
    scenario = {"name": "reads", "sources": ["../policies"], "request": REQUEST, "expect": "allowed"}
    (tmp_path / "s" / "s.json").write_text(json.dumps(scenario))
    return tmp_path


@contextmanager
def watching(project: Path, *words: str) -> Iterator[Watching]:
    command, environment = [*PROGRAM, *words, "--watch"], {**os.environ, "NO_COLOR": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, **pipes, cwd=project, env=environment, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def answer(process: Watching) -> list[str]:
    """What is printed up to the pause for changes."""
    assert process.stdout
    return list(iter(process.stdout.readline, WAITING))


TEST: Final = ("test", "s", "--engine", "native")
CHECK: Final = ("check", "policies")


@pytest.mark.parametrize(
    ("words", "first", "change", "then"),
    [
        pytest.param(
            CHECK,
            f"0 errors, 0 warnings, 0 notices {FACTS}",
            lambda root: write(root / "policies" / "p.json", Action="s3:GetObjct"),
            f"0 errors, 1 warning, 0 notices {FACTS}",
            id="check/change",
        ),
        pytest.param(
            CHECK,
            f"0 errors, 0 warnings, 0 notices {FACTS}",
            lambda root: write(root / "policies" / "q.json", Effect="Maybe"),
            f"1 error, 0 warnings, 0 notices {FACTS}",
            id="check/one-more-file",
        ),
        pytest.param(
            TEST,
            "1 passed, 0 failed",
            lambda root: write(root / "policies" / "p.json", Effect="Deny"),
            "0 passed, 1 failed",
            id="test/source-of-a-scenario",
        ),
        pytest.param(
            TEST,
            "1 passed, 0 failed",
            lambda root: (root / "s" / "more.jsonl").write_text((root / "s" / "s.json").read_text()),
            "2 passed, 0 failed",
            id="test/one-more-scenario",
        ),
    ],
)
def test_a_command_runs_again(project: Path, words: tuple[str, ...], first: str, change: Callable[[Path], object], then: str) -> None:
    with watching(project, *words) as process:
        assert answer(process)[-1].strip() == first
        change(project)
        assert answer(process)[-1].strip() == then
        assert ended(process)[0] == 0


def test_an_error_is_mended(project: Path) -> None:
    with watching(project, *TEST, "--params", "p.toml") as process:
        assert "p.toml: error[IAM601]: cannot be read: no such file or directory" in answer(process)[0]
        (project / "p.toml").write_text("")
        assert answer(process)[-1].strip() == "1 passed, 0 failed"
        assert ended(process, signal.SIGTERM)[0] == 143


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("check", "-", "--watch"), "stdin is read once, so it is not watched", id="stdin"),
        pytest.param(("check", "--watch"), "Missing argument 'SOURCE...'", id="nothing-to-read"),
        pytest.param(("test", "--watch", "s", "--engine", "x"), "Invalid value for '--engine'", id="option"),
        pytest.param(("eval", "p.json", "--watch"), "No such option", id="other-command"),
    ],
)
def test_a_mistake_on_the_command_line_ends_it(run: Run, words: tuple[str, ...], message: str) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


@pytest.mark.parametrize("command", ["check", "test"])
def test_the_help_tells_of_it(run: Run, command: str) -> None:
    assert "With --watch it runs again" in run(command, "--help").stdout
