"""The harness finds what is wrong, and takes a failure for nothing else."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final

import pytest

from iam2rego.conformance.conform import conform, conform_deployed
from iam2rego.conformance.replay import command
from iam2rego.conformance.report import conform_json, conform_text
from iam2rego.conformance.run import ConformReport
from iam2rego.engines.compare import agree, answer
from iam2rego.engines.contradiction import Contradiction
from iam2rego.engines.errors import EngineError
from iam2rego.engines.opa import DeployedEngine, OpaEngine
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.policy import PolicySet, identity_policies
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.opa import OpaError
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.server import serve
from iam2rego.rego.bundle.assemble import Bundle, compile_policies
from iam2rego.rego.bundle.output import write
from iam2rego.sources import load

SEED: Final = 3
REQUEST: Final[JsonValue] = {
    "principal": "arn:aws:iam::123456789012:user/u",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::bucket/key",
    "context": {},
}
POLICIES: Final[dict[str, Any]] = {
    "read": {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ReadOwn",
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:List*"],
                "Resource": "arn:aws:s3:::bucket/*",
                "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "guests"}},
            },
            {"Sid": "NeverDelete", "Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::bucket/kept/*"},
        ],
    },
    "all": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}},
}


@pytest.fixture(name="policies")
def _policies(tmp_path: Path) -> PolicySet:
    for name, policy in POLICIES.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(policy), encoding="utf-8")
    return load([str(tmp_path)]).policies


def silent(_done: int, _of: int) -> None:
    """Show no progress."""


def test_what_is_compiled_conforms(policies: PolicySet, opa: Binary) -> None:
    report = conform(policies, seed=SEED, binary=opa, extra=[REQUEST], progress=silent)
    assert report.disagreements == ()
    assert (report.policies, report.statements, report.coverage.applied) == (2, 3, 3)
    assert report.opa_version == opa.version


def test_the_same_seed_gives_the_same_report(policies: PolicySet, opa: Binary) -> None:
    one, other = (conform(policies, seed=SEED, binary=opa, extra=[], progress=silent) for _ in range(2))
    assert one == other


DEFECTS: Final = [
    pytest.param('"s3:getobject"', '"s3:getobjects"', id="action/one-character"),
    pytest.param('"s3:list"', '"s3:lis"', id="action/prefix-shorter"),
    pytest.param("arn:aws:s3:::bucket/", "arn:aws:s3:::bucket", id="resource/no-slash"),
    pytest.param("bucket/kept/", "bucket/Kept/", id="resource/other-case"),
    pytest.param('"guests"', '"guest"', id="condition/value"),
    pytest.param("aws:principaltag/team", "aws:principaltag/teams", id="condition/key"),
    pytest.param('"NeverDelete"', '"AlwaysDelete"', id="document/sid"),
]


@contextmanager
def deployed(opa: Binary, bundle: Bundle, folder: Path) -> Iterator[Client]:
    write(bundle, folder)
    with serve(opa, folder) as client:
        yield client


def defective(bundle: Bundle, right: str, wrong: str) -> Bundle:
    files = {
        path: text.replace(right, wrong) if path.endswith(("/read.rego", "data.json")) else text for path, text in bundle.files.items()
    }
    assert files != bundle.files
    return Bundle(files)


def deployed_report(policies: PolicySet, client: Client) -> ConformReport:
    return conform_deployed(policies, DeployedEngine(client, "iam"), version="", seed=SEED, extra=[], progress=silent)


def test_what_was_built_earlier_conforms(policies: PolicySet, opa: Binary, tmp_path: Path) -> None:
    with deployed(opa, compile_policies(policies, revision="r"), tmp_path / "built") as client:
        report = deployed_report(policies, client)
    assert report.disagreements == ()


@pytest.mark.parametrize(("right", "wrong"), DEFECTS)
def test_a_planted_defect_is_found(policies: PolicySet, opa: Binary, tmp_path: Path, right: str, wrong: str) -> None:
    bundle = defective(compile_policies(policies, revision="r"), right, wrong)
    with deployed(opa, bundle, tmp_path / "built") as client:
        report = deployed_report(policies, client)
    assert report.disagreements != ()
    assert report.agreements < report.requests


def test_a_disagreement_is_explained_and_replayed(policies: PolicySet, opa: Binary, tmp_path: Path) -> None:
    bundle = defective(compile_policies(policies, revision="r"), '"guests"', '"guest"')
    with deployed(opa, bundle, tmp_path / "built") as client:
        report = deployed_report(policies, client)
    text = conform_text(report, lambda each: command(each, ["policies"], ["--param", "a=b c"]))
    printed = json.loads(conform_json(report, lambda each: command(each, ["policies"], [])))
    assert re.search(r"^  native:  \{.*\}\n  opa:     \{.*\}\n  \| ", text, re.MULTILINE)
    assert "| iam2rego eval policies --param 'a=b c' --engine opa --format json --request -" in text
    assert set(printed["disagreements"][0]) == {"request", "native", "opa", "replay"}


def test_units_do_not_know_of_each_other(policies: PolicySet, opa: Binary) -> None:
    units = [identity_policies((policy,)) for policy in policies.policies] * 60
    with OpaEngine(opa, units) as engine:
        decisions = [engine.decide(unit, {**REQUEST, "action": "iam:GetUser"}).decision for unit in (0, 1, 118, 119)]
    assert decisions == [Outcome.ALLOWED, Outcome.IMPLICIT_DENY] * 2


class Nonsense(BaseHTTPRequestHandler):
    """Answers every question with the same status and body."""

    status = 200
    body = b"{}"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the names are the library's
        """Say nothing."""


@contextmanager
def answering(status: int, body: str) -> Iterator[Client]:
    handler = type("Handler", (Nonsense,), {"status": status, "body": body.encode()})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            with Client.at(f"http://127.0.0.1:{server.server_port}", use_environment=False) as client:
                yield client
        finally:
            server.shutdown()
            thread.join()


DENIED: Final = (
    '{"decision": "implicitDeny", "matched_statements": [], "denied_by": ["identity"], "missing_context_keys": [], "errors": []}'
)
ANSWERS: Final = [
    pytest.param(200, "{}", id="no-result"),
    pytest.param(200, '{"result": false}', id="a-boolean"),
    pytest.param(200, '{"result": {"allow": false}}', id="no-document"),
    pytest.param(200, '{"result": {"allow": false, "decision": {"decision": "deny"}}}', id="no-such-decision"),
    pytest.param(200, "not JSON", id="not-json"),
    pytest.param(500, f'{{"result": {{"allow": false, "decision": {DENIED}}}}}', id="http-500"),
    pytest.param(401, '{"code": "unauthorized"}', id="http-401"),
    pytest.param(302, "", id="http-302"),
]


@pytest.mark.parametrize(("status", "body"), ANSWERS)
def test_a_failure_is_no_deny(status: int, body: str) -> None:
    with answering(status, body) as client:
        given = answer(DeployedEngine(client, "iam"), 0, REQUEST)
    assert isinstance(given, str)
    assert given.startswith("error: ")


@pytest.mark.parametrize("allow", [True, False])
def test_allow_is_compared_with_the_document(allow: bool) -> None:
    with answering(200, f'{{"result": {{"allow": {dumps(allow)}, "decision": {DENIED}}}}}') as client:
        given = answer(DeployedEngine(client, "iam"), 0, REQUEST)
    assert isinstance(given, Contradiction) is allow
    assert agree(given, given) is not allow


def test_a_deny_is_one() -> None:
    with answering(200, f'{{"result": {{"allow": false, "decision": {DENIED}}}}}') as client:
        given = answer(DeployedEngine(client, "iam"), 0, REQUEST)
    assert given == Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",))


def test_an_engine_that_only_fails_is_given_up(policies: PolicySet) -> None:
    with answering(500, "") as client, pytest.raises((EngineError, OpaError), match="HTTP status 500"):
        deployed_report(policies, client)
