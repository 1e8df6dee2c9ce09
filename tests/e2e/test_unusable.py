"""Inputs that cannot be used: each is named with its place, and nothing is written."""

import os
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
        pytest.param(
            Path.mkdir,
            "error[IAM603]: the folder holds no `*.json`, `*.jsonc`, `*.yaml`, `*.yml` or `*.template` file",
            id="empty-folder",
        ),
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
        pytest.param(["--params", "{bad}"], "x = ", "{bad}:1:5: error[IAM610]: this is not TOML", id="file/truncated-toml"),
        pytest.param(["--params", "{bad}"], '{"x": 1}', "{bad}:1:7: error[IAM607]: ", id="file/wrong-type-in-json"),
        pytest.param(
            ["--params", "{bad}"],
            "x = 1",
            "{bad}:1:5: error[IAM607]: the parameter `x` must be a string",
            id="file/wrong-type",
        ),
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
