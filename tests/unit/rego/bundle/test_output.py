"""A bundle's way into a folder: it replaces an earlier build and nothing else."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

import pytest

from iam2rego.ir.policy import PolicySet
from iam2rego.rego import Bundle, OutputError, compile_policies, differing_files, write
from iam2rego.rego.bundle.output import placed


@pytest.fixture
def earlier(policies: PolicySet) -> Bundle:
    return compile_policies(policies, revision="earlier")


@pytest.fixture
def bundle(other_policies: PolicySet) -> Bundle:
    return compile_policies(other_policies, revision="now")


@pytest.fixture
def out(tmp_path: Path, earlier: Bundle) -> Path:
    """A folder with an earlier build, alone in its parent."""
    folder = tmp_path / "parent" / "out"
    write(earlier, folder)
    return folder


def files(folder: Path) -> Mapping[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir())


def aside(folder: Path) -> Path:
    """Return where a build keeps the old output between its two moves."""
    return folder.with_name(f".{folder.name}.iam2rego-old")


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


def test_others_may_read_the_folder(out: Path) -> None:
    assert out.stat().st_mode & 0o777 == 0o755


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


MODULE = "iam/policies/b.rego"


def test_a_file_of_another_user_is_not_taken_over(out: Path, earlier: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has made the earlier build in a shared folder could change its files afterwards."""
    before = (out / MODULE).stat().st_ino
    with monkeypatch.context() as another:
        another.setattr(os, "geteuid", lambda: os.getuid() + 1)
        write(earlier, out)
    assert (out / MODULE).stat().st_ino != before
    assert files(out) == earlier.files


@pytest.mark.parametrize("mode", [0o666, 0o646, 0o664])
def test_a_file_that_others_may_write_to_is_not_taken_over(out: Path, earlier: Bundle, mode: int) -> None:
    (out / MODULE).chmod(mode)
    with (out / MODULE).open("a") as opened_before:
        write(earlier, out)
        opened_before.write("\nallow := true\n")
    assert (out / MODULE).stat().st_mode & 0o777 == 0o644
    assert files(out) == earlier.files


def test_a_link_is_not_taken_over(out: Path, earlier: Bundle, tmp_path: Path) -> None:
    (out / MODULE).rename(tmp_path / "elsewhere")
    (out / MODULE).symlink_to(tmp_path / "elsewhere")
    write(earlier, out)
    assert not (out / MODULE).is_symlink()
    assert files(out) == earlier.files


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(out: Path, earlier: Bundle) -> None:
    (out / MODULE).unlink()
    os.mkfifo(out / MODULE)
    write(earlier, out)
    assert files(out) == earlier.files


@pytest.mark.parametrize("make", [pytest.param(os.mkfifo, id="pipe"), pytest.param(lambda path: path.symlink_to("/dev/zero"), id="device")])
def test_a_manifest_that_is_no_file_is_not_read(out: Path, bundle: Bundle, make: Callable[[Path], None]) -> None:
    (out / ".manifest").unlink()
    make(out / ".manifest")
    with pytest.raises(OutputError, match="no build wrote"):
        write(bundle, out)


@pytest.mark.parametrize(
    ("path", "mode", "after"),
    [
        pytest.param(".", 0o700, 0o700, id="folder"),
        pytest.param(".", 0o750, 0o750, id="folder/for-a-group"),
        pytest.param(".", 0o500, 0o700, id="folder/that-we-must-change"),
        pytest.param(".", 0o777, 0o755, id="folder/open-to-all"),
        pytest.param("iam/policies", 0o710, 0o710, id="folder-inside"),
        pytest.param("data.json", 0o600, 0o600, id="file"),
        pytest.param("data.json", 0o400, 0o400, id="file/read-only"),
        pytest.param("data.json", 0o666, 0o644, id="file/open-to-all"),
        pytest.param(MODULE, 0o600, 0o600, id="file-that-stays"),
    ],
)
def test_a_rebuild_opens_nothing_that_was_closed(out: Path, earlier: Bundle, path: str, mode: int, after: int) -> None:
    (out / path).chmod(mode)
    write(Bundle({**earlier.files, "data.json": "{}"}), out)
    assert (out / path).stat().st_mode & 0o777 == after


def test_what_is_new_is_no_more_open_than_the_umask_says(tmp_path: Path, earlier: Bundle) -> None:
    before = os.umask(0o077)
    try:
        write(earlier, tmp_path / "out")
        write(earlier, tmp_path / "out")
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "out").rglob("*")} == {0}


def test_a_group_that_may_read_still_may(out: Path, bundle: Bundle) -> None:
    """OPA often runs as a user of its own, who reads the folder by its group. Root may choose any, and others one of their own."""
    group = 12345 if os.geteuid() == 0 else os.getgroups()[-1]
    os.chown(out, -1, group)
    out.chmod(0o2750)
    write(bundle, out)
    status = out.stat()
    assert (status.st_gid, status.st_mode & 0o7777) == (group, 0o2750)


@pytest.mark.parametrize(("mode", "after"), [(0o600, 0o600), (0o640, 0o640), (0o666, 0o644)])
def test_an_archive_opens_no_more_than_before(tmp_path: Path, mode: int, after: int) -> None:
    archive = tmp_path / "bundle.tar.gz"
    archive.write_bytes(b"old")
    archive.chmod(mode)
    with placed(b"new", archive):
        pass
    assert (archive.read_bytes(), archive.stat().st_mode & 0o777) == (b"new", after)


def test_what_another_user_put_under_the_name_of_an_earlier_output_is_not_restored(
    out: Path, earlier: Bundle, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_between_the_moves(out)
    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(Path, "lstat", lambda path: os.stat_result((0o40755, 0, 0, 2, os.getuid() + (path == aside(out)), 0, 0, 0, 0, 0)))
    with pytest.raises(PermissionError):
        write(bundle, out)
    assert not out.exists()
    assert files(aside(out)) == earlier.files


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


def refuse(*_: object) -> NoReturn:
    raise PermissionError("read-only")


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


def killed_between_the_moves(out: Path) -> None:
    out.rename(aside(out))


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


def test_the_same_files_do_not_differ(out: Path, earlier: Bundle) -> None:
    assert differing_files(earlier, out) == []


def test_changed_missing_and_surplus_files_differ_in_order(out: Path, earlier: Bundle) -> None:
    (out / "iam" / "policies" / "b.rego").write_text("changed")
    (out / "data.json").unlink()
    (out / "notes.txt").write_text("surplus")
    assert differing_files(earlier, out) == ["data.json", "iam/policies/b.rego", "notes.txt"]


def test_all_files_differ_from_an_absent_folder(tmp_path: Path, bundle: Bundle) -> None:
    assert differing_files(bundle, tmp_path / "absent") == sorted(bundle.files)
