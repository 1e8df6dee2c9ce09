"""`bundle` packs what `build` and `partition` wrote, as it was written, and nothing else."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]


def test_a_folder_becomes_the_archive_that_build_writes(run: Run, policy: Path, built: Path, tmp_path: Path) -> None:
    run("build", policy, "--bundle", tmp_path / "by-build").check_returncode()
    run("bundle", built, "-o", tmp_path / "of-folder").check_returncode()
    run("bundle", tmp_path / "by-build", "-o", tmp_path / "of-archive").check_returncode()
    assert (tmp_path / "of-folder").read_bytes() == (tmp_path / "of-archive").read_bytes() == (tmp_path / "by-build").read_bytes()


def test_what_no_build_wrote_is_not_packed(run: Run, built: Path, tmp_path: Path) -> None:
    (built / "more.rego").write_text("package more")
    run("bundle", built, "-o", tmp_path / "archive").check_returncode()
    with tarfile.open(tmp_path / "archive") as archive:
        assert "more.rego" not in archive.getnames()


def leading_out(place: Path) -> None:
    """An archive whose file would be written elsewhere."""
    manifest = {"revision": "", "roots": [""], "metadata": {"iam2rego": {"files": ["../x.rego", "data.json", ".manifest"]}}}
    with tarfile.open(place, "w:gz") as archive:
        for name, text in ((".manifest", json.dumps(manifest)), ("data.json", "{}"), ("../x.rego", "package x")):
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))


def listing_another_place(place: Path) -> None:
    place.mkdir()
    listed = {"metadata": {"iam2rego": {"files": ["../policy.json", "data.json", ".manifest"]}}, "roots": []}
    (place / ".manifest").write_text(json.dumps(listed))
    (place / "data.json").write_text("{}")


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(Path.mkdir, id="an-empty-folder"),
        pytest.param(Path.touch, id="an-empty-file"),
        pytest.param(lambda place: place.write_text("{}"), id="a-policy"),
        pytest.param(leading_out, id="an-archive-that-leads-out"),
        pytest.param(listing_another_place, id="a-folder-that-leads-out"),
    ],
)
@pytest.mark.usefixtures("policy")
def test_what_no_command_of_ours_wrote_is_refused(run: Run, tmp_path: Path, make: Callable[[Path], object]) -> None:
    place = tmp_path / "place"
    make(place)
    done = run("bundle", place, "-o", tmp_path / "archive")
    assert (done.returncode, done.stdout, (tmp_path / "archive").exists()) == (2, "", False)
    assert done.stderr.startswith(f"{place}: error[IAM612]: was not written by `build` or `partition`")


def test_a_file_that_is_missing_is_noticed(run: Run, built: Path, tmp_path: Path) -> None:
    (built / "iam" / "policies" / "policy.rego").unlink()
    assert run("bundle", built, "-o", tmp_path / "archive").returncode == 2


def test_nothing_to_write_is_a_mistake(run: Run, built: Path) -> None:
    done = run("bundle", built)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name the archive to write" in done.stderr
