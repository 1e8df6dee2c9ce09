"""`build --watch` builds again when a file has changed, and goes on after errors."""

import json
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from tests.e2e.watched import ended, line, watching

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Snapshot: TypeAlias = Callable[[Path], Mapping[str, bytes]]

WRONG: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Maybe", "Action": "s3:GetObject", "Resource": "*"}}'


def policy(action: str, resource: str = "*") -> str:
    return f'{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}}}'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with two policies."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a.json").write_text(policy("s3:GetObject"))
    (folder / "b.json").write_text(policy("s3:PutObject"))
    return folder


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda source: (source / "a.json").write_text(policy("s3:ListBucket")), "built: 3 files changed", id="a-change"),
        pytest.param(lambda source: (source / "c.json").write_text(policy("s3:ListBucket")), "built: 3 files changed", id="one-more"),
        pytest.param(lambda source: (source / "a.json").unlink(), "built: 3 files changed", id="one-less"),
        pytest.param(lambda source: (source / "a.json").rename(source / "c.json"), "built: 4 files changed", id="another-name"),
        pytest.param(lambda source: (source / "a.json").touch(), "built: 0 files changed", id="nothing-new"),
    ],
)
def test_what_has_changed_is_built(
    run: Run, source: Path, tmp_path: Path, snapshot: Snapshot, change: Callable[[Path], object], said: str
) -> None:
    with watching(source, "-o", tmp_path / "out") as process:
        assert line(process).startswith("built: ")
        change(source)
        assert line(process) == said
        run("build", source, "-o", tmp_path / "fresh").check_returncode()
        assert snapshot(tmp_path / "out") == snapshot(tmp_path / "fresh")
        assert ended(process) == (0, "", "")


def test_an_error_leaves_the_last_good_output(run: Run, source: Path, tmp_path: Path, snapshot: Snapshot) -> None:
    with watching(source, "-o", tmp_path / "out", "--bundle", tmp_path / "out.tar.gz") as process:
        line(process)
        before, archive = snapshot(tmp_path / "out"), (tmp_path / "out.tar.gz").read_bytes()
        (source / "a.json").write_text(WRONG)
        assert line(process) == "not built: 1 error"
        assert process.stderr
        assert process.stderr.readline().startswith(f"{source / 'a.json'}:1:51: error[IAM107]: ")
        assert (snapshot(tmp_path / "out"), (tmp_path / "out.tar.gz").read_bytes()) == (before, archive)
        (source / "a.json").write_text(policy("s3:ListBucket"))
        assert line(process) == "built: 3 files changed"
        run("build", source, "-o", tmp_path / "fresh").check_returncode()
        assert snapshot(tmp_path / "out") == snapshot(tmp_path / "fresh")


def test_sources_may_come_and_go(source: Path, tmp_path: Path) -> None:
    moved = source.rename(tmp_path / "moved")
    with watching(source, "-o", tmp_path / "out") as process:
        assert line(process) == "not built: 1 error"
        moved.rename(source)
        assert line(process).startswith("built: ")
        source.rename(moved)
        assert line(process) == "not built: 1 error"


def test_parameters_are_read_again(source: Path, tmp_path: Path) -> None:
    (source / "a.json").write_text(policy("s3:GetObject", "arn:aws:s3:::<bucket>/*"))
    params = tmp_path / "params.toml"
    params.write_text('bucket = "one"\n')
    with watching(source, "-o", tmp_path / "out", "--params", params) as process:
        line(process)
        params.write_text('bucket = "another"\n')
        assert line(process) == "built: 2 files changed"
    assert "another" in (tmp_path / "out" / "iam" / "policies" / "a.rego").read_text()


def test_programs_read_objects(source: Path, tmp_path: Path) -> None:
    with watching(source, "-o", tmp_path / "out", "--format", "json") as process:
        assert json.loads(line(process))["built"] is True
        (source / "a.json").write_text(WRONG)
        assert json.loads(line(process)) == {"built": False, "errors": 1}
        assert process.stderr
        assert json.loads(process.stderr.readline())["code"] == "IAM107"


@pytest.mark.parametrize(
    ("number", "status"), [pytest.param(signal.SIGINT, 0, id="Ctrl-C"), pytest.param(signal.SIGTERM, 143, id="SIGTERM")]
)
def test_it_ends_when_it_is_told_to(source: Path, tmp_path: Path, number: signal.Signals, status: int) -> None:
    with watching(source, "-o", tmp_path / "out") as process:
        line(process)
        assert ended(process, number) == (status, "", "")


def test_a_folder_that_is_not_ours_ends_it(run: Run, source: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").touch()
    done = run("build", source, "-o", tmp_path / "out", "--watch")
    assert (done.returncode, done.stdout) == (2, "")
    assert "IAM612" in done.stderr


@pytest.mark.parametrize("words", [("--check",), ("--emit", "ir")])
def test_what_does_not_change_is_not_watched(run: Run, source: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run("build", source, "-o", tmp_path / "out", "--watch", *words)
    assert done.returncode == 2
    assert "--check, --watch and --emit exclude each other" in done.stderr


def test_standard_input_is_not_watched(run: Run, tmp_path: Path) -> None:
    assert run("build", "-", "-o", tmp_path / "out", "--watch", stdin=policy("s3:GetObject")).returncode == 2
