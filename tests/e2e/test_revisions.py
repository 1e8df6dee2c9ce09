"""Policies of a git revision as sources."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]

READ: Final[dict[str, Any]] = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}


def git(*words: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository whose current folder has a policy that has changed since the last commit."""
    monkeypatch.chdir(tmp_path)
    git("init", "-q", ".")
    folder = tmp_path / "iam" / "policies"
    folder.mkdir(parents=True)
    policy = folder / "read.json"
    policy.write_text(json.dumps({"Version": "2012-10-17", "Statement": READ}))
    (folder / "link.json").symlink_to("read.json")
    (folder / "notes.txt").write_text("nothing")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    (folder / "link.json").unlink()
    policy.write_text(json.dumps({"Version": "2012-10-17", "Statement": {**READ, "Action": "s3:*Object"}}))
    monkeypatch.chdir(tmp_path / "iam")


@pytest.mark.parametrize("path", ["policies", "policies/", "policies/read.json", "./policies"])
def test_what_changed_since_the_last_commit(run: Run, path: str) -> None:
    done = run("diff", f"git:HEAD:{path}", path, "--engine", "native", "--format", "json")
    more, less = json.loads(done.stdout).values()
    assert (more["verdict"], less["verdict"], more["regions"][0]["Action"]) == ("refuted", "proved", ["s3:*Object"])


def test_messages_name_the_revision(run: Run) -> None:
    done = run("diff", "policies", "git:HEAD:policies", "--engine", "native")
    assert "newly allowed: nothing" in done.stdout
    assert (
        run(
            "eval", "git:HEAD:policies", "--principal", "arn:aws:iam::123456789012:user/u", "--action", "s3:GetObject", "--resource", "*"
        ).returncode
        == 0
    )


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("git:nowhere:policies", "git says: fatal: "),
        ("git:HEAD:nothing", "git says: fatal: "),
        ("git:HEAD", "it is not of the form git:REV:PATH"),
        ("git:--help:policies", "it is not of the form git:REV:PATH"),
        ("git:HEAD:/policies", "it is not of the form git:REV:PATH"),
    ],
)
def test_what_git_does_not_have(run: Run, source: str, message: str) -> None:
    done = run("diff", source, "policies", "--engine", "native")
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr


def test_a_folder_without_policies(run: Run) -> None:
    git("rm", "-q", "--cached", "policies/read.json", "policies/link.json")
    git("commit", "-q", "-m", "two")
    assert "the folder holds no" in run("diff", "git:HEAD:policies", "policies", "--engine", "native").stderr


def test_without_git(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    done = run("diff", "git:HEAD:policies", "policies", "--engine", "native")
    assert (done.returncode, "git is not installed" in done.stderr) == (2, True)
