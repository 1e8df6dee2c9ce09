"""An OPA that fails to decide is an error with status 3, for every command that asks it, and never a deny."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, NoReturn, TypeAlias

import pytest

from iam2rego.engines import pace
from iam2rego.ir.decision import Decision
from iam2rego.opa import OpaError
from iam2rego.opa.answer import Answer
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from tests.e2e.unanswered import giving_up, silent
from tests.support.gateways import Gateway

Run: TypeAlias = Callable[..., CompletedProcess[str]]

ALLOWED: Final = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}
DENIED: Final = {**ALLOWED, "action": "s3:PutObject"}
IMPLICIT: Final = {
    "decision": "implicitDeny",
    "matched_statements": [],
    "denied_by": ["identity"],
    "missing_context_keys": [],
    "errors": [],
}


@pytest.fixture
def requests(tmp_path: Path) -> Path:
    file = tmp_path / "requests.jsonl"
    file.write_text(f"{json.dumps(ALLOWED)}\n{json.dumps(DENIED)}\n")
    return file


def asked_for(action: str, status: int, body: bytes) -> Callable[[bytes], tuple[int, bytes] | None]:
    return lambda asked: (status, body) if action.encode() in asked else None


@pytest.fixture
def impatient() -> Iterator[None]:
    with giving_up("PutObject"):
        yield


@pytest.mark.parametrize("option", [pytest.param(("--opa-token", "secret"), id="option"), pytest.param((), id="variable")])
def test_a_running_opa_decides(
    run: Run, gateway: Gateway, policy: Path, requests: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...]
) -> None:
    gateway.token = "secret"
    monkeypatch.setenv("IAM2REGO_OPA_TOKEN", "another" if option else "secret")
    done = run("eval", policy, "--request", requests, "--engine", "opa", "--opa-url", gateway.url, "--format", "json", *option)
    assert [json.loads(line)["decision"] for line in done.stdout.splitlines()] == ["allowed", "implicitDeny"]
    assert (done.returncode, done.stderr) == (0, "")
    assert gateway.asked == ["/v1/data/iam/authz"] * 2


def test_a_running_opa_conforms(run: Run, gateway: Gateway, policy: Path, opa: Binary) -> None:
    done = run("conform", policy, "--opa-url", gateway.url, "--format", "json")
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    assert (report["opa_version"], report["disagreements"], report["policies"]) == (opa.version, [], 1)


def test_a_running_opa_with_other_policies_does_not_conform(run: Run, gateway: Gateway, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}}')
    done = run("conform", other, "--opa-url", gateway.url, "--format", "json")
    assert done.returncode == 1
    assert {"native": "allowed", "opa": "implicitDeny"} in [
        {engine: each[engine]["decision"] for engine in ("native", "opa")} for each in json.loads(done.stdout)["disagreements"]
    ]


SPOILED: Final = [
    pytest.param(asked_for("PutObject", 500, b'{"code": "internal_error"}'), "HTTP status 500", id="500"),
    pytest.param(asked_for("PutObject", 503, b"<html>"), "HTTP status 503: <html>", id="503"),
    pytest.param(asked_for("PutObject", 200, b"{}"), "no result", id="no-result"),
    pytest.param(asked_for("PutObject", 200, b'{"result": {"allow": false}}'), "result.decision", id="undefined-decision"),
    pytest.param(asked_for("PutObject", 200, b'{"result": false}'), "is malformed", id="result-is-false"),
    pytest.param(asked_for("PutObject", 200, b""), "is malformed", id="empty"),
    pytest.param(lambda asked: silent(asked) if b"PutObject" in asked else None, "no answer within", id="time-out"),
]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("spoil", "message"), SPOILED)
def test_eval_ends_where_opa_gives_no_decision(
    run: Run,
    gateway: Gateway,
    policy: Path,
    requests: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[bytes], tuple[int, bytes] | None],
    message: str,
) -> None:
    monkeypatch.setattr(pace, "_PAUSES", ())
    gateway.spoil = spoil
    done = run("eval", policy, "--request", requests, "--engine", "opa", "--opa-url", gateway.url, "--format", "json")
    assert done.returncode == 3
    assert [json.loads(line)["decision"] for line in done.stdout.splitlines()] == ["allowed"]
    assert done.stderr.startswith("iam2rego: error: ")
    assert message in done.stderr


CONTRADICTING: Final = asked_for("PutObject", 200, json.dumps({"result": {"allow": True, "decision": IMPLICIT}}).encode())
"""An OPA whose entry points contradict each other, as in row 5 of the attacks on 8b70d39."""


def test_eval_ends_where_the_entry_points_contradict_each_other(run: Run, gateway: Gateway, policy: Path, requests: Path) -> None:
    gateway.spoil = CONTRADICTING
    done = run("eval", policy, "--request", requests, "--engine", "opa", "--opa-url", gateway.url, "--format", "json")
    assert (done.returncode, len(done.stdout.splitlines())) == (3, 1)
    said = "the entry points contradict each other: allow is true, but the decision is implicitDeny"
    assert done.stderr == f"iam2rego: error: {said}\n"


@pytest.mark.parametrize(
    ("format_", "said"),
    [
        pytest.param("text", "OPA contradicts itself, allow is true, but the decision is implicitDeny", id="text"),
        pytest.param("json", '"missing_context_keys": [], "errors": [], "allow": true}', id="json"),
        pytest.param("junit", "OPA contradicts itself, allow is true", id="junit"),
    ],
)
def test_a_contradiction_is_a_disagreement(run: Run, gateway: Gateway, policy: Path, requests: Path, format_: str, said: str) -> None:
    gateway.spoil = CONTRADICTING
    done = run("conform", policy, "--opa-url", gateway.url, "--requests", requests, "--format", format_)
    assert done.returncode == 1
    assert said in done.stdout


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("spoil", "message"), SPOILED)
def test_conform_reports_where_opa_gives_no_decision(
    run: Run,
    gateway: Gateway,
    policy: Path,
    requests: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[bytes], tuple[int, bytes] | None],
    message: str,
) -> None:
    monkeypatch.setattr(pace, "_PAUSES", ())
    gateway.spoil = spoil
    done = run("conform", policy, "--opa-url", gateway.url, "--requests", requests, "--format", "json")
    assert done.returncode == 3
    (failure,) = json.loads(done.stdout)["disagreements"]
    assert failure["request"] == DENIED
    assert failure["native"] == {**IMPLICIT, "missing_context_keys": []}
    assert failure["opa"].startswith("error: ")
    assert message in failure["opa"]


def test_conform_gives_up_an_opa_that_never_decides(run: Run, gateway: Gateway, policy: Path) -> None:
    gateway.spoil = asked_for("input", 502, b"")
    done = run("conform", policy, "--opa-url", gateway.url)
    assert (done.returncode, done.stdout) == (3, "")
    assert "the engine `opa` failed 10 times in a row: " in done.stderr
    assert gateway.asked == ["/v1/data/iam/authz?provenance=true", *["/v1/data/iam/authz"] * 10]


def test_a_wrong_token_is_an_error(run: Run, gateway: Gateway, policy: Path, requests: Path) -> None:
    gateway.token = "secret"
    done = run("eval", policy, "--request", requests, "--engine", "opa", "--opa-url", gateway.url, "--opa-token", "guess")
    assert (done.returncode, done.stdout) == (3, "")
    assert "HTTP status 401" in done.stderr
    assert "guess" not in done.stderr


@pytest.mark.parametrize("command", ["eval", "conform"])
def test_no_server_is_an_error(run: Run, policy: Path, requests: Path, command: str) -> None:
    options = {"eval": ("--request", requests, "--engine", "opa"), "conform": ()}
    done = run(command, policy, "--opa-url", "http://127.0.0.1:1", *options[command])
    assert (done.returncode, done.stdout) == (3, "")
    assert "the OPA at http://127.0.0.1:1 does not answer: Connection refused" in done.stderr


@pytest.mark.parametrize("command", [("eval", "--request", "{requests}", "--engine", "opa"), ("conform",)], ids=["eval", "conform"])
def test_another_package_than_the_one_that_is_there_is_an_error(
    run: Run, gateway: Gateway, policy: Path, requests: Path, command: tuple[str, ...]
) -> None:
    name, *options = (each.replace("{requests}", str(requests)) for each in command)
    done = run(name, policy, "--opa-url", gateway.url, "--package", "company.iam", *options)
    assert (done.returncode, done.stdout) == (3, "")
    assert "`data/company/iam/authz` has no result: this OPA has no such package" in done.stderr


@pytest.mark.parametrize("command", ["eval", "test", "conform"])
def test_no_opa_to_be_had_is_an_error(run: Run, policy: Path, requests: Path, tmp_path: Path, command: str) -> None:
    scenario = tmp_path / "scenario.json"
    scenario.write_text(json.dumps({"name": "s", "request": ALLOWED, "expect": "implicitDeny"}))
    words = {"eval": (policy, "--request", requests, "--engine", "opa"), "test": (scenario,), "conform": (policy,)}
    done = run(command, *words[command], "--opa", tmp_path / "none")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"iam2rego: error: `{tmp_path}/none`, named by --opa or IAM2REGO_OPA, is not a program\n"


def no_decision(*_: object) -> NoReturn:
    raise OpaError("gone")


@pytest.mark.usefixtures("with_opa")
@pytest.mark.parametrize(
    ("format_", "said"),
    [
        pytest.param("text", "s.json:1:1: s: expected implicitDeny, native decided implicitDeny, opa decided error: gone", id="text"),
        pytest.param("json", '"decisions": {"native": "implicitDeny", "opa": "error: gone"}, "passed": false', id="json"),
        pytest.param("junit", "s.json:1:1: s: expected implicitDeny, native decided implicitDeny, opa", id="junit"),
    ],
)
def test_a_scenario_without_a_decision_of_opa_is_an_error(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str, said: str
) -> None:
    monkeypatch.setattr(Client, "decide", no_decision)
    (tmp_path / "s.json").write_text(json.dumps({"name": "s", "request": DENIED, "expect": "implicitDeny"}))
    done = run("test", tmp_path / "s.json", "--format", format_)
    assert done.returncode == 3
    assert said in done.stdout


def contradiction(*_: object) -> Answer:
    return Answer(True, Decision.model_validate_json(json.dumps(IMPLICIT)))


@pytest.mark.usefixtures("with_opa")
def test_a_scenario_fails_where_the_entry_points_contradict_each_other(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Client, "decide", contradiction)
    (tmp_path / "s.json").write_text(json.dumps({"name": "s", "request": DENIED, "expect": "implicitDeny"}))
    done = run("test", tmp_path / "s.json")
    assert done.returncode == 1
    assert "opa decided error: allow is true, but the decision is implicitDeny" in done.stdout
