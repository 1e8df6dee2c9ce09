"""The program `opa` as an engine of its own: `--engine opa-cli` decides as the server does, and what is no answer is an error."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.opa import OpaError, command_line
from iam2rego.opa.binary import Binary

Run: TypeAlias = Callable[..., CompletedProcess[str]]

REQUEST: Final = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}
REQUESTS: Final = (REQUEST, {**REQUEST, "action": "s3:PutObject"}, {**REQUEST, "context": None})


@pytest.fixture
def requests(tmp_path: Path) -> Path:
    file = tmp_path / "requests.jsonl"
    file.write_text("".join(f"{json.dumps(each)}\n" for each in REQUESTS))
    return file


@pytest.mark.usefixtures("with_opa")
def test_eval_prints_what_the_server_says(run: Run, policy: Path, requests: Path) -> None:
    words = ("eval", policy, "--request", requests, "--format", "json", "--engine")
    server, program = (run(*words, name) for name in ("opa", "opa-cli"))
    assert (program.returncode, program.stdout, program.stderr) == (2, server.stdout, "")


@pytest.mark.usefixtures("with_opa")
def test_scenarios_run_on_three_engines(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(
        json.dumps([{"name": f"s{number}", "request": REQUEST, "expect": "implicitDeny"} for number in range(2)])
    )
    engines = ("opa-cli", "native", "opa")
    words = [word for name in engines for word in ("--engine", name)]
    done = run("test", tmp_path / "s.json", *words, "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["passed"]) == (0, 2)
    assert report["results"][1]["decisions"] == dict.fromkeys(("native", "opa", "opa-cli"), "implicitDeny")


def test_a_server_is_not_asked_by_the_program(run: Run, policy: Path, requests: Path) -> None:
    done = run("eval", policy, "--request", requests, "--engine", "opa-cli", "--opa-url", "http://127.0.0.1:1")
    assert (done.returncode, done.stdout) == (2, "")


def evaluated(value: object) -> str:
    return json.dumps({"result": [{"expressions": [{"value": value}]}]})


@pytest.mark.parametrize(
    ("answer", "status", "message"),
    [
        pytest.param("{}", 0, "`data.iam.authz` has no result", id="undefined"),
        pytest.param(evaluated({"allow": False}), 0, "value.decision: field required", id="undefined-decision"),
        pytest.param(evaluated(False), 0, "is malformed", id="a-boolean"),
        pytest.param("", 0, "is malformed", id="nothing"),
        pytest.param('{"errors": []}', 2, "`opa eval` ends with status 2: {", id="an-error"),
    ],
)
def test_what_is_no_answer_is_an_error(tmp_path: Path, answer: str, status: int, message: str) -> None:
    program = tmp_path / "opa"
    program.write_text(f"#!{sys.executable}\nprint({answer!r}, end='')\nraise SystemExit({status})\n")
    program.chmod(0o755)
    with command_line.run(Binary(program, "1.22.2"), tmp_path) as opa, pytest.raises(OpaError) as failure:
        opa.decide("iam", REQUEST)
    assert message in str(failure.value)


def test_an_answer_may_contradict_itself(tmp_path: Path) -> None:
    program = tmp_path / "opa"
    answer = evaluated({"allow": True, "decision": {"decision": "implicitDeny"}})
    program.write_text(f"#!{sys.executable}\nprint({answer!r}, end='')\n")
    program.chmod(0o755)
    with command_line.run(Binary(program, "1.22.2"), tmp_path) as opa:
        assert opa.decide("iam", REQUEST).contradicts_itself


def test_a_program_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with (
        command_line.run(Binary(tmp_path / "none", "1.22.2"), tmp_path) as opa,
        pytest.raises(OpaError, match="does not answer: no such file"),
    ):
        opa.decide("iam", REQUEST)


def test_a_program_that_does_not_end_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_line, "_SECONDS_TO_ANSWER", 0.2)
    program = tmp_path / "opa"
    program.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(600)\n")
    program.chmod(0o755)
    with command_line.run(Binary(program, "1.22.2"), tmp_path) as opa, pytest.raises(OpaError, match="no answer within"):
        opa.decide("iam", REQUEST)
