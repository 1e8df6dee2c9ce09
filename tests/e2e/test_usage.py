"""`usage` reads what a real OPA has logged."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from tests.support.bundles import bundled
from tests.support.processes import eventually
from tests.support.servers import answering, started

Run: TypeAlias = Callable[..., CompletedProcess[str]]

POLICY: Final = """{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Read", "Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"},
    {"Sid": "Never", "Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}
  ]
}
"""
GATEWAY: Final = """kind = "http"
trusted_proxy = true

[principal]
arn = "arn:aws:iam::123456789012:user/u"

[[routes]]
method = "GET"
path = "/{bucket}/{key}"
action = "s3:GetObject"
resource = "arn:aws:s3:::{bucket}/{key}"
"""
ACTIONS: Final = ("s3:GetObject", "s3:GetObject", "s3:PutObject", "s3:DeleteBucket")
EVENT: Final = {"path": "iam/authz/allow", "input": None, "result": True}


def question(action: str) -> dict[str, JsonValue]:
    return {"principal": "arn:aws:iam::123456789012:user/u", "action": action, "resource": "arn:aws:s3:::b", "context": {}}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A policy, in a folder of its own."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "reader.json").write_text(POLICY)
    return tmp_path / "policies"


def uploaded(
    run: Run,
    opa: Binary,
    source: Path,
    tmp_path: Path,
    ask: Callable[[Client], None],
    count: int,
    *words: str,
    build: tuple[str | Path, ...] = (),
) -> Path:
    """The folder of what an OPA uploads that is asked by ``ask``, ``count`` times, about what is made of ``source``."""
    folder, archive, config = tmp_path / "logs", tmp_path / "policies.tar.gz", tmp_path / "opa.yaml"
    folder.mkdir()

    def keep(upload: bytes) -> None:
        (folder / f"{len(list(folder.iterdir()))}.gz").write_bytes(upload)

    with answering(lambda path: (archive.read_bytes() if path == "/policies.tar.gz" else b"", {}), keep) as address:
        beside = ("--opa-config", config, "--bundles-url", f"http://{address}")
        bundled(run, source, "-o", archive, *beside, *words, build=build)
        settings = ("service=bundles", "reporting.min_delay_seconds=1", "reporting.max_delay_seconds=1")
        told = [word for each in settings for word in ("--set", f"decision_logs.{each}")]
        printed = tmp_path / "printed.log"
        with started(opa, "--config-file", config, *told, "--log-level", "info", log=printed) as client:
            ask(client)
            assert eventually(lambda: sum(len(json.loads(gzip.decompress(each.read_bytes()))) for each in folder.iterdir()) == count)
    return folder


@pytest.fixture
def logs(run: Run, opa: Binary, source: Path, tmp_path: Path) -> Path:
    """What an OPA uploads and prints of some decisions by it."""

    def ask(client: Client) -> None:
        for action in ACTIONS:
            client.decide("iam", question(action))

    return uploaded(run, opa, source, tmp_path, ask, len(ACTIONS))


def check(found: Any) -> None:
    assert found["decisions"] == {"allowed": 2, "explicitDeny": 1, "implicitDeny": 1}
    assert list(found["revisions"].values()) == [4]
    (policy,) = found["policies"]
    assert [each["decided"] for each in policy["statements"]] == [2, 1]
    assert policy["statements"][0]["never_used_actions"] == ["s3:List*"]
    read, never = policy["narrower"]["Statement"]
    assert (read["Action"], read["Resource"]) == (["s3:GetObject"], ["arn:aws:s3:::b"])
    assert never == {"Sid": "Never", "Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}


def test_what_opa_uploads_and_what_it_prints_tell_the_same(run: Run, source: Path, logs: Path, tmp_path: Path) -> None:
    uploaded = run("usage", logs, source, "--format", "json")
    printed = run("usage", "-", source, "--format", "json", stdin=(tmp_path / "printed.log").read_bytes())
    for done in (uploaded, printed):
        assert (done.returncode, done.stderr) == (0, "")
        check(json.loads(done.stdout))
    assert json.loads(printed.stdout)["passed_over"]["events other than decisions about requests"] > 0


def test_people_read_what_was_used(run: Run, source: Path, logs: Path) -> None:
    text = run("usage", logs, source).stdout
    assert text.splitlines()[0].endswith(": 2 allowed, 1 implicitly denied, 1 explicitly denied")
    assert (
        "  Allow `Read` decided 2 times\n    actions: s3:GetObject 2\n    resources: arn:aws:s3:::b 2\n    never used: s3:List*\n" in text
    )


def test_what_a_gateway_asks_is_told_as_the_request_that_it_becomes(run: Run, opa: Binary, source: Path, tmp_path: Path) -> None:
    (tmp_path / "gateway.toml").write_text(GATEWAY)

    def ask(client: Client) -> None:
        for path in ("/b/k", "/b/k", "/b"):
            client.document("iam/gateway/response", json.dumps({"method": "GET", "path": path, "headers": {"cookie": "c"}}))

    before = ("--gateway", tmp_path / "gateway.toml")
    folder = uploaded(run, opa, source, tmp_path, ask, 3, "--mask", "x-token", build=before)
    found = json.loads(run("usage", folder, source, "--format", "json").stdout)
    assert (found["decisions"], found["without_request"]) == ({"allowed": 2, "explicitDeny": 0, "implicitDeny": 1}, 1)
    (read, never) = found["policies"][0]["statements"]
    assert (read["actions"], read["resources"], never["decided"]) == ({"s3:GetObject": 2}, {"arn:aws:s3:::b/k": 2}, 0)


def test_logs_of_allow_are_told_to_be_less(run: Run, source: Path) -> None:
    done = run("usage", "-", source, stdin=json.dumps(EVENT))
    assert done.returncode == 0
    assert "so these counts are minimums" in done.stdout
    assert "no narrower policy is suggested" in done.stdout
    assert "\n  narrower" not in done.stdout


def test_what_is_no_json_is_told(run: Run, source: Path) -> None:
    done = run("usage", "-", source, stdin=f"{json.dumps(EVENT)}\nfatal: no\n")
    assert done.returncode == 0
    assert "-: warning[IAM601]: line 2 is not JSON: it is skipped" in done.stderr
    assert "lines that could not be read: 1\n" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("missing", "policies"), "missing: error[IAM601]: cannot be read", id="no-logs"),
        pytest.param(("empty", "policies"), "there is no decision of `data.iam` in the logs", id="no-decision"),
        pytest.param(("log", "policies", "--package", "company"), "there is no decision of `data.company`", id="another-package"),
        pytest.param(("log", "missing"), "missing: error[IAM601]: cannot be read", id="no-policies"),
        pytest.param(("-", "-"), "stdin holds the logs or a policy", id="stdin-twice"),
    ],
)
@pytest.mark.usefixtures("source")
def test_what_cannot_be_told_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").touch()
    Path("log").write_text(json.dumps(EVENT))
    done = run("usage", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.replace("│", " ").split())
