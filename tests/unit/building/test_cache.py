"""The cache gives what it was given or nothing, takes so much room and no more, and never fails."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from iam2rego.building import Cache, cache

KEY = "0" * 64
LINES = {KEY: b'{"a":1}', "f" * 64: b""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "caches" / "compiled"


def opened(folder: Path) -> Cache:
    found = Cache.at(folder)
    assert found
    return found


def test_what_was_written_is_there_for_the_next_process(folder: Path) -> None:
    opened(folder).write("name", LINES, {})
    assert opened(folder).read("name") == LINES
    assert opened(folder).read("other") == {}


def test_the_last_to_write_is_right(folder: Path) -> None:
    one, other = opened(folder), opened(folder)
    one.write("name", LINES, {})
    other.write("name", {}, LINES)
    assert one.read("name") == {}


def test_a_small_change_writes_a_part(folder: Path) -> None:
    kept = opened(folder)
    kept.write("name", LINES, {})
    before = (folder / "name-0").stat().st_ino
    kept.write("name", {KEY: LINES[KEY], "f" + "0" * 63: b"{}"}, LINES)
    assert (folder / "name-0").stat().st_ino == before
    assert kept.read("name") == {KEY: LINES[KEY], "f" + "0" * 63: b"{}"}


def test_nobody_else_may_read_it(folder: Path) -> None:
    opened(folder).write("name", LINES, {})
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:-1]), id="cut-off"),
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes() + b" "), id="longer"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:-1] + b"!"), id="one-byte"),
        pytest.param(lambda file: file.unlink(), id="gone"),
        pytest.param(lambda file: (file.unlink(), file.mkdir()), id="a-folder"),
    ],
)
def test_what_is_spoilt_is_nothing(folder: Path, spoil: Callable[[Path], object]) -> None:
    opened(folder).write("name", LINES, {})
    spoil(folder / "name-0")
    assert opened(folder).read("name") == {"f" * 64: b""}


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777], ids=["group", "others", "all"])
def test_a_folder_that_others_may_write_to_is_not_used(folder: Path, mode: int) -> None:
    folder.mkdir(parents=True)
    folder.chmod(mode)
    assert Cache.at(folder) is None


def test_a_folder_of_somebody_else_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True)
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    assert Cache.at(folder) is None


def test_without_a_folder_there_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert Cache.at(tmp_path / "file" / "cache") is None


def test_a_folder_that_goes_is_no_failure(folder: Path) -> None:
    cache = opened(folder)
    folder.rmdir()
    cache.write("name", LINES, {})
    assert cache.read("name") == {}


def test_a_full_disk_is_no_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = opened(folder)

    def refuse(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    full.write("name", LINES, {})
    assert list(folder.iterdir()) == []


def test_what_was_used_last_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = opened(folder)
    for age, name in ((5, "a"), (3, "b"), (4, "c")):
        kept.write(name, {KEY: b"-" * 4}, {})  # with its digest and key, a hundred bytes
        os.utime(folder / f"{name}-0", (age * 1e6, 1e9 - age * 1e6))
    assert kept.read("a")
    monkeypatch.setattr(cache, "MOST", 350)
    kept.write("d", {KEY: b"-" * 4}, {})
    assert sorted(path.name for path in folder.iterdir()) == ["a-0", "b-0", "d-0"]
