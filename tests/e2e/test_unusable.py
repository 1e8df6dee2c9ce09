"""Inputs and outputs that cannot be used: each is named with its place, nothing is written, and nothing hangs."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Snapshot: TypeAlias = Callable[[Path], Mapping[str, bytes]]
Make: TypeAlias = Callable[[Path], object]

POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'


def folder_of(place: Path, make: Make) -> None:
    """A folder with a good policy and ``bad.json``."""
    place.mkdir()
    (place / "good.json").write_text(POLICY)
    make(place / "bad.json")


def nothing(_: Path) -> None:
    """There is no such file."""


def memory(place: Path) -> None:
    """A file that root may open, and whose reading fails."""
    place.symlink_to("/proc/self/mem" if sys.platform == "linux" else place.parent)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(nothing, "error[IAM601]: cannot be read: no such file or directory", id="missing"),
        pytest.param(lambda place: place.symlink_to("nowhere"), "error[IAM601]: cannot be read: no such file", id="dangling-link"),
        pytest.param(lambda place: place.symlink_to(place), "error[IAM601]: cannot be read: too many levels", id="link-to-itself"),
        pytest.param(memory, "error[IAM601]: cannot be read: ", id="unreadable"),
        pytest.param(Path.mkdir, "error[IAM603]: the folder holds no `*.json` file", id="empty-folder"),
        pytest.param(lambda place: (place / "x.json").mkdir(parents=True), "error[IAM603]: the folder holds no", id="folder-of-a-folder"),
        pytest.param(lambda place: folder_of(place, lambda bad: bad.symlink_to("nowhere")), "/bad.json: error[IAM601]: ", id="folder/link"),
        pytest.param(lambda place: folder_of(place, memory), "/bad.json: error[IAM601]: cannot be read: ", id="folder/unreadable"),
        pytest.param(lambda place: folder_of(place, os.mkfifo), "/bad.json: error[IAM601]: cannot be read: it is not", id="folder/fifo"),
        pytest.param(
            lambda place: folder_of(place, lambda bad: bad.write_text("[")), "/bad.json:1:2: error[IAM005]: ", id="folder/malformed"
        ),
        pytest.param(
            lambda place: folder_of(place, lambda bad: os.close(os.open(bytes(bad.parent) + b"/\xff.json", os.O_CREAT))),
            "/?.json: error[IAM601]: the path is not UTF-8",
            id="folder/name-is-not-utf-8",
        ),
    ],
)
def test_a_source_that_cannot_be_read_is_named(run: Run, built: Path, snapshot: Snapshot, tmp_path: Path, make: Make, message: str) -> None:
    before = snapshot(built)
    source = tmp_path / "source"
    make(source)
    result = run("build", source, "-o", built)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith(str(source))
    assert message in result.stderr
    assert snapshot(built) == before


def test_a_name_that_is_too_long_is_refused(run: Run) -> None:
    name = "a" * 300
    result = run("check", name)
    assert result.returncode == 2
    assert f"{name}: error[IAM601]: cannot be read: file name too long" in result.stdout


def test_the_problems_of_all_sources_are_told_at_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[")
    (tmp_path / "b.json").write_text('{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": "s3:GetObject"}]}')
    result = run("build", tmp_path / "a.json", tmp_path / "missing.json", tmp_path / "b.json", "-o", tmp_path / "out")
    assert [line.partition(str(tmp_path))[2].partition(": error")[0] for line in result.stderr.splitlines() if ": error[" in line] == [
        "/a.json:1:2",
        "/b.json:1:41",
        "/b.json:1:52",
        "/missing.json",
    ]
    assert not (tmp_path / "out").exists()


def test_a_folder_named_like_a_policy_is_a_folder(run: Run, tmp_path: Path) -> None:
    inner = tmp_path / "policies" / "x.json"
    inner.mkdir(parents=True)
    (inner / "y.json").write_text(POLICY)
    run("build", tmp_path / "policies", "-o", tmp_path / "out").check_returncode()
    assert (tmp_path / "out" / "iam" / "policies" / "x_json_y.rego").is_file()


@pytest.mark.parametrize(
    ("arguments", "content", "message"),
    [
        pytest.param(
            ["--param", "x"],
            "",
            "x: error[IAM601]: cannot be read: no such file or directory\n   = help: bind one placeholder by NAME=VALUE, or name",
            id="pair/without-equals",
        ),
        pytest.param(["--param", "x=1", "--param", "x=2"], "", "--param: error[IAM610]: the parameter `x` has two values", id="pair/twice"),
        pytest.param(["--params", "{bad}"], "x = ", "{bad}:1:5: error[IAM610]: this is neither JSON nor TOML", id="file/truncated-toml"),
        pytest.param(["--params", "{bad}"], '{"x": 1}', "{bad}:1:7: error[IAM607]: ", id="file/wrong-type-in-json"),
        pytest.param(["--params", "{bad}"], "x = 1", "{bad}: error[IAM610]: a parameter must be a string: `x`", id="file/wrong-type"),
        pytest.param(["--params", "{bad}"], '{"x": "1", "x": "2"}', "{bad}:1:12: error[IAM009]: ", id="file/twice-in-json"),
        pytest.param(["--params", "{bad}"], 'x = "1"\nx = "2"', "{bad}:2:8: error[IAM610]: ", id="file/twice-in-toml"),
        pytest.param(["--params", "{bad}/none"], "", "{bad}/none: error[IAM601]: cannot be read: not a directory", id="file/unreadable"),
    ],
)
def test_parameters_that_cannot_be_used_are_named(
    run: Run, built: Path, policy: Path, snapshot: Snapshot, tmp_path: Path, arguments: list[str], content: str, message: str
) -> None:
    before = snapshot(built)
    bad = tmp_path / "bad.params"
    bad.write_text(content)
    result = run("build", policy, "-o", built, *(each.replace("{bad}", str(bad)) for each in arguments))
    assert result.returncode == 2
    assert result.stderr.startswith(message.replace("{bad}", str(bad)))
    assert snapshot(built) == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("", ": error[IAM611]: there is no request in it", id="empty"),
        pytest.param("{", ":1:2: error[IAM005]: ", id="truncated"),
        pytest.param("{}\n{", ":2:2: error[IAM005]: ", id="second-line-truncated"),
        pytest.param('{"a": 1,\n "a": 2}', ":2:2: error[IAM009]: ", id="duplicate"),
        pytest.param('{"context": {"a": {"b": 1, "b": 1}}}', ":1:28: error[IAM009]: ", id="duplicate-below"),
        pytest.param("[" * 100_000, ":1:65: error[IAM008]: ", id="deep"),
        pytest.param("\x00", ":1:1: error[IAM001]: ", id="nul"),
    ],
)
def test_requests_that_are_not_json_are_refused_with_their_place(
    run: Run, policy: Path, tmp_path: Path, content: str, message: str
) -> None:
    requests = tmp_path / "requests.json"
    requests.write_text(content)
    result = run("eval", policy, "--request", requests)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"{requests}{message}")


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
        pytest.param('"$@" build good.json --emit ir >/dev/full', 3, "iam2rego: error: [Errno 28]", id="full-disk"),
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
