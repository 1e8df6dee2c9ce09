"""Engines that others wrote, as `test --engine-command` asks them; whatever is no answer is an engine error with the scenario's place."""

import json
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.engines.compare import Answer, outcome
from iam2rego.scenarios.program import Program, run_program
from iam2rego.source import Source
from iam2rego.sources.scenario import Scenario, scenarios_of

Run: TypeAlias = Callable[..., CompletedProcess[str]]

ENGINE: Final = Path(__file__).parents[2] / "examples" / "engine" / "engine.py"
PROLOGUE: Final = "import json, os, subprocess, sys, time\ndef say(text):\n    print(text, flush=True)\n"


def python(body: str) -> list[str]:
    return [sys.executable, "-c", PROLOGUE + body]


def scenarios(count: int, action: str = "s3:GetObject", expect: str = "allowed") -> list[Scenario]:
    line = json.dumps({"name": "s", "request": {"action": action}, "expect": expect})
    return scenarios_of([Source("s.jsonl", "\n".join([line] * count))])


def answers(body: str, asked: Sequence[Scenario], seconds: float = 600) -> list[Answer]:
    with Program(python(body), seconds) as program:
        return [result.answers["program"] for result in run_program(asked, program)]


@pytest.mark.parametrize("decision", ["allowed", "explicitDeny", "implicitDeny", "invalid"])
def test_each_decision_can_be_answered(decision: str) -> None:
    body = """for line in sys.stdin: say(json.dumps({"decision": json.loads(line)["request"]["action"]}))"""
    given = answers(body, scenarios(3, action=decision, expect=decision))
    assert [outcome(each) for each in given] == [decision] * 3


NO_ANSWER: Final = 'is not an answer such as {"decision": "allowed"}'


@pytest.mark.parametrize(
    ("body", "want"),
    [
        pytest.param("say('allowed')", f"`allowed` {NO_ANSWER}", id="no-json"),
        pytest.param("""say('{"decision": "maybe"}')""", f'`{{"decision": "maybe"}}` {NO_ANSWER}', id="no-decision"),
        pytest.param("""say('{"decision": "allowed", "errors": []}')""", NO_ANSWER, id="another-member"),
        pytest.param("""say('{"decision": ["allowed"]}')""", NO_ANSWER, id="another-type"),
        pytest.param("say('')", f"`` {NO_ANSWER}", id="empty-line"),
        pytest.param("say('x' * 1_000_000)", f"`{'x' * 100}` {NO_ANSWER}", id="endless-line"),
        pytest.param(r"os.write(1, b'\xff\n')", f"`\N{REPLACEMENT CHARACTER}` {NO_ANSWER}", id="no-utf-8"),
        pytest.param("sys.exit(7)", "it ended with status 7 before it answered", id="ends"),
        pytest.param("os.kill(os.getpid(), 9)", "it ended with status -9 before it answered", id="is-killed"),
    ],
)
def test_what_is_no_answer_is_an_error(body: str, want: str) -> None:
    (given,) = answers(f"sys.stdin.readline(); {body}", scenarios(1))
    assert str(given).startswith("error: ")
    assert want in str(given)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("for line in sys.stdin: pass", id="never-answers"),
        pytest.param("time.sleep(600)", id="never-reads"),
        pytest.param("subprocess.run(['sleep', '600'])", id="waits-for-another"),
    ],
)
def test_an_answer_that_does_not_come_is_an_error(body: str) -> None:
    (given,) = answers(body, scenarios(1, action="a" * 200_000), seconds=0.5)
    assert given == "error: no answer within 0.5 seconds"


def test_a_program_that_failed_is_started_anew() -> None:
    given = answers("""sys.stdin.readline(); say('{"decision": "allowed"}')""", scenarios(3))
    assert [outcome(each)[:7] for each in given] == ["allowed", "error: ", "allowed"]


def typed(run: Run, command: str, count: int, *options: str) -> CompletedProcess[str]:
    lines = "\n".join(each.text for each in scenarios(count))
    return run("test", "-", "--engine-command", command, *options, stdin=lines)


def test_a_failed_scenario_is_named_with_its_place(run: Run) -> None:
    done = typed(run, shlex.join(python("""for line in sys.stdin: say('{"decision": "explicitDeny"}')""")), 2)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "-:1:1: s: expected allowed, program decided explicitDeny",
        "-:2:1: s: expected allowed, program decided explicitDeny",
        "0 passed, 2 failed",
    ]


def test_a_program_that_is_not_there_is_an_error_with_the_place(run: Run) -> None:
    done = typed(run, "no-such-engine", 1)
    assert done.returncode == 3
    assert done.stdout.startswith("-:1:1: s: expected allowed, program decided error: `no-such-engine` does not start: no such file")


def test_a_program_that_fails_and_fails_is_given_up(run: Run) -> None:
    done = typed(run, "false", 11)
    assert (done.returncode, done.stdout) == (3, "")
    assert "the program failed 10 times in a row, most recently at -:10:1: error: it" in done.stderr


@pytest.mark.parametrize(
    ("command", "options", "message"),
    [
        pytest.param("", (), "the command is empty", id="empty"),
        pytest.param("a 'b", (), "is not a command: no closing quotation", id="open-quote"),
        pytest.param("a", ("--engine", "native"), "an engine of yours is run alone", id="another-engine"),
        pytest.param("a", ("--param", "b=c"), "and binds no placeholders", id="parameter"),
    ],
)
def test_a_command_that_cannot_be_meant_is_refused(run: Run, command: str, options: tuple[str, ...], message: str) -> None:
    done = typed(run, command, 1, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    ("effect", "action", "resource", "more", "want"),
    [
        pytest.param("Allow", "s3:get*", "arn:aws:s3:::b/?", {}, "allowed", id="allowed"),
        pytest.param("Deny", "S3:*", "*", {}, "explicitDeny", id="denied"),
        pytest.param("Allow", "s3:GetObject", "arn:aws:s3:::b", {}, "implicitDeny", id="another-resource"),
        pytest.param("Allow", "s3:GetObject", "*", {"Condition": {}}, "implicitDeny", id="condition"),
    ],
)
def test_the_example_engine_knows_what_it_says(
    run: Run, effect: str, action: str, resource: str, more: dict[str, object], want: str
) -> None:
    policy = {"Version": "2012-10-17", "Statement": {"Effect": effect, "Action": action, "Resource": resource, **more}}
    request = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}
    scenario = {"name": "s", "policies": {"identity": [policy]}, "request": request, "expect": want}
    done = run("test", "-", "--engine-command", shlex.join([sys.executable, str(ENGINE)]), stdin=json.dumps(scenario))
    assert (done.returncode, done.stdout) == (0, "1 passed, 0 failed\n")
