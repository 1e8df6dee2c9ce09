"""Whose a bundle's files are, and who may read them: nothing of another user is taken over, and nothing is opened."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from iam2rego.rego.bundle.assemble import Bundle
from iam2rego.rego.bundle.errors import OutputError
from iam2rego.rego.bundle.output import placed, write
from tests.unit.rego.bundle.outputs import aside, files, killed_between_the_moves, refuse


def test_others_may_read_the_folder(out: Path) -> None:
    assert out.stat().st_mode & 0o777 == 0o755


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
