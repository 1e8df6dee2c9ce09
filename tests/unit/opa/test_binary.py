"""The order in which an OPA is looked for, and where it is kept."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from iam2rego.cache_dir import cache_folder
from iam2rego.opa import OpaError
from iam2rego.opa.binary import obtain, of_version
from iam2rego.opa.build import PINNED
from tests.unit.opa.programs import BUILDS, cached, fake_go, fake_opa, program

Program = Callable[[Path, str], Path]


def test_a_named_one_comes_first(machine: Path) -> None:
    named = fake_opa(machine / "named", "1.30.0")
    fake_opa(machine / "bin" / "opa", "1.23.0")
    found = obtain(str(named), print)
    assert (found.path, found.version) == (named, "1.30.0")


def test_a_named_one_may_have_any_version(machine: Path) -> None:
    assert obtain(str(fake_opa(machine / "named", "0.70.0-dev")), print).version == "0.70.0-dev"


def test_a_named_one_that_fails_is_not_replaced(machine: Path) -> None:
    fake_opa(machine / "bin" / "opa", "1.23.0")
    with pytest.raises(OpaError, match="`/nowhere/opa`, named by --opa or IAM2REGO_OPA, is not a program"):
        obtain("/nowhere/opa", print)


def test_then_the_one_on_path(machine: Path) -> None:
    on_path = fake_opa(machine / "bin" / "opa", "1.22.1")
    fake_opa(cached(machine), PINNED)
    assert obtain(None, print).path == on_path


def test_the_pinned_one_may_be_on_path(machine: Path) -> None:
    on_path = fake_opa(machine / "bin" / "opa", PINNED)
    fake_opa(cached(machine), PINNED)
    assert obtain(None, print, pinned=True).path == on_path


def test_another_one_on_path_is_passed_over_for_the_pinned_one(machine: Path) -> None:
    fake_opa(machine / "bin" / "opa", "1.23.0")
    fake_opa(cached(machine), PINNED)
    assert obtain(None, print, pinned=True).path == cached(machine)


@pytest.mark.parametrize("version", ["1.22.0", "0.99.9", "2.0.0"])
def test_one_on_path_of_another_version_is_passed_over(machine: Path, version: str) -> None:
    fake_opa(machine / "bin" / "opa", version)
    fake_opa(cached(machine), PINNED)
    assert obtain(None, print).path == cached(machine)


@pytest.mark.parametrize("script", ["exit 1", "echo hello", "printf '\\377'", "kill -9 $$"], ids=["fails", "is-another", "no-text", "dies"])
def test_one_on_path_that_is_none_is_passed_over(machine: Path, script: str) -> None:
    program(machine / "bin" / "opa", script)
    fake_opa(cached(machine), PINNED)
    assert obtain(None, print).path == cached(machine)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        pytest.param("exit 3", "does not report its version: it ends with status 3", id="fails"),
        pytest.param("printf '\\377'", "does not report its version: its answer is not text", id="no-text"),
        pytest.param("echo hello", "does not answer `version` as OPA does", id="is-another"),
    ],
)
def test_what_is_wrong_with_a_program_is_told_in_words(machine: Path, script: str, words: str) -> None:
    named = program(machine / "named", script)
    with pytest.raises(OpaError, match=re.escape(f"{named} {words}")):
        obtain(str(named), print)


def test_a_program_that_hangs_is_told_in_words(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iam2rego.opa.binary._SECONDS_TO_ANSWER", 0.3)
    named = program(machine / "named", "exec sleep 600")
    with pytest.raises(OpaError, match=re.escape(f"{named} does not report its version: no answer within 0 seconds")):
        obtain(str(named), print)


SHARED = [
    pytest.param("file", 0o775, id="file/group"),
    pytest.param("file", 0o757, id="file/all"),
    pytest.param("folder", 0o770, id="folder/group"),
    pytest.param("folder", 0o777, id="folder/all"),
]


def at(machine: Path, what: str) -> Path:
    return cached(machine) if what == "file" else cached(machine).parent


@pytest.mark.parametrize(("what", "mode"), SHARED)
def test_a_program_that_others_could_have_put_there_is_not_executed(machine: Path, what: str, mode: int) -> None:
    program(cached(machine), f"touch '{machine}/ran'; echo 'Version: {PINNED}'")
    at(machine, what).chmod(mode)
    with pytest.raises(OpaError, match=re.escape(f"{at(machine, what)} belongs to another user, or others may write to it")):
        obtain(None, print)
    assert not (machine / "ran").exists()


def test_a_program_of_another_user_is_not_executed(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(cached(machine), f"touch '{machine}/ran'; echo 'Version: {PINNED}'")
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    with pytest.raises(OpaError, match="belongs to another user"):
        obtain(None, print)
    with pytest.raises(OpaError, match="belongs to another user"):
        of_version(PINNED, print)
    assert not (machine / "ran").exists()


def test_a_program_that_others_may_write_to_is_built_anew(machine: Path) -> None:
    program(cached(machine), "exit 1").chmod(0o777)
    fake_go(machine / "bin" / "go", "go1.26.8", BUILDS)
    assert obtain(None, print).version == PINNED


@pytest.mark.parametrize(
    ("variable", "folder"),
    [
        pytest.param("/named", "/named/iam2rego", id="named"),
        pytest.param("relative", "/home/u/.cache/iam2rego", id="relative-is-ignored"),
        pytest.param("", "/home/u/.cache/iam2rego", id="empty-is-unset"),
    ],
)
def test_the_cache_is_the_users(monkeypatch: pytest.MonkeyPatch, variable: str, folder: str) -> None:
    monkeypatch.setenv("HOME", "/home/u")
    monkeypatch.setenv("XDG_CACHE_HOME", variable)
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder() == Path(folder)


@pytest.mark.parametrize("home", ["relative", "~", "."])
def test_no_cache_is_in_the_working_directory(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setenv("HOME", home)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert cache_folder() is None


def test_no_cache_without_any_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container whose user has no entry in `/etc/passwd`."""
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000_000)
    assert cache_folder() is None
