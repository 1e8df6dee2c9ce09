"""What `check --html` and `usage --html` write."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]

EVENT: Final = {
    "path": "iam/authz/decision",
    "input": {"principal": "*", "action": "s3:GetObject", "resource": "*", "context": {}},
    "result": {"decision": "implicitDeny", "matched_statements": [], "denied_by": [], "missing_context_keys": [], "errors": []},
}


def test_check_writes_a_page_beside_its_report(run: Run, policy: Path, tmp_path: Path) -> None:
    policy.write_text(policy.read_text().replace('"Allow"', '"Alow"', 1))
    alone, written = run("check", policy), run("check", policy, "--html", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text()
    assert (written.returncode, written.stdout, written.stderr) == (alone.returncode, alone.stdout, alone.stderr)
    assert alone.returncode == 2
    assert f"iam2rego check <code>{policy}</code>" in page
    assert "&#34;Alow&#34;" in page


def test_usage_writes_a_page_beside_its_report(run: Run, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text(json.dumps(EVENT) + "\n")
    done = run("usage", tmp_path / "log.jsonl", policy, "--html", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text()
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] in page.replace("&#34;", '"')


@pytest.mark.parametrize("command", ["check", "usage"])
def test_a_page_for_a_folder_that_is_not_there_is_refused_at_once(run: Run, policy: Path, tmp_path: Path, command: str) -> None:
    words = [command, *([policy] if command == "usage" else []), policy, "--html", tmp_path / "none" / "page.html"]
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"there is no folder `{tmp_path / 'none'}`" in done.stderr
