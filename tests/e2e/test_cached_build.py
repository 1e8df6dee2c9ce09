"""A build that finds what it needs in the cache prints and writes what one without a cache does."""

from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

from iam2rego.cli.shared import compiling

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Snapshot: TypeAlias = Callable[[Path], Mapping[str, bytes]]

STATEMENT = '{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"StringLikes": {}}}'
WARNED = f'{{"Version": "2012-10-17",\n "Statement": {STATEMENT}}}'


@pytest.fixture
def warned(tmp_path: Path) -> Path:
    """A policy with a warning."""
    path = tmp_path / "warned.json"
    path.write_text(WARNED)
    return path


def test_a_cached_build_warns_and_writes_as_the_first_did(run: Run, warned: Path, tmp_path: Path, snapshot: Snapshot, cache: Path) -> None:
    first, second = (run("build", warned, "-o", tmp_path / name, "--quiet") for name in ("first", "second"))
    assert len(list((cache / "compiled").iterdir())) == 1
    assert (first.returncode, first.stdout) == (0, "")
    assert "warned.json:2:" in first.stderr
    assert "warning[IAM301]" in first.stderr
    assert second.stderr == first.stderr
    assert snapshot(tmp_path / "second") == snapshot(tmp_path / "first")


def test_a_spoilt_cache_does_no_harm(run: Run, warned: Path, tmp_path: Path, snapshot: Snapshot, cache: Path) -> None:
    run("build", warned, "-o", tmp_path / "first").check_returncode()
    (kept,) = (cache / "compiled").iterdir()
    kept.write_bytes(kept.read_bytes()[::-1])
    run("build", warned, "-o", tmp_path / "second").check_returncode()
    assert snapshot(tmp_path / "second") == snapshot(tmp_path / "first")


def test_a_cached_build_can_be_compared(run: Run, warned: Path, tmp_path: Path) -> None:
    run("build", warned, "-o", tmp_path / "out").check_returncode()
    assert run("build", warned, "-o", tmp_path / "out", "--check").stdout == ""


def test_without_a_cache_folder_the_same_is_made(
    run: Run, warned: Path, tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build", warned, "-o", tmp_path / "cached").check_returncode()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(compiling, "cache_folder", lambda: None)
    done = run("build", warned, "-o", tmp_path / "without")
    assert (done.returncode, list((tmp_path / "here").iterdir())) == (0, [])
    assert snapshot(tmp_path / "without") == snapshot(tmp_path / "cached")
