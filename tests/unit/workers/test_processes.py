"""Work that is spread over processes."""

from operator import neg
from pathlib import Path

import pytest

from iam2rego.workers import processes
from iam2rego.workers.processes import spread


def silent(*_: int) -> None:
    """Show nothing."""


def test_results_stand_in_the_order_of_tasks() -> None:
    assert spread(neg, range(100), 2, silent) == [-each for each in range(100)]


def test_no_task_at_all() -> None:
    assert spread(neg, [], 1, silent) == []


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    spread(neg, range(5), 1, lambda done, of: told.append((done, of)))
    assert sorted(told) == [(done, 5) for done in range(1, 6)]


@pytest.mark.parametrize(
    "serve",
    [
        pytest.param("", id="at-once"),
        pytest.param("import sys; sys.stdin.buffer.read(1)", id="at-work"),
        pytest.param("import sys; sys.stdin.buffer.read(1); print('no pickle')", id="after-other-words"),
    ],
)
def test_a_process_that_ends_is_a_failure(monkeypatch: pytest.MonkeyPatch, serve: str) -> None:
    monkeypatch.setattr(processes, "_SERVE", serve)
    with pytest.raises(ChildProcessError, match="has ended early"):
        spread(neg, range(1_000_000), 1, silent)


@pytest.mark.parametrize("module", ["pickle.py", "iam2rego/__init__.py"])
def test_no_process_runs_what_is_in_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """A checked-out repository may hold anything under the name of a module."""
    planted = tmp_path / module
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"import pathlib\npathlib.Path({str(tmp_path / 'ran')!r}).touch()\n")
    monkeypatch.chdir(tmp_path)
    assert spread(neg, range(10), 1, silent) == [-each for each in range(10)]
    assert not (tmp_path / "ran").exists()
