"""The cache gives what it was given or nothing, takes so much room and no more, and never fails."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from iam2rego.building import Cache, cache


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "caches" / "compiled"


def opened(folder: Path) -> Cache:
    found = Cache.at(folder)
    assert found
    return found


def test_what_was_put_is_there_for_the_next_process(folder: Path) -> None:
    opened(folder).put("key", b"content")
    assert opened(folder).get("key") == b"content"
    assert opened(folder).get("other") is None


def test_nobody_else_may_read_it(folder: Path) -> None:
    opened(folder).put("key", b"content")
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
    opened(folder).put("key", b"content")
    spoil(folder / "key")
    assert opened(folder).get("key") is None


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
    cache.put("key", b"content")
    cache.trim()
    assert cache.get("key") is None


def test_a_full_disk_is_no_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = opened(folder)

    def refuse(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    full.put("key", b"content")
    assert list(folder.iterdir()) == []


def test_what_was_used_last_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    kept = opened(folder)
    for age, key in ((5, "a"), (3, "b"), (4, "c")):
        kept.put(key, b"-" * 68)  # with its digest, a hundred bytes
        os.utime(folder / key, (now - age * 86400,) * 2)
    assert kept.get("a")
    monkeypatch.setattr(cache, "MOST", 250)
    kept.trim()
    assert sorted(path.name for path in folder.iterdir()) == ["a", "b"]
