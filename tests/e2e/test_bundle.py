"""`bundle` packs policies as `build` does, or what `build` wrote, as it was written, and nothing else."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]

BUCKET: Final = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}"""


def test_a_folder_becomes_the_archive_that_build_writes(run: Run, policy: Path, built: Path, tmp_path: Path) -> None:
    run("build", policy, "--bundle", tmp_path / "by-build").check_returncode()
    run("bundle", built, "-o", tmp_path / "of-folder").check_returncode()
    run("bundle", tmp_path / "by-build", "-o", tmp_path / "of-archive").check_returncode()
    done = run("bundle", policy, "-o", tmp_path / "of-policies")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"wrote {tmp_path}/of-policies\n")
    for name in ("of-folder", "of-archive", "of-policies"):
        assert (tmp_path / name).read_bytes() == (tmp_path / "by-build").read_bytes()


@pytest.mark.parametrize("words", [(), ("--layout", "packed"), ("--param", "bucket=b")], ids=["modules", "packed", "parameter"])
def test_policies_are_compiled_as_build_compiles_them(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    run("build", "-", *words, "--bundle", tmp_path / "by-build", stdin=BUCKET).check_returncode()
    done = run("bundle", "-", *words, "-o", tmp_path / "by-bundle", stdin=BUCKET)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "by-bundle").read_bytes() == (tmp_path / "by-build").read_bytes()


def test_policies_with_errors_are_not_packed(run: Run, tmp_path: Path) -> None:
    done = run("bundle", "-", "-o", tmp_path / "archive", stdin=BUCKET.replace("b/*", "<bucket>/*"))
    assert (done.returncode, done.stdout, (tmp_path / "archive").exists()) == (2, "", False)
    assert "error[IAM404]: the placeholder `<bucket>` has no value" in done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("--layout", "packed"), "Invalid value for --layout: `out` was built already", id="layout"),
        pytest.param(("--param", "a=b"), "Invalid value for --param: `out` was built already", id="parameter"),
        pytest.param(("--partition-by", "account"), "Invalid value for --partition-by: `out` was built already", id="partitions"),
        pytest.param(("policy.json",), "Invalid value for SOURCE: `out` was built already: name it alone", id="policies-beside"),
    ],
)
@pytest.mark.usefixtures("built")
def test_what_was_built_is_packed_as_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("bundle", "out", *words, "-o", "archive")
    assert (done.returncode, done.stdout, (tmp_path / "archive").exists()) == (2, "", False)
    assert message in " ".join(done.stderr.split())


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
    ("make", "code"),
    [
        pytest.param(Path.mkdir, "IAM603", id="an-empty-folder"),
        pytest.param(Path.touch, "IAM003", id="an-empty-file"),
        pytest.param(lambda place: place.write_text("{}"), "IAM602", id="no-policy"),
        pytest.param(lambda place: place.write_bytes(b"\x1f\x8b"), "IAM612", id="no-archive"),
        pytest.param(leading_out, "IAM612", id="an-archive-that-leads-out"),
        pytest.param(listing_another_place, "IAM612", id="a-folder-that-leads-out"),
    ],
)
@pytest.mark.usefixtures("policy")
def test_what_is_neither_policies_nor_built_is_refused(run: Run, tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    place = tmp_path / "place"
    make(place)
    done = run("bundle", place, "-o", tmp_path / "archive")
    assert (done.returncode, done.stdout, (tmp_path / "archive").exists()) == (2, "", False)
    assert f"error[{code}]: " in done.stderr
    assert (code != "IAM612") or done.stderr.startswith(f"{place}: error[IAM612]: was not written by `build`")


def test_a_file_that_is_missing_is_noticed(run: Run, built: Path, tmp_path: Path) -> None:
    (built / "iam" / "policies" / "policy.rego").unlink()
    assert run("bundle", built, "-o", tmp_path / "archive").returncode == 2


def test_nothing_to_write_is_a_mistake(run: Run, built: Path) -> None:
    done = run("bundle", built)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name the archive to write" in done.stderr
