"""Outputs and streams that cannot be used: each is named, nothing is lost, and nothing hangs."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Make: TypeAlias = Callable[[Path], object]

POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'


def foreign_file(place: Path) -> None:
    place.mkdir()
    (place / "notes.txt").write_text("mine")


def foreign_beside_ours(place: Path) -> None:
    (place / "iam" / "policies" / "mine.rego").write_text("package mine")


def foreign_link(place: Path) -> None:
    (place / "iam" / "linked").symlink_to(place.parent)


def manifest_of_others(place: Path) -> None:
    place.mkdir()
    (place / ".manifest").write_text('{"roots": ["x"], "metadata": {"iam2rego": {"files": "x"}}}')


def deep_manifest(place: Path) -> None:
    place.mkdir()
    (place / ".manifest").write_text("[" * 200_000)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(foreign_file, "contains `notes.txt`, which no build wrote", id="foreign/file"),
        pytest.param(lambda place: (place / "empty").mkdir(parents=True), "contains `empty`, which no build", id="foreign/empty-folder"),
        pytest.param(manifest_of_others, "contains `.manifest`, which no build wrote", id="foreign/manifest"),
        pytest.param(deep_manifest, "contains `.manifest`, which no build wrote", id="foreign/manifest-that-nests-deeply"),
        pytest.param(Path.touch, "is not a folder", id="file"),
        pytest.param(os.mkfifo, "is not a folder", id="fifo"),
        pytest.param(lambda place: place.symlink_to("/dev/null"), "is not a folder", id="link-to-a-device"),
    ],
)
def test_an_output_that_is_not_ours_is_left_alone(run: Run, policy: Path, tmp_path: Path, make: Make, message: str) -> None:
    place = tmp_path / "out"
    make(place)
    before = listing(tmp_path)
    result = run("build", policy, "-o", place)
    assert result.returncode == 2
    assert result.stderr.startswith(f"{place}: error[IAM612]: {message}")
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(foreign_beside_ours, "contains `iam/policies/mine.rego`, which", id="file"),
        pytest.param(foreign_link, "contains `iam/linked`, which no build wrote", id="link-to-a-folder"),
        pytest.param(lambda place: os.mkfifo(place / "pipe"), "contains `pipe`, which no build wrote", id="fifo"),
    ],
)
def test_an_output_with_foreign_files_is_left_alone(run: Run, policy: Path, built: Path, make: Make, message: str) -> None:
    make(built)
    before = listing(built.parent)
    result = run("build", policy, "-o", built)
    assert result.returncode == 2
    assert result.stderr.startswith(f"{built}: error[IAM612]: {message}")
    assert listing(built.parent) == before


def listing(folder: Path) -> list[tuple[str, bytes | None]]:
    """Everything below ``folder``: paths, and the bytes of files."""
    return sorted((str(each), each.read_bytes() if each.is_file() else None) for each in folder.rglob("*"))


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("{policy}/out", id="below-a-file"),
        pytest.param("{policy}/a/b/out", id="far-below-a-file"),
        pytest.param("/proc/out" if sys.platform == "linux" else "/dev/fd/out", id="not-writable"),
        pytest.param("/" + "a" * 300, id="name-too-long"),
        pytest.param("/", id="root"),
    ],
)
def test_an_output_that_cannot_be_written_is_named(run: Run, policy: Path, tmp_path: Path, place: str) -> None:
    place = place.replace("{policy}", str(policy))
    before = listing(tmp_path)
    result = run("build", policy, "-o", place)
    assert result.returncode == 2
    assert result.stderr.startswith(f"{place}: error[IAM612]: ")
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    ("archive", "message"),
    [
        pytest.param("{tmp}/nowhere/x.tar.gz", "{tmp}/nowhere/x.tar.gz: error[IAM612]: cannot be used: no such file", id="no-folder"),
        pytest.param("{tmp}", "{tmp}: error[IAM612]: is not a regular file", id="folder"),
        pytest.param("/dev/null", "/dev/null: error[IAM612]: is not a regular file", id="device"),
        pytest.param("{tmp}/out/x.tar.gz", "Usage: ", id="in-the-output"),
        pytest.param("{tmp}/out", "Usage: ", id="is-the-output"),
    ],
)
def test_an_archive_that_cannot_be_written_leaves_the_folder_untouched(
    run: Run, built: Path, tmp_path: Path, archive: str, message: str
) -> None:
    other = tmp_path / "other.json"
    other.write_text(POLICY)
    before = listing(tmp_path)
    result = run("build", other, "-o", built, "--bundle", archive.replace("{tmp}", str(tmp_path)))
    assert result.returncode == 2
    assert result.stderr.startswith(message.replace("{tmp}", str(tmp_path)))
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    ("shell", "status", "message"),
    [
        pytest.param('"$@" build - --emit ir <&-', 2, "-:1:1: error[IAM003]: the text is empty", id="no-stdin"),
        pytest.param('"$@" build missing.json --emit ir >&-', 2, "missing.json: error[IAM601]: ", id="no-stdout"),
        pytest.param('"$@" check missing.json >&-', 2, "", id="no-stdout/findings"),
        pytest.param('"$@" check missing.json 2>&-', 2, "", id="no-stderr"),
        pytest.param('"$@" check good.json >&- 2>&-', 0, "", id="no-stdout-nor-stderr"),
        pytest.param('"$@" build good.json --emit ir >/dev/full', 3, "iam2rego: error: cannot write: no space left", id="full-disk"),
        pytest.param('"$@" check odd.json 2>/dev/null >/dev/full', 3, "", id="full-disk/findings"),
        pytest.param('{ "$@" build good.json --emit ir; echo "status $?" >&2; } | true', 0, "status 141", id="reader-gone"),
        pytest.param('{ "$@" check odd.json 2>/dev/null; echo "status $?" >&2; } | true', 0, "status 141", id="reader-gone/findings"),
        pytest.param('mkfifo p && { cat good.json > p & "$@" check p; }', 0, "", id="fifo-named-by-its-reader"),
    ],
)
def test_streams_that_are_not_there_are_no_reason_for_a_traceback(tmp_path: Path, shell: str, status: int, message: str) -> None:
    (tmp_path / "good.json").write_text(POLICY)
    (tmp_path / "odd.json").write_text(POLICY.replace('"Effect"', '"Sid": "", "Effect"'))
    program = [sys.executable, "-c", "from iam2rego.cli.main import main; main()"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = ["/bin/sh", "-c", shell, "sh", *program]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600, stdin=subprocess.DEVNULL)
    assert done.returncode == status
    assert not {"Traceback", "ignored"} & set(done.stderr.split())
    assert done.stderr.startswith(message)
