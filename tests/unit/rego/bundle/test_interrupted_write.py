"""A write that fails or is killed leaves the earlier build, or the next one brings it back."""

from pathlib import Path

import pytest

from iam2rego.rego.bundle.assemble import Bundle
from iam2rego.rego.bundle.errors import OutputError
from iam2rego.rego.bundle.output import write
from tests.unit.rego.bundle.outputs import aside, beside, files, killed_between_the_moves, refuse


def test_a_file_in_the_way_is_left_alone(tmp_path: Path, bundle: Bundle) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError):
        write(bundle, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_parent_that_cannot_be_made_is_the_surroundings_fault(tmp_path: Path, bundle: Bundle) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OSError, match="file"):
        write(bundle, tmp_path / "file" / "out")
    assert (tmp_path / "file").read_text() == "mine"


def test_when_nothing_can_be_written_the_earlier_build_stays(
    out: Path, earlier: Bundle, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(PermissionError):
        write(bundle, out)
    assert files(out) == earlier.files
    assert beside(out) == ["out"]


def test_when_the_new_folder_cannot_be_moved_the_earlier_build_comes_back(
    out: Path, earlier: Bundle, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, old_ways = Path.rename, {out, aside(out)}

    def rename_but_the_new(self: Path, target: Path) -> Path:
        return rename(self, target) if {self, target} == old_ways else refuse()

    monkeypatch.setattr(Path, "rename", rename_but_the_new)
    with pytest.raises(PermissionError):
        write(bundle, out)
    assert files(out) == earlier.files
    assert beside(out) == ["out"]


def test_what_a_killed_build_moved_aside_is_replaced(out: Path, bundle: Bundle) -> None:
    killed_between_the_moves(out)
    write(bundle, out)
    assert files(out) == bundle.files
    assert beside(out) == ["out"]


def test_what_a_killed_build_moved_aside_is_restored_even_if_this_one_fails(
    out: Path, earlier: Bundle, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_between_the_moves(out)
    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(PermissionError):
        write(bundle, out)
    assert files(out) == earlier.files


def test_what_was_moved_aside_does_not_replace_what_came_since(out: Path, earlier: Bundle, bundle: Bundle) -> None:
    killed_between_the_moves(out)
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    with pytest.raises(OutputError):
        write(bundle, out)
    assert files(out) == {"notes.txt": "mine"}
    assert files(aside(out)) == earlier.files
