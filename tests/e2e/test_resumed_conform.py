"""`conform` against a busy server, and how a run goes on that was killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.engines import pace
from iam2rego.opa.binary import Binary
from tests.e2e.deployed import deployed, grow, make_older, nothing
from tests.support.gateways import Gateway, gateway_before
from tests.support.servers import open_to_all

Run: TypeAlias = Callable[..., CompletedProcess[str]]

pytestmark = pytest.mark.usefixtures("with_opa")


def test_a_running_opa_is_only_asked_to_decide(run: Run, gateway: Gateway, policy: Path) -> None:
    """The gateway takes nothing but POST, and notes the paths; the last question asks what the first did."""
    done = run("conform", policy, "--opa-url", gateway.url)
    assert done.returncode == 0
    first, *decisions, last = gateway.asked
    assert first == last == "/v1/data/iam/authz?provenance=true"
    assert {*decisions} == {"/v1/data/iam/authz"}


def test_a_running_opa_is_asked_at_the_rate_that_is_named(
    run: Run, gateway: Gateway, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question an hour: every one but the first waits, and here in no time."""
    waited: list[float] = []
    monkeypatch.setattr(pace.time, "sleep", waited.append)
    run("conform", policy, "--opa-url", gateway.url, "--rate", str(1 / 3600)).check_returncode()
    assert len(waited) == len(gateway.asked) - 1
    assert min(waited) > 3000


