"""JSON Lines are streams: without the bound of a policy file, in bounded memory, their results in order; and where a line is none."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias
from xml.etree import ElementTree

import pytest

from tests.e2e.json_lines import BEYOND_A_FILE, EXPECTED, lay, said, scenario

Run: TypeAlias = Callable[..., CompletedProcess[str]]

ALLOWED: Final = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}
DENIED: Final = {**ALLOWED, "action": "s3:PutObject"}
MORE: Final = 24 * 1024
"""Kilobytes that twenty times as many scenarios may take more: an arena more or less of Python's."""

pytestmark = pytest.mark.usefixtures("with_opa")


def lines(*values: object) -> str:
    return "".join(f"{json.dumps(each)}\n" for each in values)


def padded(*values: object) -> str:
    """Lines that are together longer than a policy file may be; white space is as good as anything."""
    return "".join(f"{json.dumps(each)}{' ' * (BEYOND_A_FILE // len(values))}\n" for each in values)


def test_scenarios_may_be_longer_than_a_policy_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "s.jsonl"
    count = lay(file, BEYOND_A_FILE, BEYOND_A_FILE // 5)
    done = run("test", file, "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["passed"], report["failed"]) == (0, count, 0)
    assert [each["decisions"] for each in report["results"]] == [
        {"native": decision, "opa": decision} for decision in (EXPECTED[number % 3] for number in range(count))
    ]


@pytest.mark.parametrize("source", ["-", "requests.json"])
def test_requests_may_be_longer_than_a_policy_file(run: Run, tmp_path: Path, policy: Path, source: str) -> None:
    text = padded(*[ALLOWED, DENIED] * 4)
    named = source if source == "-" else tmp_path / source
    (tmp_path / "requests.json").write_text(text)
    done = run("eval", policy, "--request", named, "--format", "json", stdin=text)
    assert [json.loads(line)["decision"] for line in done.stdout.splitlines()] == ["allowed", "implicitDeny"] * 4


@pytest.mark.parametrize("source", ["-", "requests.json"])
def test_requests_of_conform_may_be_longer_than_a_policy_file(run: Run, tmp_path: Path, policy: Path, source: str) -> None:
    text = padded(*[ALLOWED, DENIED] * 4)
    named = source if source == "-" else tmp_path / source
    (tmp_path / "requests.json").write_text(text)
    alone, more = (run("conform", policy, *words, "--format", "json", stdin=text) for words in ((), ("--requests", named)))
    assert (alone.returncode, more.returncode) == (0, 0)
    assert json.loads(more.stdout)["requests"] == json.loads(alone.stdout)["requests"] + 8


def test_memory_does_not_grow_with_the_number_of_scenarios(tmp_path: Path) -> None:
    few, many = tmp_path / "few.jsonl", tmp_path / "many.jsonl"
    counts = lay(few, 2_000_000, 40_000), lay(many, 40_000_000, 40_000)
    little, much = (said("test", file, "--engine", "native") for file in (few, many))
    assert [each.text for each in (little, much)] == [f"{count} passed, 0 failed\n" for count in counts]
    assert much.kilobytes - little.kilobytes < MORE


def test_results_are_in_the_order_of_the_scenarios_whatever_is_held_at_once(run: Run) -> None:
    text = lines(*(scenario(number, 0) for number in range(60)))
    done = run("test", "-", "--format", "json", stdin=text)
    assert [each["name"] for each in json.loads(done.stdout)["results"]] == [str(number) for number in range(60)]


def test_junit_counts_before_it_lists(run: Run) -> None:
    text = lines(*({**scenario(number, 0), "expect": "allowed"} for number in range(60)))
    done = run("test", "-", "--engine", "native", "--format", "junit", stdin=text)
    (suite,) = ElementTree.fromstring(done.stdout)
    assert (suite.get("tests"), suite.get("failures")) == ("60", "40")
    assert [each.get("name") for each in suite.iter("testcase")] == [str(number) for number in range(60)]


@pytest.mark.parametrize("engine", ["native", "opa"])
@pytest.mark.parametrize("form", ["text", "json", "junit"])
def test_a_line_that_is_no_scenario_refuses_all(run: Run, tmp_path: Path, engine: str, form: str) -> None:
    failing: list[Any] = [{**scenario(number, 0), "expect": "invalid"} for number in range(60)]
    (tmp_path / "s.jsonl").write_text(lines(*failing[:30], {"name": 1}, *failing[30:]) + '{"a"\n')
    done = run("test", tmp_path / "s.jsonl", "--engine", engine, "--format", form)
    assert (done.returncode, done.stdout) == (2, "")
    places = [json.loads(line)["line"] for line in done.stderr.splitlines()] if form == "json" else []
    assert places == ([31, 62] if form == "json" else [])
    assert all(word in done.stderr for word in ("IAM608", "IAM005"))


def test_a_request_file_is_refused_before_anything_is_decided(run: Run, tmp_path: Path, policy: Path) -> None:
    (tmp_path / "r.jsonl").write_text(lines(ALLOWED) + "{\n" + lines(ALLOWED) + "]\n")
    done = run("eval", policy, "--request", tmp_path / "r.jsonl", "--format", "json")
    assert (done.returncode, done.stdout) == (2, "")
    assert [json.loads(line)["line"] for line in done.stderr.splitlines()] == [2, 4]


def test_a_pipe_is_answered_up_to_the_line_that_is_no_request(run: Run, policy: Path) -> None:
    done = run("eval", policy, "--request", "-", "--format", "json", stdin=lines(ALLOWED) + "{\n" + lines(ALLOWED))
    assert done.returncode == 2
    assert [json.loads(line)["decision"] for line in done.stdout.splitlines()] == ["allowed"]
    assert [json.loads(line)["line"] for line in done.stderr.splitlines()] == [2]


def test_a_pipe_is_answered_as_it_comes(policy: Path) -> None:
    command = [sys.executable, "-m", "iam2rego", "eval", policy, "--request", "-", "--format", "json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for request, want in ((ALLOWED, "allowed"), (DENIED, "implicitDeny")):
            process.stdin.write(lines(request))
            assert json.loads(process.stdout.readline())["decision"] == want
        process.stdin.close()
        assert process.wait() == 0


def test_requests_of_a_pipe_are_refused_before_conform_asks(run: Run, policy: Path) -> None:
    done = run("conform", policy, "--requests", "-", stdin=lines(ALLOWED) + "{\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("-:2:2: error[IAM005]")
