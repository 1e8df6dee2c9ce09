"""What `eval` and `conform` say of what a gateway asks."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias
from urllib.request import Request, urlopen
from xml.etree import ElementTree

import pytest

from iam2rego.opa.binary import Binary
from tests.e2e.gateway_files import DOCUMENT, GATEWAY, SERVICES, STORE
from tests.support.servers import open_to_all

Run: TypeAlias = Callable[..., CompletedProcess[str]]


@pytest.fixture
def gateway(tmp_path: Path) -> Path:
    path = tmp_path / "gateway.toml"
    path.write_text(GATEWAY)
    return path


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(DOCUMENT))
    return path


@pytest.mark.usefixtures("with_opa")
@pytest.mark.parametrize("engine", ["native", "opa"])
def test_a_document_is_decided(engine: str, run: Run, policy: Path, gateway: Path, document: Path) -> None:
    done = run("eval", policy, "--gateway", gateway, "--request", document, "--engine", engine, "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["decision"]) == (0, "allowed")


@pytest.mark.usefixtures("with_opa")
@pytest.mark.parametrize("engine", ["native", "opa"])
def test_a_document_that_becomes_no_request_is_refused(engine: str, run: Run, policy: Path, gateway: Path) -> None:
    done = run("eval", policy, "--gateway", gateway, "--request", "-", "--engine", engine, "--format", "json", stdin="{}")
    assert (done.returncode, json.loads(done.stdout)["decision"]) == (2, "implicitDeny")


def test_people_are_told_what_a_document_becomes(run: Run, policy: Path, gateway: Path, document: Path) -> None:
    done = run("eval", policy, "--gateway", gateway, "--request", document)
    assert done.stdout.startswith('the question becomes {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", ')
    done = run("eval", policy, "--gateway", gateway, "--request", "-", stdin=json.dumps({**DOCUMENT, "path": "/b//k"}))
    assert done.stdout == "the question becomes no request\n  the path is not understood\n"


@pytest.mark.usefixtures("with_opa")
def test_conform_asks_what_gateways_ask(run: Run, policy: Path, gateway: Path, document: Path) -> None:
    done = run("conform-gateway", gateway, policy, "--requests", document, "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["disagreements"]) == (0, [])
    assert report["decisions"].keys() == {"allowed", "implicitDeny", "invalid"}


@pytest.mark.usefixtures("with_opa")
@pytest.mark.parametrize("engine", ["native", "opa"])
@pytest.mark.parametrize("told", ["query", "header", "claim"])
def test_the_resource_account_can_come_from_anywhere(told: str, engine: str, run: Run, policy: Path, tmp_path: Path) -> None:
    route = 'method = "GET"\npath = "/{key}"\naction = "s3:GetObject"\nresource = "arn:aws:s3:::b/{key}"\n'
    front = GATEWAY.partition("[[routes]]")[0]
    (tmp_path / "gateway.toml").write_text(f'{front}[[routes]]\n{route}resource_account = "{{{told}.account}}"\n')
    document = {"method": "GET", "path": "/k", "headers": {}, "claims": {"sub": "u"}}
    sent = {
        "query": {"path": "/k?account=123456789012"},
        "header": {"headers": {"Account": "123456789012"}},
        "claim": {"claims": {"sub": "u", "account": "123456789012"}},
    }[told]
    asked = run(
        *("eval", policy, "--gateway", tmp_path / "gateway.toml", "--engine", engine, "--format", "json"),
        *("--request", "-"),
        stdin=json.dumps({**document, **sent}),
    )
    assert (asked.returncode, json.loads(asked.stdout)["decision"]) == (0, "allowed")


@pytest.mark.usefixtures("with_opa")
def test_a_route_of_which_every_request_is_invalid_is_a_finding(run: Run, policy: Path, gateway: Path) -> None:
    gateway.write_text(GATEWAY.replace("123456789012:user", "1234:user"))
    subjects = ["route `GET /{bucket}/{key}`", "route `GET /{bucket}/index`"]
    text = run("conform-gateway", gateway, policy)
    found = [line for line in text.stdout.splitlines() if line.startswith("route ")]
    assert text.returncode == 1
    assert [line.partition(":")[0] for line in found] == subjects
    assert all("requests are invalid, so nothing was compared; the first: " in line for line in found)
    told = run("conform-gateway", gateway, policy, "--format", "json")
    assert told.returncode == 1
    assert [(each["subject"], each["requests"] > 40, bool(each["error"])) for each in json.loads(told.stdout)["all_invalid"]] == [
        (subject, True, True) for subject in subjects
    ]
    cases = run("conform-gateway", gateway, policy, "--format", "junit")
    assert cases.returncode == 1
    assert [
        case.get("name") for case in ElementTree.fromstring(cases.stdout).iter("testcase") if case.find("failure") is not None
    ] == subjects


@pytest.mark.usefixtures("with_opa")
def test_conform_asks_an_output_that_was_built_earlier(run: Run, policy: Path, gateway: Path, tmp_path: Path) -> None:
    run("build", policy, "--gateway", gateway, "-o", tmp_path / "out").check_returncode()
    done = run("conform-gateway", gateway, policy, "--rego", tmp_path / "out", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["freshness"]) == (0, "current")
    gateway.write_text(GATEWAY.replace('"s3:GetObject"', '"s3:PutObject"'))
    done = run("conform-gateway", gateway, policy, "--rego", tmp_path / "out", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["freshness"]) == (1, "stale")
    replay = json.loads(done.stdout)["disagreements"][0]["replay"]
    assert replay.endswith(
        f"--bundle {tmp_path / 'out'} --stdin-input --format pretty '[data.iam.gateway.allow, data.iam.gateway.decision]'"
    )


def test_conform_asks_a_running_opa(run: Run, policy: Path, gateway: Path, opa: Binary, tmp_path: Path) -> None:
    run("build", policy, "--gateway", gateway, "-o", tmp_path / "out").check_returncode()
    with open_to_all(opa, tmp_path / "out") as client:
        done = run("conform-gateway", gateway, policy, "--opa-url", client.address, "--format", "json")
        decided = run("eval", policy, "--gateway", gateway, "--opa-url", client.address, "--engine", "opa", "--request", "-", stdin="{}")
    assert (done.returncode, json.loads(done.stdout)["freshness"]) == (0, "current")
    assert decided.returncode == 2


def test_the_program_opa_is_not_asked_documents(run: Run, policy: Path, gateway: Path, document: Path) -> None:
    assert run("eval", policy, "--gateway", gateway, "--request", document, "--engine", "opa-cli").returncode == 2


def posted(url: str, document: object) -> object:
    asked = Request(url, json.dumps(document).encode(), {"Content-Type": "application/json"})
    with urlopen(asked) as answer:
        return json.load(answer)


def test_stores_and_services_are_answered_in_their_shape(run: Run, policy: Path, gateway: Path, opa: Binary, tmp_path: Path) -> None:
    gateway.write_text(STORE)
    run("build", policy, "--gateway", gateway, "-o", tmp_path / "store").check_returncode()
    with open_to_all(opa, tmp_path / "store") as client:
        asked = {"input": {"account": "u", "action": "s3:GetObject", "bucket": "b", "object": "k"}}
        assert posted(f"{client.address}/v1/data/iam/gateway/allow", asked) == {"result": True}
        answer = posted(f"{client.address}/v1/data/iam/gateway/response", {"input": {}})
    assert isinstance(answer, dict)
    assert (answer["result"]["allow"], bool(answer["result"]["decision"]["errors"])) == (False, True)
    gateway.write_text(SERVICES.replace("docs:GetDocument", "s3:GetObject"))
    run("build", policy, "--gateway", gateway, "-o", tmp_path / "services").check_returncode()
    with open_to_all(opa, tmp_path / "services") as client:
        question = {"subject": {"type": "user", "id": "u"}, "action": {"name": "can_read"}, "resource": {"type": "document", "id": "d"}}
        answer = posted(f"{client.address}/v0/data/iam/gateway/response", question)
    assert isinstance(answer, dict)
    assert (answer["decision"], answer["context"]["decision"]) == (True, "allowed")
