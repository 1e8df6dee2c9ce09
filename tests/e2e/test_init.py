"""`init` writes a project that the other commands take as it is."""

from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest
import yaml

from iam2rego.cli.commands.init.project import FILES

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Snapshot: TypeAlias = Callable[[Path], Mapping[str, bytes]]


@pytest.fixture
def project(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new project, in the current folder."""
    monkeypatch.chdir(tmp_path)
    done = run("init")
    assert (done.returncode, done.stderr, done.stdout.splitlines()[: len(FILES)]) == (0, "", list(FILES))
    return tmp_path


@pytest.mark.usefixtures("project", "with_opa")
@pytest.mark.parametrize(
    ("words", "last"),
    [
        pytest.param(("check", "policies"), "0 errors, 0 warnings, 0 notices", id="check"),
        pytest.param(("test", "policies"), "2 passed, 0 failed, 2 of 2 with equal decision documents", id="test"),
        pytest.param(("build", "policies", "-o", "bundle"), "", id="build"),
    ],
)
def test_it_passes(run: Run, words: tuple[str, ...], last: str) -> None:
    done = run(*words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout.splitlines() or [""])[-1].startswith(last)


@pytest.mark.parametrize(("folder", "first"), [(".", "  iam2rego check policies"), ("my project", "  cd 'my project'")])
def test_the_next_commands_begin_in_the_folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, first: str) -> None:
    monkeypatch.chdir(tmp_path)
    lines = run("init", folder).stdout.splitlines()
    assert lines[lines.index("Next:") + 1] == first


def test_the_workflow_names_what_is_there(project: Path) -> None:
    workflow = yaml.safe_load((project / ".github" / "workflows" / "policies.yml").read_text())
    *_, used = workflow["jobs"]["policies"]["steps"]
    assert all((project / path).is_dir() for path in used["with"].values())


@pytest.mark.parametrize("taken", list(FILES))
def test_nothing_is_overwritten(run: Run, tmp_path: Path, snapshot: Snapshot, taken: str) -> None:
    (tmp_path / "mine" / taken).parent.mkdir(parents=True)
    (tmp_path / "mine" / taken).write_text("mine")
    done = run("init", tmp_path / "mine")
    assert (done.returncode, done.stdout, snapshot(tmp_path / "mine")) == (2, "", {taken: b"mine"})
    assert f"nothing is written, because there is already `{tmp_path / 'mine' / taken}`" in done.stderr


def test_a_folder_that_cannot_be_one_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("init", tmp_path / "file")
    assert (done.returncode, done.stdout) == (2, "")
    assert "error[IAM612]" in done.stderr
