"""What `test` prints, and its status."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias
from xml.etree import ElementTree

import pytest

from iam2rego.opa.binary import Binary

Run: TypeAlias = Callable[..., CompletedProcess[str]]

REQUEST: Final = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}
POLICY: Final = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/k"}}
BROKEN: Final = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject"}}
ODD: Final = {"Version": "2012-10-17", "Statement": {"Sid": "a-b", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}


def scenario(expect: str, *identity: object, **members: object) -> dict[str, Any]:
    return {"name": f"expects {expect}", "policies": {"identity": identity}, "request": REQUEST, "expect": expect, **members}


pytestmark = pytest.mark.usefixtures("with_opa")


BIND: Final = ("--param", "bucket=b")


@pytest.mark.parametrize(
    ("scenarios", "options", "status"),
    [
        pytest.param([scenario("allowed", POLICY)], BIND, 0, id="passes"),
        pytest.param([scenario("implicitDeny", POLICY)], ("--param", "bucket=c"), 0, id="passes/other-parameter"),
        pytest.param([scenario("implicitDeny", POLICY)], BIND, 1, id="fails"),
        pytest.param([scenario("allowed", POLICY), scenario("explicitDeny", POLICY)], BIND, 1, id="one-fails"),
        pytest.param([scenario("invalid", BROKEN)], (), 0, id="refused-policy"),
        pytest.param([scenario("allowed", BROKEN)], (), 1, id="refused-policy/allowed"),
        pytest.param([scenario("implicitDeny", BROKEN)], (), 1, id="refused-policy/denied"),
        pytest.param([scenario("invalid", POLICY)], (), 0, id="unbound"),
        pytest.param([scenario("invalid", request={})], (), 0, id="refused-request"),
        pytest.param([scenario("implicitDeny", request={})], (), 1, id="refused-request/denied"),
        pytest.param([scenario("invalid", ODD)], (), 0, id="strict"),
        pytest.param([scenario("allowed", ODD)], ("--lenient",), 0, id="lenient/option"),
        pytest.param([scenario("allowed", ODD, lenient=True)], (), 0, id="lenient/member"),
        pytest.param([scenario("invalid", ODD, lenient=False)], ("--lenient",), 0, id="lenient/member-wins"),
        pytest.param([{"name": "s", "request": REQUEST, "expect": "implicitDeny"}], (), 0, id="no-policies"),
        pytest.param([scenario("allowed", json.dumps(ODD).replace("a-b", "ab"))], (), 0, id="policy-as-text"),
        pytest.param([scenario("allow", POLICY)], (), 2, id="no-such-decision"),
        pytest.param([{"name": "s", "expect": "allowed"}], (), 2, id="no-request"),
        pytest.param([scenario("allowed", more=1)], (), 2, id="unknown-member"),
        pytest.param([], (), 2, id="none"),
        pytest.param([{**scenario("implicitDeny"), "policies": {"session": [POLICY]}}], BIND, 0, id="session-policy"),
    ],
)
@pytest.mark.parametrize("engines", [pytest.param((), id="both"), pytest.param(("--engine", "native"), id="native")])
def test_the_status_is_that_of_the_worst_scenario(
    run: Run, scenarios: list[object], options: tuple[str, ...], status: int, engines: tuple[str, ...]
) -> None:
    done = run("test", "-", *options, *engines, stdin=json.dumps(scenarios))
    assert done.returncode == status, done.stdout + done.stderr


def test_a_file_that_is_none_is_refused_with_its_place(run: Run) -> None:
    done = run("test", "-", stdin=f'{json.dumps(scenario("allowed"))}\n{{"name": 1}}\n')
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("-:2:1: error[IAM608]: a scenario is missing the required members `request`, `expect`")


def test_folders_are_read_with_all_forms_of_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s" / "deep").mkdir(parents=True)
    (tmp_path / "s" / "one.json").write_text(json.dumps(scenario("allowed", POLICY, name="1")))
    (tmp_path / "s" / "many.json").write_text(json.dumps([scenario("allowed", POLICY, name=name) for name in "23"]))
    (tmp_path / "s" / "deep" / "lines.jsonl").write_text("\n".join(json.dumps(scenario("allowed", POLICY, name=name)) for name in "45"))
    (tmp_path / "s" / "notes.txt").write_text("no scenario")
    done = run("test", tmp_path / "s", *BIND, "--engine", "native", "--format", "json")
    assert [each["name"] for each in json.loads(done.stdout)["results"]] == ["4", "5", "2", "3", "1"]


def test_the_report_in_json(run: Run, opa: Binary) -> None:
    both = [scenario("allowed", POLICY), scenario("explicitDeny", POLICY), scenario("invalid", BROKEN)]
    done = run("test", "-", *BIND, "--format", "json", stdin=json.dumps(both))
    assert json.loads(done.stdout) == {
        "opa_version": opa.version,
        "results": [
            {
                "name": "expects allowed",
                "expect": "allowed",
                "decisions": {"native": "allowed", "opa": "allowed"},
                "passed": True,
            },
            {
                "name": "expects explicitDeny",
                "expect": "explicitDeny",
                "decisions": {"native": "allowed", "opa": "allowed"},
                "passed": False,
            },
            {
                "name": "expects invalid",
                "expect": "invalid",
                "decisions": {"native": "invalid", "opa": "invalid"},
                "passed": True,
            },
        ],
        "passed": 2,
        "failed": 1,
    }


def test_the_suite_comes_with_the_package(run: Run) -> None:
    done = run("test", "--suite", "--engine", "native", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["failed"]) == (0, 0)
    assert report["passed"] >= 437


def test_files_are_run_after_the_suite(run: Run) -> None:
    words = ("--suite", "--engine", "native", "--lenient", *BIND, "--format", "json")
    done = run("test", "-", *words, stdin=json.dumps(scenario("allowed", POLICY, name="mine")))
    report = json.loads(done.stdout)
    assert (done.returncode, report["failed"]) == (0, 0)
    assert [each["name"] == "mine" for each in report["results"]] == [False] * (report["passed"] - 1) + [True]


def test_no_scenarios_at_all_are_refused(run: Run) -> None:
    done = run("test")
    assert (done.returncode, done.stdout) == (2, "")
    assert "name files of scenarios, or --suite" in done.stderr


@pytest.mark.parametrize(("engine", "version"), [("native", False), ("opa", True)])
def test_one_engine_alone_is_asked(run: Run, opa: Binary, engine: str, version: bool) -> None:
    done = run("test", "-", *BIND, "--engine", engine, "--format", "json", stdin=json.dumps(scenario("allowed", POLICY)))
    report = json.loads(done.stdout)
    assert report["results"][0]["decisions"] == {engine: "allowed"}
    assert report["opa_version"] == (opa.version if version else None)


def test_the_report_in_junit(run: Run) -> None:
    name = 'a "hostile" <name> \x1b\u2028'
    cases = [scenario("allowed", POLICY), scenario("invalid", POLICY, name=name)]
    done = run("test", "-", *BIND, "--format", "junit", stdin=json.dumps(cases))
    suite = ElementTree.fromstring(done.stdout)[0]
    passed, failed = suite.iter("testcase")
    assert done.returncode == 1
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")
    assert (passed.get("classname"), passed.get("name"), len(passed)) == ("-", "expects allowed", 0)
    assert (failed.get("name"), [each.tag for each in failed]) == ('a "hostile" <name> \ufffd\u2028', ["failure"])


def test_the_report_in_text_says_what_failed_and_why(run: Run, opa: Binary) -> None:
    done = run("test", "-", *BIND, stdin=json.dumps([scenario("allowed", POLICY), scenario("allowed", BROKEN)]))
    first, *reasons, last = done.stdout.splitlines()
    assert first == "-:1:341: expects allowed: expected allowed, native decided invalid, opa decided invalid"
    assert reasons[0].startswith("  -:1:")
    assert "error[IAM206]" in reasons[0]
    assert last == f"1 passed, 1 failed, 2 of 2 with equal decision documents (OPA {opa.version})"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with policies, and scenarios of them with and without sources, in the current folder."""
    named = {"request": REQUEST, "expect": "allowed", "sources": ["../policies/read.json"]}
    files = {
        "policies/read.json": POLICY,
        "policies/read.scenarios.json": [scenario("allowed", POLICY, name="Holds a policy")],
        "policies/other.json": ODD,
        "scenarios/named.json": [
            {**named, "name": "May read"},
            {**named, "name": "may write", "request": {**REQUEST, "action": "s3:PutObject"}},
            {**named, "name": "may read once more", "expect": "explicitDeny"},
        ],
        "scenarios/usual.json": {"name": "usual", "request": REQUEST, "expect": "allowed"},
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(content))
    monkeypatch.chdir(tmp_path)
    return tmp_path


