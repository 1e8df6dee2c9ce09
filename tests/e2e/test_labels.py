"""OPA names the statements behind a decision by their labels: in its answer where that is asked for, and in its decision log."""

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

import pytest

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.output import write
from iam2rego.sources import load
from tests.support.servers import open_to_all

SET: Final = {
    "policies": {
        "identity": [
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
                    {"Sid": "Write", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
                    {"Sid": "KeepOut", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/secret"},
                ],
            }
        ],
        "permissions_boundary": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}],
    },
    "resources": {
        "arn:aws:s3:::b": {
            "Version": "2012-10-17",
            "Statement": {
                "Sid": "Ours",
                "Effect": "Allow",
                "Principal": {"AWS": "111111111111"},
                "Action": "*",
                "Resource": "arn:aws:s3:::b/*",
            },
        }
    },
}
READ: Final = {"policy": "identity[0]", "sid": "Read", "index": 0}
WRITE: Final = {"policy": "identity[0]", "sid": "Write", "index": 1}
KEEP_OUT: Final = {"policy": "identity[0]", "sid": "KeepOut", "index": 2}
BOUNDARY: Final = {"policy": "permissions_boundary[0]", "sid": "", "index": 0}
OURS: Final = {"policy": "resources[arn:aws:s3:::b]", "sid": "Ours", "index": 0}


def asking(action: str, resource: str) -> dict[str, Any]:
    return {"principal": "arn:aws:iam::111111111111:user/u", "action": action, "resource": resource, "context": {}}


@dataclass(frozen=True)
class Running:
    """An OPA that holds the policies, and its log, a JSON object a line."""

    address: str
    log: Path

    def ask(self, path: str, request: object) -> dict[str, Any]:
        body = json.dumps({"input": request}).encode()
        with urlopen(Request(f"{self.address}/v1/data/{path}", body, {"Content-Type": "application/json"})) as response:
            answer: dict[str, Any] = json.loads(response.read())
            return answer

    def logged(self, decision_id: str) -> dict[str, Any]:
        entries: list[dict[str, Any]] = [json.loads(line) for line in self.log.read_text().splitlines()]
        return next(entry for entry in entries if entry.get("decision_id") == decision_id)


@pytest.fixture(scope="module")
def running(opa: Binary, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("labels")
    log, logging, source = folder / "log", folder / "opa", folder / "set.json"
    source.write_text(json.dumps(SET))
    write(compile_policies(load([str(source)]).policies, revision=""), folder / "bundle")
    logging.write_text(
        f'#!/bin/sh\nexec {shlex.quote(str(opa.path))} "$@" --set decision_logs.console=true --log-format json 2> {shlex.quote(str(log))}\n'
    )
    logging.chmod(0o755)
    with open_to_all(replace(opa, path=logging), folder / "bundle") as client:
        yield Running(client.address, log)


def named(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(answer["rule_labels"], key=lambda each: (each["policy"], each["index"]))


APPLYING: Final = pytest.mark.parametrize(
    ("action", "resource", "decision", "want"),
    [
        pytest.param("s3:GetObject", "arn:aws:s3:::b/k", "allowed", [READ, BOUNDARY, OURS], id="allowed"),
        pytest.param("s3:PutObject", "arn:aws:s3:::b/k", "implicitDeny", [WRITE, OURS], id="lacking"),
    ],
)


@APPLYING
def test_the_answer_names_the_statements_that_apply(
    running: Running, action: str, resource: str, decision: str, want: list[dict[str, Any]]
) -> None:
    answer = running.ask("iam/authz/decision?rule_labels=true", asking(action, resource))
    assert (answer["result"]["decision"], named(answer)) == (decision, want)


@APPLYING
def test_the_decision_log_names_them_unasked(
    running: Running, action: str, resource: str, decision: str, want: list[dict[str, Any]]
) -> None:
    entry = running.logged(running.ask("iam/authz/decision", asking(action, resource))["decision_id"])
    assert (entry["result"]["decision"], named(entry)) == (decision, want)


@pytest.mark.parametrize("entry_point", ["allow", "decision"])
def test_a_deny_is_named_at_either_entry_point(running: Running, entry_point: str) -> None:
    answer = running.ask(f"iam/authz/{entry_point}?rule_labels=true", asking("s3:GetObject", "arn:aws:s3:::b/secret"))
    assert KEEP_OUT in answer["rule_labels"]


def test_a_refused_request_names_no_statement(running: Running) -> None:
    answer = running.ask("iam/authz/decision?rule_labels=true", {**asking("s3:GetObject", "*"), "action": "GetObject"})
    assert answer["result"]["errors"] != []
    assert "rule_labels" not in answer