class Busy:
    """Answers the first questions of those for a decision with a status, and lets the gateway answer the others."""

    def __init__(self, status: int, times: int) -> None:
        self.status = status
        self.times = times

    def __call__(self, body: bytes) -> tuple[int, bytes] | None:
        if b"input" not in body or not self.times:
            return None
        self.times -= 1
        return self.status, b"later"


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_later(run: Run, gateway: Gateway, policy: Path, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    waited: list[float] = []
    monkeypatch.setattr(pace.time, "sleep", waited.append)
    gateway.spoil = Busy(status, 4)
    assert run("conform", policy, "--opa-url", gateway.url).returncode == 0
    assert waited == [1.0, 2.0, 4.0, 8.0]


def test_a_server_that_stays_busy_is_given_up(run: Run, gateway: Gateway, policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_PAUSES", (0.0,))
    gateway.spoil = Busy(503, 1000)
    done = run("conform", policy, "--opa-url", gateway.url)
    assert (done.returncode, done.stdout) == (3, "")
    assert "failed 10 times in a row: error: the OPA at" in done.stderr
    assert "HTTP status 503: later" in done.stderr


NOTING: Final = "from iam2rego.conformance import checkpoint; checkpoint._SECONDS_BETWEEN = 0; from iam2rego.cli.main import main; main()"


class Ending:
    """Ends a process, or raises, after a number of decisions."""

    def __init__(self, after: int, end: Callable[[], object]) -> None:
        self.left = after
        self.end = end

    def __call__(self, body: bytes) -> None:
        self.left -= b"input" in body
        if self.left == 0:
            self.end()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=["SIGKILL", "SIGTERM", "SIGINT"])
def test_a_run_that_was_killed_goes_on(run: Run, gateway: Gateway, policy: Path, tmp_path: Path, number: signal.Signals) -> None:
    """Two policies are compared with a bundle of one, so that the notes hold disagreements as well."""
    (tmp_path / "more.json").write_text(policy.read_text().replace("GetObject", "PutObject"))
    words = ("conform", policy, tmp_path / "more.json", "--opa-url", gateway.url, "--format", "json")
    whole = run(*words)
    notes_file = tmp_path / "notes"
    questions = len(gateway.asked)
    command = [sys.executable, "-c", NOTING, *map(str, words), "--resume", str(notes_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        gateway.spoil = Ending(questions // 2, lambda: os.kill(process.pid, number))
        process.communicate()
    assert process.returncode != 0
    noted = json.loads(notes_file.read_text())
    assert noted["disagreeing"]
    gateway.spoil = lambda _: None
    gateway.asked.clear()
    resumed = run(*words, "--resume", notes_file)
    assert (resumed.returncode, resumed.stdout, resumed.stderr) == (whole.returncode, whole.stdout, "")
    assert len(gateway.asked) == questions - noted["decided"]
    assert not notes_file.exists()


def test_a_run_that_gave_up_asks_again_what_failed(run: Run, gateway: Gateway, policy: Path, tmp_path: Path) -> None:
    words = ("conform", policy, "--opa-url", gateway.url, "--format", "json")
    whole = run(*words)
    gateway.spoil = lambda body: (502, b"") if gateway.asked.count("/v1/data/iam/authz") > 20 and b"input" in body else None
    gateway.asked.clear()
    assert run(*words, "--resume", tmp_path / "notes").returncode == 3
    assert json.loads((tmp_path / "notes").read_text())["decided"] == 20
    gateway.spoil = lambda _: None
    assert run(*words, "--resume", tmp_path / "notes").stdout == whole.stdout


def begun(run: Run, gateway: Gateway, policy: Path, file: Path) -> None:
    """Leave the notes of a run that gave up at once."""
    gateway.spoil = lambda body: (502, b"") if b"input" in body else None
    run("conform", policy, "--opa-url", gateway.url, "--resume", file)
    gateway.spoil = lambda _: None
    gateway.asked.clear()


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        pytest.param(grow, (), "these differ: sources or options", id="sources"),
        pytest.param(nothing, ("--lenient",), "these differ: sources or options", id="options"),
        pytest.param(nothing, ("--seed", "5"), "these differ: seed", id="seed"),
        pytest.param(nothing, ("--requests", "{policy}"), "these differ: requests", id="requests"),
    ],
)
def test_the_notes_of_another_run_are_refused(
    run: Run,
    gateway: Gateway,
    policy: Path,
    built: Path,
    tmp_path: Path,
    change: Callable[[Path, Path], None],
    options: tuple[str, ...],
    said: str,
) -> None:
    file = tmp_path / "notes"
    begun(run, gateway, policy, file)
    before = file.read_bytes()
    change(built, policy)
    words = [each.format(policy=policy) for each in options]
    done = run("conform", policy, "--opa-url", gateway.url, "--resume", file, *words)
    assert (done.returncode, done.stdout, file.read_bytes()) == (2, "", before)
    assert said in done.stderr
    assert gateway.asked == ["/v1/data/iam/authz?provenance=true"]


def test_the_notes_of_another_server_are_refused(
    run: Run, opa: Binary, gateway: Gateway, policy: Path, built: Path, tmp_path: Path
) -> None:
    begun(run, gateway, policy, tmp_path / "notes")
    with deployed(opa, built) as url:
        done = run("conform", policy, "--opa-url", url, "--resume", tmp_path / "notes")
    assert (done.returncode, done.stdout) == (2, "")
    assert "these differ: server" in done.stderr


def test_the_notes_before_another_bundle_are_refused(run: Run, opa: Binary, policy: Path, built: Path, tmp_path: Path) -> None:
    """The gateway is the same, and what it holds is not."""
    make_notes = ("conform", policy, "--resume", tmp_path / "notes", "--opa-url")
    with open_to_all(opa, built) as server, gateway_before(server) as gateway:
        begun(run, gateway, policy, tmp_path / "notes")
    text = (tmp_path / "notes").read_text().replace(gateway.url, "{url}")
    make_older(built, policy)
    with deployed(opa, built) as url:
        (tmp_path / "notes").write_text(text.replace("{url}", url))
        done = run(*make_notes, url)
    assert (done.returncode, done.stdout) == (2, "")
    assert "these differ: bundles" in done.stderr


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"iam2rego_conform": {}, "decided": -1, "more": 0}'])
def test_what_are_no_notes_is_refused(run: Run, gateway: Gateway, policy: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "notes").write_text(text)
    done = run("conform", policy, "--opa-url", gateway.url, "--resume", tmp_path / "notes")
    assert (done.returncode, done.stdout, (tmp_path / "notes").read_text()) == (2, "", text)
    assert "error[IAM618]: is not a checkpoint of a run" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("--rate", "5"), id="rate-without-url"),
        pytest.param(("--resume", "notes"), id="resume-without-url"),
        pytest.param(("--opa-url", "http://127.0.0.1:1", "--rate", "0"), id="rate-of-none"),
        pytest.param(("--opa-url", "http://127.0.0.1:1", "--rate", "nan"), id="rate-that-is-no-number"),
        pytest.param(("--opa-url", "http://127.0.0.1:1", "--rego", "."), id="two-outputs"),
    ],
)
def test_options_that_contradict_each_other_are_refused(run: Run, policy: Path, words: tuple[str, ...]) -> None:
    done = run("conform", policy, *words)
    assert (done.returncode, done.stdout) == (2, "")