USUAL: Final = ("--policies", "policies/read.json")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("words", "passed", "failed"),
    [
        pytest.param(("policies",), ["Holds a policy"], [], id="folder-of-policies"),
        pytest.param(("scenarios/usual.json", *USUAL), ["usual"], [], id="policies"),
        pytest.param(("scenarios/usual.json", "--policies", "policies", "--lenient"), ["usual"], [], id="policies/folder"),
        pytest.param(("scenarios/usual.json",), [], ["usual"], id="policies/none"),
        pytest.param(("scenarios", *USUAL), ["May read", "usual"], ["may write", "may read once more"], id="both"),
        pytest.param(("scenarios", *USUAL, "--filter", "READ"), ["May read"], ["may read once more"], id="filter"),
        pytest.param(("scenarios", *USUAL, "--fail-fast"), ["May read"], ["may write"], id="fail-fast"),
        pytest.param(("scenarios", *USUAL, "--filter", "usual", "--fail-fast"), ["usual"], [], id="filter-and-fail-fast"),
    ],
)
def test_policies_of_files_are_tested(run: Run, words: tuple[str, ...], passed: list[str], failed: list[str]) -> None:
    done = run("test", *words, *BIND, "--format", "json")
    results = json.loads(done.stdout)["results"]
    assert [each["name"] for each in results if each["passed"]] == passed
    assert [each["name"] for each in results if not each["passed"]] == failed
    assert done.returncode == bool(failed)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("scenarios", *USUAL, *BIND, "--filter", "nothing"), "no scenario has these words in its name", id="filter"),
        pytest.param(("scenarios", "--policies", "none"), "none: error[IAM601]: cannot be read", id="policies/missing"),
        pytest.param(("scenarios", "--policies", "policies"), "error[IAM404]", id="policies/unbound"),
        pytest.param(("scenarios", *USUAL, "--engine-command", "true"), "an engine of yours gets only policies", id="program"),
    ],
)
def test_what_cannot_be_tested_is_told(run: Run, words: tuple[str, ...], message: str) -> None:
    done = run("test", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


@pytest.mark.usefixtures("project")
def test_a_program_gets_no_policies_of_files(run: Run) -> None:
    (Path.cwd() / "policies" / "read.json").write_text(json.dumps(ODD).replace("a-b", "ab"))
    done = run("test", "scenarios/named.json", "--engine-command", "true", "--filter", "May read")
    assert done.returncode == 3
    assert "program decided error: a program gets only policies that the scenario holds" in done.stdout


@pytest.mark.usefixtures("project")
def test_a_failure_shows_the_explanation(run: Run) -> None:
    done = run("test", "scenarios", *USUAL, *BIND, "--engine", "native", "--filter", "may")
    statement = '{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/k"}'
    assert re.sub(r":1:\d+: m", ": m", done.stdout).splitlines() == [
        "scenarios/named.json: may write: expected allowed, native decided implicitDeny",
        "  | implicitDeny for user: no identity-based policy allows it",
        "  |   identity: no Allow statement names `s3:PutObject`",
        "scenarios/named.json: may read once more: expected explicitDeny, native decided allowed",
        "  | allowed for user",
        "  |   Allow statement 0 of read (read.json:1:40) applies",
        f"  |     1 | {statement}",
        "1 passed, 2 failed",
    ]
