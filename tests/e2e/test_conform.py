"""What `conform` prints, and its status; what it asks is tested in conformance/."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias
from xml.etree import ElementTree

import pytest

from iam2rego.opa.binary import Binary

Run: TypeAlias = Callable[..., CompletedProcess[str]]

OTHER: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}}'
WITH_BUCKET: Final = OTHER.replace('"*"', '"arn:aws:s3:::<bucket>/*"')
REQUEST: Final = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:PutObject", "resource": "arn:aws:s3:::b/k", "context": {}}

pytestmark = pytest.mark.usefixtures("with_opa")


@pytest.fixture
def other(tmp_path: Path, run: Run) -> Path:
    """The output of another policy."""
    (tmp_path / "other.json").write_text(OTHER)
    run("build", tmp_path / "other.json", "-o", tmp_path / "other").check_returncode()
    return tmp_path / "other"


def test_the_report_in_json(run: Run, policy: Path, opa: Binary) -> None:
    done = run("conform", policy, "--seed", "5", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert [report[name] for name in ("opa_version", "seed", "policies", "statements", "disagreements")] == [opa.version, 5, 1, 1, []]
    assert report["requests"] == report["agreements"] == sum(report["decisions"].values())
    assert list(report)[:7] == ["opa_version", "seed", "policies", "statements", "requests", "agreements", "decisions"]
    assert list(report)[7:] == ["disagreements", "all_invalid", "coverage"]


def test_the_same_seed_gives_the_same_report(run: Run, policy: Path) -> None:
    one, two = (run("conform", policy, "--seed", "7", "--format", "json").stdout for _ in range(2))
    assert one == two


def test_the_report_in_text(run: Run, policy: Path, opa: Binary) -> None:
    done = run("conform", policy)
    assert done.returncode == 0
    assert done.stdout.startswith("1 policy, 1 statement, ")
    assert f"0 disagreements (OPA {opa.version}, seed 0)" in done.stdout


def test_the_report_in_junit(run: Run, policy: Path) -> None:
    done = run("conform", policy, "--format", "junit")
    suite = ElementTree.fromstring(done.stdout)[0]
    assert (done.returncode, suite.get("name"), suite.get("failures")) == (0, "iam2rego conform", "0")


def test_the_report_as_a_page_beside_the_text(run: Run, policy: Path, tmp_path: Path) -> None:
    done = run("conform", policy, "--html", tmp_path / "report.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 policy, 1 statement, ")
    assert "The engines agree on all" in (tmp_path / "report.html").read_text()


def test_a_page_shows_the_rego_of_the_output_that_was_checked(run: Run, policy: Path, other: Path, tmp_path: Path) -> None:
    done = run("conform", policy, "--rego", other, "--html", tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text()
    assert done.returncode == 1
    assert "The engines disagree on" in page
    assert "What was checked has no module of this policy." in page


@pytest.mark.parametrize(
    ("file", "message"),
    [
        pytest.param("absent/report.html", "there is no folder", id="no-folder"),
        pytest.param(".", "is a directory", id="a-folder"),
    ],
)
def test_a_page_that_cannot_be_written_is_refused_at_once(run: Run, policy: Path, tmp_path: Path, file: str, message: str) -> None:
    done = run("conform", policy, "--html", tmp_path / file)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.replace("│", "").split())


def test_an_earlier_output_conforms(run: Run, policy: Path, built: Path) -> None:
    assert run("conform", policy, "--rego", built).returncode == 0


@pytest.mark.parametrize("format_", ["text", "json", "junit"])
def test_the_output_of_another_policy_does_not(run: Run, policy: Path, other: Path, format_: str) -> None:
    done = run("conform", policy, "--rego", other, "--format", format_)
    assert (done.returncode, done.stderr) == (1, "")
    assert "explicitDeny" not in done.stdout
    assert "implicitDeny" in done.stdout


def test_requests_of_ours_are_asked_too(run: Run, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "requests.jsonl").write_text("".join(f"{json.dumps({**REQUEST, 'action': f's3:Own{each}'})}\n" for each in range(5)))
    without = json.loads(run("conform", policy, "--format", "json").stdout)
    done = run("conform", policy, "--requests", tmp_path / "requests.jsonl", "--format", "json")
    assert json.loads(done.stdout)["requests"] == without["requests"] + 5


def test_a_disagreement_comes_with_a_command_that_shows_it(run: Run, tmp_path: Path, built: Path) -> None:
    """The output was built of another policy, so the command must ask that output; it decides as the report says."""
    (tmp_path / "mine.json").write_text(WITH_BUCKET)
    done = run("conform", tmp_path / "mine.json", "--param", "bucket=b", "--rego", built, "--format", "json")
    first = json.loads(done.stdout)["disagreements"][0]
    assert first["native"] != first["opa"]
    assert str(built) in first["replay"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        pytest.param(("--rego", "{built}", "--opa-url", "http://127.0.0.1:1"), 2, id="rego-and-url"),
        pytest.param(("--rego", "missing"), 2, id="rego-is-missing"),
        pytest.param(("--rego", "{policy}"), 2, id="rego-is-a-file"),
        pytest.param(("--seed", "x"), 2, id="seed"),
        pytest.param(("--requests", "missing"), 2, id="requests-are-missing"),
        pytest.param(("--param", "x"), 2, id="param"),
        pytest.param(("--format", "sarif"), 2, id="format"),
    ],
)
def test_what_cannot_be_used_is_refused(run: Run, policy: Path, built: Path, words: tuple[str, ...], status: int) -> None:
    done = run("conform", policy, *(word.format(built=built, policy=policy) for word in words))
    assert (done.returncode, done.stdout) == (status, "")


def test_an_output_that_opa_does_not_take_is_an_error(run: Run, policy: Path, built: Path) -> None:
    (built / "iam" / "policies" / "policy.rego").write_text("package iam.policies.policy\n\nallow if")
    done = run("conform", policy, "--rego", built)
    assert (done.returncode, done.stdout) == (3, "")
    assert "rego_parse_error" in done.stderr


def test_an_output_without_the_package_is_an_error(run: Run, policy: Path, built: Path) -> None:
    done = run("conform", policy, "--rego", built, "--package", "company")
    assert (done.returncode, done.stdout) == (3, "")
    assert "this OPA has no such package" in done.stderr
