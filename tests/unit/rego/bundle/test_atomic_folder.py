"""Folders to work in: gone after the work, and those of killed processes gone with the next work at the same place."""

import os
from pathlib import Path

import pytest

from iam2rego.rego.bundle.atomic_folder import scratch


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_gone_with_all_that_is_in_it(tmp_path: Path) -> None:
    with scratch(tmp_path / "out") as folder:
        assert folder.parent == tmp_path
        (folder / "deep" / "er").mkdir(parents=True)
    assert names(tmp_path) == []


def test_a_folder_that_was_moved_away_is_no_problem(tmp_path: Path) -> None:
    with scratch(tmp_path / "out") as folder:
        folder.rename(tmp_path / "moved")
    assert names(tmp_path) == ["moved"]


def fail(place: Path) -> None:
    with scratch(place):
        raise KeyboardInterrupt


def test_a_folder_is_gone_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        fail(tmp_path / "out")
    assert names(tmp_path) == []


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".out.iam2rego-new-abcd_123" / "new").mkdir(parents=True)
    with scratch(tmp_path / "out"):
        assert not (tmp_path / ".out.iam2rego-new-abcd_123").exists()


def test_the_folder_of_a_process_that_lives_stays(tmp_path: Path) -> None:
    with scratch(tmp_path / "out") as one, scratch(tmp_path / "out") as two:
        assert one != two
        assert one.is_dir()


def test_a_pipe_with_the_name_of_such_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".out.iam2rego-new-abcd_123")
    with scratch(tmp_path / "out"):
        pass
    assert names(tmp_path) == [".out.iam2rego-new-abcd_123"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(".other.iam2rego-new-abcd_123", id="of-another-place"),
        pytest.param(".out.iam2rego-new-abcd_123.iam2rego-old", id="of-a-place-with-a-longer-name"),
        pytest.param(".out.iam2rego-new-mine", id="of-another-form"),
        pytest.param("out", id="the-place-itself"),
    ],
)
def test_nothing_else_is_touched(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with scratch(tmp_path / "out"):
        pass
    assert names(tmp_path) == [name]


def test_a_place_in_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), scratch(tmp_path / "none" / "out"):
        pass
