"""OPA starts, answers and stops, whatever happens."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from iam2rego.opa import OpaError, server
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from tests.support.processes import eventually

AUTHZ = """package unit.authz

default allow := false

allow if input.action == "s3:GetObject"

decision := {"decision": "allowed", "errors": []} if allow

decision := {"decision": "implicitDeny", "denied_by": ["identity"], "errors": []} if not allow
"""


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "authz.rego").write_text(AUTHZ)
    (folder / ".manifest").write_text(json.dumps({"roots": ["unit"], "revision": "", "rego_version": 1}))
    return folder


def is_up(client: Client) -> bool:
    try:
        socket.create_connection(place(client), timeout=600).close()
    except OSError:
        return False
    return True


def place(client: Client) -> tuple[str, int]:
    host, _, port = client.address.removeprefix("http://").partition(":")
    return host, int(port)


def test_a_started_server_answers_and_tells_its_version(opa: Binary, bundle: Path) -> None:
    with server.serve(opa, bundle) as client:
        assert client.provenance("unit").version == opa.version
        assert client.decide("unit", {"action": "s3:GetObject"}).allow is True


ASKED = [
    pytest.param("GET", "v1/policies", id="policies"),
    pytest.param("GET", "v1/data", id="data"),
    pytest.param("POST", "v1/data/unit/authz", id="decision"),
    pytest.param("POST", "v0/data/unit/authz", id="decision-of-old"),
    pytest.param("POST", "", id="default-decision"),
    pytest.param("POST", "v1/query", id="query"),
    pytest.param("POST", "v1/compile", id="compile"),
    pytest.param("PUT", "v1/policies/more", id="policy"),
    pytest.param("PUT", "v1/data/more", id="document"),
    pytest.param("DELETE", "v1/policies/unit", id="removal"),
    pytest.param("GET", "v1/config", id="configuration"),
    pytest.param("GET", "v1/data/system/authz/mark", id="mark"),
    pytest.param("GET", "metrics", id="metrics"),
    pytest.param("GET", "health", id="health"),
]


@pytest.mark.parametrize("token", [None, "", "0" * 64], ids=["none", "empty", "another"])
@pytest.mark.parametrize(("method", "path"), ASKED)
def test_the_server_answers_nobody_else(guarded: Client, method: str, path: str, token: str | None) -> None:
    """Every user of the machine reaches its loopback address."""
    asked = http.client.HTTPConnection(*place(guarded), timeout=600)
    asked.request(method, f"/{path}", body="{}", headers={} if token is None else {"Authorization": f"Bearer {token}"})
    answer = asked.getresponse()
    assert (answer.status, b"unit" in answer.read()) == (401, False)
    asked.close()


@pytest.fixture(scope="module")
def guarded(opa: Binary, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "authz.rego").write_text(AUTHZ)
    (folder / ".manifest").write_text(json.dumps({"roots": ["unit"], "revision": "", "rego_version": 1}))
    with server.serve(opa, folder) as client:
        yield client


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(None, id="none"),
        pytest.param({}, id="without-roots"),
        pytest.param({"roots": [""]}, id="everything"),
        pytest.param({"roots": ["unit", "system"]}, id="above-ours"),
        pytest.param({"roots": ["unit", "system/authz/x"]}, id="below-ours"),
        pytest.param({"roots": ["unit", "system/authz2", "system/log"]}, id="beside-ours"),
    ],
)
def test_a_bundle_may_claim_what_it_wants(opa: Binary, bundle: Path, manifest: dict[str, list[str]] | None) -> None:
    before = sorted(bundle.iterdir())
    (bundle / ".manifest").unlink() if manifest is None else (bundle / ".manifest").write_text(json.dumps(manifest))
    with server.serve(opa, bundle) as client:
        assert client.decide("unit", {"action": "s3:GetObject"}).allow is True
        with Client.at(client.address) as another, pytest.raises(OpaError, match="HTTP status 401"):
            another.decide("unit", {})
    assert sorted(bundle.iterdir()) == [path for path in before if manifest is not None or path.name != ".manifest"]


@pytest.mark.parametrize("manifest", ["[]", "{", '{"roots": 1}', '{"roots": [1]}'])
def test_a_manifest_that_is_none_is_reported_in_the_words_of_opa(opa: Binary, bundle: Path, manifest: str) -> None:
    (bundle / ".manifest").write_text(manifest)
    with pytest.raises(OpaError, match="OPA did not start"), server.serve(opa, bundle):
        pass


def test_what_the_server_knows_us_by_stands_in_no_place_that_others_read(
    opa: Binary, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Command lines are for all to read; a file is, unless its folder is closed. The token is in neither."""
    made: list[str] = []
    monkeypatch.setattr(secrets, "token_hex", lambda *_: made.append(f"{len(made):064x}") or made[-1])
    seen: list[list[str]] = []
    start = server._start
    monkeypatch.setattr(server, "_start", lambda command, log: seen.append(command) or start(command, log))
    with server.serve(opa, bundle) as client:
        assert client.decide("unit", {}).allow is False
        (command,) = seen
        folder = Path(command[-1])
        assert not any(secret in " ".join(command) for secret in made)
        assert folder.stat().st_mode & 0o077 == 0
        assert [made[0] in file.read_text() for file in folder.rglob("*")] == [False, False]
    assert not folder.exists()


