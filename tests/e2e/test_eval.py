"""What `eval` decides and prints, by either engine."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]

POLICY: Final = """{"Version": "2012-10-17", "Statement": [
 {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*"},
 {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/secret", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "x"}}}
]}"""


READ_TEXT: Final = '{"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*"}'
SECRET_TEXT: Final = (
    '{"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/secret", "Condition": {"StringEquals": {"aws:PrincipalT...'
)


def asking(resource: str, **context: str) -> dict[str, object]:
    return {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": resource, "context": context}


ALLOWED: Final = asking("arn:aws:s3:::b/k")
DENIED: Final = {**asking("arn:aws:s3:::b/secret"), "context": {"AWS:principaltag/TEAM": "x"}}
IMPLICIT: Final = asking("arn:aws:s3:::c/k")
REFUSED: Final = {**ALLOWED, "action": "GetObject"}

MISSING: Final = ["aws:PrincipalTag/team"]
READ: Final = {"policy": "p", "policy_type": "identity", "sid": "Read", "index": 0, "effect": "Allow"}
SECRET: Final = {"policy": "p", "policy_type": "identity", "sid": "", "index": 1, "effect": "Deny"}
READ_AT: Final = {"start": {"line": 2, "column": 2}, "end": {"line": 2, "column": 101}}
SECRET_AT: Final = {"start": {"line": 3, "column": 2}, "end": {"line": 3, "column": 138}}

DOCUMENTS: Final[list[dict[str, Any]]] = [
    {"decision": "allowed", "matched_statements": [{**READ, **READ_AT}], "denied_by": [], "missing_context_keys": MISSING, "errors": []},
    {
        "decision": "explicitDeny",
        "matched_statements": [{**SECRET, **SECRET_AT}],
        "denied_by": ["identity"],
        "missing_context_keys": [],
        "errors": [],
    },
    {"decision": "implicitDeny", "matched_statements": [], "denied_by": ["identity"], "missing_context_keys": MISSING, "errors": []},
]


@pytest.fixture(autouse=True)
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy in the current folder."""
    (tmp_path / "p.json").write_text(POLICY)
    monkeypatch.chdir(tmp_path)


def lines(*requests: object) -> str:
    return "".join(f"{json.dumps(each)}\n" for each in requests)


ENGINES: Final = pytest.mark.parametrize("engine", ["native", "opa"])
OPTIONS: Final = ("--param", "bucket=b", "--request", "-")


@ENGINES
@pytest.mark.usefixtures("with_opa")
def test_documents_come_in_the_order_of_the_requests(run: Run, engine: str) -> None:
    done = run("eval", "p.json", *OPTIONS, "--engine", engine, "--format", "json", stdin=lines(ALLOWED, DENIED, IMPLICIT))
    assert [json.loads(line) for line in done.stdout.splitlines()] == DOCUMENTS
    assert (done.returncode, done.stderr) == (0, "")


@ENGINES
@pytest.mark.usefixtures("with_opa")
def test_a_refused_request_makes_the_status_after_all_are_answered(run: Run, engine: str) -> None:
    done = run("eval", "p.json", *OPTIONS, "--engine", engine, "--format", "json", stdin=lines(ALLOWED, REFUSED, 1, DENIED))
    first, *refused, last = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 2
    assert (first, last) == (DOCUMENTS[0], DOCUMENTS[1])
    for each in refused:
        assert each.pop("errors") != []
        assert each == {"decision": "implicitDeny", "matched_statements": [], "denied_by": [], "missing_context_keys": []}


@ENGINES
@pytest.mark.usefixtures("with_opa")
@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        pytest.param(ALLOWED, 0, "allowed", id="allowed"),
        pytest.param(DENIED, 0, "explicitDeny", id="denied"),
        pytest.param(IMPLICIT, 0, "implicitDeny", id="implicit"),
        pytest.param(REFUSED, 2, "the request is refused\n", id="refused"),
    ],
)
def test_text_starts_with_the_decision(run: Run, engine: str, request_: object, status: int, said: str) -> None:
    done = run("eval", "p.json", *OPTIONS, "--engine", engine, stdin=json.dumps(request_, indent=1))
    assert done.returncode == status
    assert done.stdout.startswith(said)


