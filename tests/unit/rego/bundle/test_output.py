"""A bundle's way into a folder: it replaces an earlier build and nothing else."""

import os
import re
from pathlib import Path

import pytest

from iam2rego.rego.bundle.assemble import Bundle
from iam2rego.rego.bundle.errors import OutputError
from iam2rego.rego.bundle.output import differing_files, write
from tests.unit.rego.bundle.outputs import beside, files, refuse


def test_an_absent_folder_is_made_with_its_parents(tmp_path: Path, bundle: Bundle) -> None:
    write(bundle, tmp_path / "a" / "b")
    assert files(tmp_path / "a" / "b") == bundle.files
    assert beside(tmp_path / "a" / "b") == ["b"]


def test_an_empty_folder_is_filled(tmp_path: Path, bundle: Bundle) -> None:
    (tmp_path / "out").mkdir()
    write(bundle, tmp_path / "out")
    assert files(tmp_path / "out") == bundle.files


def test_an_earlier_build_is_replaced_and_nothing_of_it_is_left(out: Path, bundle: Bundle) -> None:
    write(bundle, out)
    assert files(out) == bundle.files
    assert beside(out) == ["out"]


def test_a_folder_may_be_a_link(tmp_path: Path, out: Path, bundle: Bundle) -> None:
    link = tmp_path / "link"
    link.symlink_to(out)
    write(bundle, link)
    assert link.is_symlink()
    assert files(out) == bundle.files


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("notes.txt", id="a-file"),
        pytest.param("iam/policies/mine.rego", id="a-module-among-ours"),
        pytest.param(".hidden", id="a-hidden-file"),
    ],
)
def test_a_folder_with_a_foreign_file_is_left_alone(out: Path, earlier: Bundle, bundle: Bundle, path: str) -> None:
    (out / path).write_text("mine")
    with pytest.raises(OutputError, match=re.escape(path)):
        write(bundle, out)
    assert files(out) == {**earlier.files, path: "mine"}
    assert beside(out) == ["out"]


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="no-json"),
        pytest.param("[]", id="no-object"),
        pytest.param('{"roots": ["iam"]}', id="of-another-bundle"),
        pytest.param('{"metadata": {"iam2rego": {"files": ".manifest"}}}', id="files-are-no-list"),
    ],
)
def test_a_manifest_that_no_build_wrote_is_foreign_itself(tmp_path: Path, bundle: Bundle, manifest: str) -> None:
    (tmp_path / ".manifest").write_text(manifest)
    with pytest.raises(OutputError, match=r"\.manifest"):
        write(bundle, tmp_path)
    assert files(tmp_path) == {".manifest": manifest}


def test_an_earlier_build_that_lacks_a_file_is_still_one(out: Path, bundle: Bundle) -> None:
    (out / "data.json").unlink()
    write(bundle, out)
    assert files(out) == bundle.files


def test_a_file_that_has_not_changed_is_not_written_again(out: Path, earlier: Bundle) -> None:
    before = (out / "iam" / "policies" / "b.rego").stat()
    write(earlier, out)
    after = (out / "iam" / "policies" / "b.rego").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert after.st_nlink == 1


def test_a_file_that_was_edited_is_put_right(out: Path, earlier: Bundle) -> None:
    (out / "iam" / "policies" / "b.rego").write_text("changed")
    write(earlier, out)
    assert files(out) == earlier.files


def test_a_file_that_another_build_puts_there_meanwhile_is_not_taken_over(
    out: Path, earlier: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def late(target: str, file: str) -> None:
        Path(target).unlink()
        Path(target).write_text("of another build")
        link(target, file)

    monkeypatch.setattr(os, "link", late)
    write(earlier, out)
    assert files(out) == earlier.files


def test_files_are_written_where_there_are_no_links(out: Path, earlier: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refuse)
    write(earlier, out)
    assert files(out) == earlier.files


def test_the_same_files_do_not_differ(out: Path, earlier: Bundle) -> None:
    assert differing_files(earlier, out) == []


def test_changed_missing_and_surplus_files_differ_in_order(out: Path, earlier: Bundle) -> None:
    (out / "iam" / "policies" / "b.rego").write_text("changed")
    (out / "data.json").unlink()
    (out / "notes.txt").write_text("surplus")
    assert differing_files(earlier, out) == ["data.json", "iam/policies/b.rego", "notes.txt"]


def test_all_files_differ_from_an_absent_folder(tmp_path: Path, bundle: Bundle) -> None:
    assert differing_files(bundle, tmp_path / "absent") == sorted(bundle.files)
