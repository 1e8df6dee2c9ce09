"""`diff` and `prove`, whose counterexamples a real OPA confirms."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias

import pytest

from iam2rego.engines.opa import OpaEngine
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.jsontext import JsonValue

Run: TypeAlias = Callable[..., CompletedProcess[str]]

LOGS: Final = "arn:aws:s3:::logs/*"
READ: Final = {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": LOGS}
WIDER: Final = {**READ, "Action": ["s3:GetObject", "s3:DeleteObject"], "Condition": {"Bool": {"aws:SecureTransport": "true"}}}
BUCKET: Final = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": LOGS}
DELETING: Final = {
    "statement": {"policy": "new", "index": 0, "sid": "Read"},
    "Action": ["s3:DeleteObject"],
    "Resource": [LOGS],
    "Condition": {"Bool": {"aws:SecureTransport": ["true"]}},
    "actions": ["s3:DeleteObject"],
    "request": {
        "principal": "arn:aws:iam::123456789012:user/example",
        "action": "s3:DeleteObject",
        "resource": "arn:aws:s3:::logs/a",
        "context": {"aws:SecureTransport": "true"},
    },
    "decisions": {"native": ["allowed", "implicitDeny"], "opa": ["allowed", "implicitDeny"]},
    "needs_identity_policy": False,
}
TEXT: Final = """\
newly allowed:
  Action: s3:DeleteObject
    Resource: arn:aws:s3:::logs/*
    Condition: {"Bool": {"aws:SecureTransport": ["true"]}}
    by statement 0 `Read` of new.json:1
    for example arn:aws:iam::123456789012:user/example: s3:DeleteObject on arn:aws:s3:::logs/a with {"aws:SecureTransport": "true"}
no longer allowed:
  Action: s3:GetObject
    Resource: arn:aws:s3:::logs/*
    by statement 0 `Read` of old.json:1
    for example arn:aws:iam::123456789012:user/example: s3:GetObject on arn:aws:s3:::logs/a
"""

pytestmark = pytest.mark.usefixtures("with_opa")


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Writes a policy into the current folder, and returns its path."""
    monkeypatch.chdir(tmp_path)

    def written(name: str, *statements: Any) -> str:
        Path(name).write_text(json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))
        return name

    return written


@pytest.fixture
def files(write: Callable[..., str]) -> tuple[str, str]:
    return write("old.json", READ), write("new.json", WIDER)


def test_differences_as_text(run: Run, files: tuple[str, str]) -> None:
    done = run("diff", *files)
    assert (done.returncode, done.stdout) == (0, TEXT)


def test_differences_as_json(run: Run, files: tuple[str, str]) -> None:
    done = run("diff", *files, "--format", "json", "--fail-on", "new-access")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["newly_allowed"] == {"verdict": "refuted", "regions": [DELETING], "undecided": []}
    assert [each["Action"] for each in found["no_longer_allowed"]["regions"]] == [["s3:GetObject"]]


def test_a_policy_does_not_differ_from_itself(run: Run, files: tuple[str, str]) -> None:
    done = run("diff", files[0], files[0], "--fail-on", "any")
    nothing = "nothing (proved for every request)"
    assert (done.returncode, done.stdout) == (0, f"newly allowed: {nothing}\nno longer allowed: {nothing}\n")


def test_folders_are_compared_as_a_whole(run: Run, write: Callable[..., str], tmp_path: Path) -> None:
    for folder in ("before", "after"):
        (tmp_path / folder).mkdir()
    write("before/all.json", READ, {**READ, "Sid": "Other", "Action": "s3:PutObject"})
    write("after/one.json", READ)
    write("after/other.json", {**READ, "Action": "s3:PutObject"})
    assert run("diff", "before", "after", "--fail-on", "any").returncode == 0


def test_bucket_policies_without_those_of_callers(run: Run, write: Callable[..., str]) -> None:
    account = {"AWS": "arn:aws:iam::111122223333:role/reader"}
    old, new = write("old.json", {**BUCKET, "Principal": account}), write("new.json", {**BUCKET, "Principal": {"AWS": "444455556666"}})
    done = run("diff", old, new, "--policy-type", "bucket", "--format", "json")
    more, less = json.loads(done.stdout).values()
    assert [each["request"]["principal"] for each in more["regions"]] == ["arn:aws:iam::444455556666:root"]
    assert [each["request"]["principal"]["role_arn"] for each in less["regions"]] == [account["AWS"]]


def test_access_that_needs_the_callers_own_policies(run: Run, write: Callable[..., str]) -> None:
    own = {"AWS": "111122223333"}
    old, new = write("old.json", {**BUCKET, "Principal": own}), write("new.json", BUCKET | {"Principal": own, "Action": "s3:PutObject"})
    done = run("prove", "not-granted", new, "--policy-type", "bucket", "--action", "s3:PutObject")
    assert done.stdout.splitlines()[-1].endswith(" if the caller's own policies allow it")
    assert run("prove", "equivalent", old, old, "--policy-type", "bucket").returncode == 0


@pytest.mark.parametrize("limit", ["permissions_boundary", "session", "service_control"])
def test_limits_without_the_policies_of_callers(run: Run, write: Callable[..., str], limit: str) -> None:
    old, new = write("old.json", READ), write("new.json", {**READ, "Action": "s3:*Object"})
    done = run("diff", old, new, "--policy-type", limit, "--format", "json", "--fail-on", "new-access")
    more, less = json.loads(done.stdout).values()
    assert (done.returncode, more["verdict"], less["verdict"]) == (1, "refuted", "proved")


@pytest.mark.parametrize("arguments", [("diff",), ("prove", "equivalent")])
def test_a_request_that_opa_does_not_confirm(
    run: Run, files: tuple[str, str], arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_engine: OpaEngine, _unit: int, _request: JsonValue) -> Decision:
        return Decision(decision=Outcome.IMPLICIT_DENY)

    monkeypatch.setattr(OpaEngine, "decide", refuse)
    done = run(*arguments, *files)
    assert (done.returncode, "does not confirm this counterexample" in done.stderr) == (3, True)
    again = [line.split()[1:] for line in done.stderr.splitlines() if line.startswith("  iam2rego eval")]
    assert [each[1] for each in again].count(files[0]) == [each[1] for each in again].count(files[1]) == 4  # two requests, two engines
    assert [run(*words, "--format", "json").returncode for words in again[:2]] == [0, 0]