@pytest.mark.usefixtures("with_opa")
def test_text_of_opa_holds_what_the_document_does(run: Run) -> None:
    done = run("eval", "p.json", *OPTIONS, "--engine", "opa", stdin=lines(ALLOWED, DENIED, IMPLICIT))
    assert done.stdout.splitlines() == [
        "allowed",
        "  Allow statement 0 `Read` of p (line 2) applies",
        f"    2 | {READ_TEXT}",
        "  not in the request: aws:PrincipalTag/team",
        "request 2: explicitDeny",
        "  Deny statement 1 of p (line 3) applies",
        f"    3 | {SECRET_TEXT}",
        "  denied by an identity-based policy",
        "request 3: implicitDeny",
        "  no identity-based policy allows it",
        "  not in the request: aws:PrincipalTag/team",
    ]


def test_text_shows_the_nearest_allow_and_the_part_of_it_that_fails(run: Run) -> None:
    done = run("eval", "p.json", *OPTIONS, stdin=lines(IMPLICIT))
    assert done.stdout.splitlines() == [
        "implicitDeny for user: no identity-based policy allows it",
        "  identity: Allow statement 0 `Read` of p (p.json:2:2) does not apply: its Resource does not match `arn:aws:s3:::c/k`",
        f"  > 2 | {READ_TEXT}",
        "  not in the request: `aws:PrincipalTag/team`",
    ]


@pytest.mark.usefixtures("with_opa")
def test_opa_may_hold_the_policies_under_another_package(run: Run) -> None:
    words = ("--engine", "opa", "--package", "company.iam", "--format", "json")
    done = run("eval", "p.json", *OPTIONS, *words, stdin=lines(ALLOWED))
    assert [json.loads(line) for line in done.stdout.splitlines()] == DOCUMENTS[:1]


def test_requests_may_come_from_a_file_and_policies_from_stdin(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(f"\n{lines(ALLOWED)}\n\n{lines(IMPLICIT)}")
    done = run("eval", "-", "--param", "bucket=b", "--request", "r.jsonl", "--format", "json", stdin=POLICY)
    assert [json.loads(line)["decision"] for line in done.stdout.splitlines()] == ["allowed", "implicitDeny"]


def test_what_drives_a_terminal_is_not_printed(run: Run) -> None:
    hostile = {**ALLOWED, "\x1b[2J\u202e": 1}
    done = run("eval", "p.json", *OPTIONS, stdin=lines(hostile))
    assert done.returncode == 2
    assert not {"\x1b", "\u202e"} & set(done.stdout)


@pytest.mark.parametrize(
    ("words", "option"),
    [
        pytest.param(("--opa-url", "127.0.0.1:8181"), "--opa-url", id="url/no-scheme"),
        pytest.param(("--opa-url", "http://"), "--opa-url", id="url/no-host"),
        pytest.param(("--opa-url", f"http://{'a' * 70}.example"), "--opa-url", id="url/long-label"),
        pytest.param(("--opa-token", "secret\nX-More: 1"), "--opa-token", id="token/line-break"),
        pytest.param(("--opa-token", "secret \u20ac"), "--opa-token", id="token/not-ascii"),
        pytest.param(("--engine", "other"), "--engine", id="engine"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused(run: Run, words: tuple[str, ...], option: str) -> None:
    done = run("eval", "p.json", *OPTIONS, *words, stdin=lines(ALLOWED))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Invalid value for '{option}'" in done.stderr
    assert "secret" not in done.stderr


def test_the_native_engine_takes_no_server(run: Run) -> None:
    done = run("eval", "p.json", *OPTIONS, "--opa-url", "http://127.0.0.1:1", stdin=lines(ALLOWED))
    assert (done.returncode, done.stdout) == (2, "")
    assert "the native engine asks no server: add --engine opa" in done.stderr