def test_the_server_is_gone_after_the_block(opa: Binary, bundle: Path) -> None:
    with server.serve(opa, bundle) as client:
        pass
    assert not is_up(client)


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_the_server_is_gone_after_a_failing_block(opa: Binary, bundle: Path, failure: type[BaseException]) -> None:
    with pytest.raises(failure), server.serve(opa, bundle) as client:
        raise failure
    assert not is_up(client)


def test_the_server_tells_nobody_our_environment(opa: Binary, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hidden")
    (bundle / "authz.rego").write_text(
        'package unit.authz\n\nallow := object.get(opa.runtime().env, "AWS_SECRET_ACCESS_KEY", "") == "hidden"\n\n'
        'decision := {"decision": "implicitDeny"}\n'
    )
    with server.serve(opa, bundle) as client:
        assert client.decide("unit", {}).allow is False


def test_a_bundle_that_opa_refuses_is_reported_in_its_words(opa: Binary, bundle: Path) -> None:
    (bundle / "bad.rego").write_text("package unit.bad\n\nallow if")
    with pytest.raises(OpaError, match=r"bad\.rego:3: rego_parse_error"), server.serve(opa, bundle):
        pass


def test_a_port_that_is_taken_leads_to_another(opa: Binary, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with server.serve(opa, bundle) as first:
        taken = int(first.address.rpartition(":")[2])
        ports = iter([taken, taken, server._free_port()])
        monkeypatch.setattr(server, "_free_port", lambda: next(ports))
        with server.serve(opa, bundle) as second:
            assert second.address != first.address


def test_no_free_port_at_all_is_an_error(opa: Binary, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with server.serve(opa, bundle) as first:
        taken = int(first.address.rpartition(":")[2])
        monkeypatch.setattr(server, "_free_port", lambda: taken)
        with pytest.raises(OpaError, match="no free port"), server.serve(opa, bundle):
            pass


def test_a_server_that_never_answers_is_given_up(tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mute = tmp_path / "mute"
    mute.write_text("#!/bin/sh\nexec sleep 600\n")
    mute.chmod(0o755)
    monkeypatch.setattr(server, "_SECONDS_TO_START", 0.2)
    with pytest.raises(OpaError, match="did not answer within"), server.serve(Binary(mute, "0"), bundle):
        pass


@pytest.fixture
def script(opa: Binary, tmp_path: Path) -> Binary:
    """An OPA that a script starts, which does not become it."""
    path = tmp_path / "script"
    path.write_text(f'#!/bin/sh\n"{opa.path}" "$@"\nexit $?\n')
    path.chmod(0o755)
    return Binary(path, opa.version)


def test_a_server_that_a_script_started_is_gone_after_the_block(script: Binary, bundle: Path) -> None:
    with server.serve(script, bundle) as client:
        assert is_up(client)
    assert gone(client)


def test_a_server_that_a_script_started_does_not_outlive_us(script: Binary, bundle: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(script.path), str(bundle)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as holder:
        assert holder.stdout is not None
        client = Client.at(holder.stdout.readline().strip())
        assert is_up(client)
        holder.kill()
    assert gone(client)


HOLDER = """
import sys, time
from pathlib import Path
from iam2rego.opa.binary import Binary
from iam2rego.opa.server import serve
with serve(Binary(Path(sys.argv[1]), ""), Path(sys.argv[2])) as client:
    print(client.address, flush=True)
    time.sleep(600)  # until the test kills it
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda each: each.name)
def test_the_server_does_not_outlive_a_process_that_is_killed(opa: Binary, bundle: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-c", HOLDER, str(opa.path), str(bundle)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as holder:
        assert holder.stdout is not None
        client = Client.at(holder.stdout.readline().strip())
        assert is_up(client)
        os.kill(holder.pid, number)
        holder.wait()
    assert gone(client)


def gone(client: Client) -> bool:
    return eventually(lambda: not is_up(client))
