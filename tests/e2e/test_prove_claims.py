"""`prove`, its claims, and files of these."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]

LOGS: Final = "arn:aws:s3:::logs/*"
READ: Final = {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": LOGS}
WIDER: Final = {**READ, "Action": ["s3:GetObject", "s3:DeleteObject"], "Condition": {"Bool": {"aws:SecureTransport": "true"}}}
OPEN: Final = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": LOGS}
OF_A_VPC: Final = {**OPEN, "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}

pytestmark = pytest.mark.usefixtures("with_opa")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes policies into the current folder."""
    monkeypatch.chdir(tmp_path)
    written: dict[str, list[Any]] = {"old": [READ], "new": [WIDER], "twice": [READ, {**READ, "Sid": "Again", "Resource": f"{LOGS}.gz"}]}
    written |= {"open": [OPEN], "vpc": [OF_A_VPC]}
    for name, statements in written.items():
        (tmp_path / f"{name}.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": statements}))


CLAIMS: Final = {
    "no-new-access/proved": (("no-new-access", "old.json", "--reference", "old.json"), "no-new-access: proved for every request", 0),
    "no-new-access/refuted": (("no-new-access", "new.json", "--reference", "old.json"), "no-new-access: refuted", 1),
    "equivalent/refuted": (("equivalent", "old.json", "new.json"), "equivalent: refuted", 1),
    "equivalent/proved": (("equivalent", "old.json", "old.json"), "equivalent: proved for every request", 0),
    "not-granted/action": (("not-granted", "old.json", "--action", "s3:Put*"), "not-granted: proved for every request", 0),
    "not-granted/resource": (
        ("not-granted", "old.json", "--action", "s3:*", "--resource", "arn:aws:s3:::data*"),
        "not-granted: proved for every request",
        0,
    ),
    "not-granted/principal": (
        ("not-granted", "old.json", "--action", "s3:*", "--principal", "*"),
        "not-granted: proved for every request",
        0,
    ),
    "no-public-access/refuted": (("no-public-access", "open.json", "--policy-type", "bucket"), "no-public-access: refuted", 1),
    "no-public-access/proved": (
        ("no-public-access", "vpc.json", "--policy-type", "bucket"),
        "no-public-access: proved for every request",
        0,
    ),
    "reachable/refuted": (("reachable", "twice.json"), "reachable: refuted", 1),
    "reachable/proved": (("reachable", "old.json", "new.json"), "reachable: proved: every statement can decide", 0),
    "not-granted/refuted": (("not-granted", "old.json", "new.json", "--action", "s3:Delete*"), "not-granted: refuted", 1),
}


@pytest.mark.parametrize(("arguments", "first", "status"), CLAIMS.values(), ids=CLAIMS)
def test_claims(run: Run, arguments: tuple[str, ...], first: str, status: int) -> None:
    done = run("prove", *arguments)
    assert (done.stdout.splitlines()[0], done.returncode) == (first, status)


def test_a_claim_as_json(run: Run) -> None:
    done = run("prove", "equivalent", "old.json", "new.json", "--format", "json", "--engine", "native")
    found = json.loads(done.stdout)
    assert (found["claim"], found["verdict"], done.returncode) == ("equivalent", "refuted", 1)
    assert found["second_only"]["regions"][0]["decisions"] == {"native": ["allowed", "implicitDeny"]}


REFUSED: Final = {
    "no-reference": ("no-new-access", "old.json"),
    "no-action": ("not-granted", "old.json"),
    "a-needless-reference": ("equivalent", "old.json", "new.json", "--reference", "old.json"),
    "a-needless-resource": ("equivalent", "old.json", "new.json", "--resource", "*"),
    "three-sources": ("equivalent", "old.json", "new.json", "old.json"),
    "no-such-principal": ("not-granted", "old.json", "--action", "s3:*", "--principal", "nobody"),
    "aws-has-no-such-claim": ("equivalent", "old.json", "new.json", "--format", "access-analyzer"),
    "claims-of-a-file-with-an-action": ("claims", "claims.toml", "--action", "s3:*"),
    "claims-of-no-file": ("claims", "claims.toml"),
    "no-action-at-all": ("not-granted", "old.json", "--action", "everything"),
}


@pytest.mark.parametrize("arguments", REFUSED.values(), ids=REFUSED)
def test_claims_that_make_no_sense(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("prove", *arguments).returncode == 2


def test_a_statement_that_never_decides(run: Run) -> None:
    done = run("prove", "reachable", "twice.json")
    assert done.stdout.splitlines()[1:] == ["  statement 1 `Again` of twice.json:1 never decides (proved)"]


AWS: Final = {
    "new": {
        "result": "FAIL",
        "message": "The modified permissions grant new access compared to your existing policy.",
        "reasons": [{"description": "New access in the statement with sid: Read.", "statementIndex": 0, "statementId": "Read"}],
    },
    "old": {
        "result": "PASS",
        "message": "The modified permissions do not grant new access compared to your existing policy.",
        "reasons": [],
    },
}


@pytest.mark.parametrize("name", AWS)
def test_answers_in_the_form_of_aws(run: Run, name: str) -> None:
    done = run("prove", "no-new-access", f"{name}.json", "--reference", "old.json", "--format", "access-analyzer")
    assert json.loads(done.stdout) == AWS[name]


CLAIM: Final = """
[[claim]]
name = "nobody deletes logs"
prove = "not-granted"
sources = ["old.json"]
actions = ["s3:Delete*"]

[[claim]]
name = "the new policy is no wider"
prove = "no-new-access"
sources = ["new.json"]
reference = "old.json"
"""


def test_claims_of_a_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "claims.toml").write_text(CLAIM)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    done = run("prove", "claims", "../claims.toml")
    assert (done.stdout.splitlines()[:2], done.returncode) == (
        ["nobody deletes logs: proved for every request", "the new policy is no wider: refuted"],
        1,
    )
    found = json.loads(run("prove", "claims", "../claims.toml", "--format", "json").stdout)
    assert [(each["name"], each["verdict"]) for each in found["claims"]] == [
        ("nobody deletes logs", "proved"),
        ("the new policy is no wider", "refuted"),
    ]


WRONG: Final = {
    "not-toml": ("[[claim]", "this is not TOML"),
    "no-claim": ("", "`claim`: field required"),
    "an-unknown-member": (CLAIM + 'action = "s3:*"\n', "`claim.1.action`: extra inputs are not permitted"),
    "no-reference": (
        CLAIM.replace('reference = "old.json"', ""),
        "the claim `the new policy is no wider`: no-new-access needs a reference",
    ),
    "one-name": (CLAIM.replace("the new policy is no wider", "nobody deletes logs"), "another claim has the name"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_files_of_claims_that_are_wrong(run: Run, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "claims.toml").write_text(text)
    done = run("prove", "claims", "claims.toml")
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr
