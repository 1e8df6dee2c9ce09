"""Baselines: the findings that were there before."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

from tests.support.checked_roles import ALL, FORMATTED, POLICY, Codes
from tests.support.facts import FACTS

Run: TypeAlias = Callable[..., CompletedProcess[str]]

pytestmark = pytest.mark.usefixtures("here")


@pytest.mark.parametrize("text", [POLICY, FORMATTED], ids=["same", "reformatted"])
def test_a_baseline_hides_the_findings_in_it(run: Run, codes: Codes, here: Path, text: str) -> None:
    (here / "known").mkdir()
    written = run("check", ".", "--write-baseline", "known/baseline.jsonl")
    assert (written.returncode, written.stdout) == (0, f"0 errors, 0 warnings, 0 notices {FACTS}\n")
    (here / "roles" / "deploy.json").write_text(text)
    assert codes("roles", "--baseline", "known/baseline.jsonl") == []


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        pytest.param("s3:PutObject", "s3:DeleteObject", ["IAM110"], id="another-statement"),
        pytest.param("s3:GetObject", "s3:GetObjectAcl", ["IAM504", "IAM801"], id="another-entry"),
        pytest.param("]}", ', {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]}', ["IAM801"], id="one-more"),
    ],
)
def test_a_baseline_does_not_hide_new_findings(run: Run, codes: Codes, here: Path, old: str, new: str, left: list[str]) -> None:
    run("check", ".", "--write-baseline", "baseline.jsonl").check_returncode()
    (here / "roles" / "deploy.json").write_text(POLICY.replace(old, new))
    assert codes(".", "--baseline", "baseline.jsonl", "--ignore", "IAM501") == left


def test_a_line_of_a_baseline_hides_one_finding(run: Run, codes: Codes, here: Path) -> None:
    run("check", ".", "--write-baseline", "baseline.jsonl").check_returncode()
    again = POLICY.replace('"Sid": "Deploy", ', "").replace("\n]}", f",{POLICY.splitlines()[1].rstrip(',')}\n]}}")
    (here / "roles" / "deploy.json").write_text(POLICY)
    (here / "roles" / "copy.json").write_text(POLICY)
    assert codes(".", "--baseline", "baseline.jsonl") == ALL
    (here / "roles" / "copy.json").unlink()
    (here / "roles" / "deploy.json").write_text(again)
    assert "IAM801" in codes(".", "--baseline", "baseline.jsonl")


def test_a_baseline_has_no_line_numbers(run: Run, here: Path) -> None:
    run("check", ".", "--write-baseline", "baseline.jsonl")
    entries = [json.loads(line) for line in (here / "baseline.jsonl").read_text().splitlines()]
    assert [(each["path"], each["code"]) for each in entries] == [("roles/deploy.json", code) for code in ALL]
    assert all(set(each) == {"path", "code", "fingerprint"} for each in entries)


@pytest.mark.parametrize("text", ["x", "[]", "3", '{"path": "a"}', "[" * 100_000])
def test_what_is_no_baseline_is_an_error(run: Run, here: Path, text: str) -> None:
    (here / "b.jsonl").write_text(f"\n{text}")
    done = run("check", "roles", "--baseline", "b.jsonl")
    assert done.returncode == 2
    assert done.stdout.startswith(
        "b.jsonl:2:1: error[IAM631]: a line of a baseline must be an object with `path`, `code` and `fingerprint`\n"
    )


def test_a_baseline_that_is_not_there_is_an_error(run: Run) -> None:
    done = run("check", "roles", "--baseline", "gone")
    assert (done.returncode, done.stdout.splitlines()[0]) == (2, "gone: error[IAM601]: cannot be read: no such file or directory")


def test_a_baseline_that_cannot_be_written_is_an_error(run: Run) -> None:
    done = run("check", "roles", "--write-baseline", "gone/b.jsonl")
    assert done.returncode == 2
    assert "IAM612" in done.stdout + done.stderr
