"""`serve`: a bundle server that OPAs poll."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from tests.support.bundles import bundled
from tests.support.keys import keys
from tests.support.processes import eventually
from tests.support.servers import started

Run: TypeAlias = Callable[..., CompletedProcess[str]]

PROGRAM: Final = (sys.executable, "-c", "from iam2rego.cli.main import main; main()")
TYPE: Final = "application/vnd.openpolicyagent.bundles"
REQUEST: Final[JsonValue] = {
    "principal": "arn:aws:iam::123456789012:user/u",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::b/k",
    "context": {},
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running `serve`."""

    process: "subprocess.Popen[str]"
    address: str

    def ask(self, target: str, method: str = "GET", **headers: str) -> Answer:
        connection = HTTPConnection(self.address, timeout=600)
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        return Answer(response.status, dict(response.headers), response.read())


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    command = [*PROGRAM, "serve", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            yield Server(process, process.stdout.readline().rpartition("//")[2].strip())
        finally:
            process.kill()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to serve, within one that must stay hidden."""
    place = tmp_path_factory.mktemp("place")
    for path in (
        "out.tar.gz",
        "served/a.tar.gz",
        "served/below/b.tar.gz",
        "served/.hidden.tar.gz",
        "served/.below/c.tar.gz",
        "served/key.pem",
    ):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(path.encode())
    (place / "served" / "folder.tar.gz").mkdir()
    (place / "served" / "out.tar.gz").symlink_to("../out.tar.gz")
    (place / "served" / "link.tar.gz").symlink_to("below/b.tar.gz")
    (place / "served" / "circle.tar.gz").symlink_to("circle.tar.gz")
    os.mkfifo(place / "served" / "pipe.tar.gz")
    return place / "served"


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder) as server:
        yield server


@pytest.mark.parametrize(
    ("target", "body"),
    [
        pytest.param("/a.tar.gz", b"served/a.tar.gz", id="an-archive"),
        pytest.param("/a.tar.gz?version=1", b"served/a.tar.gz", id="with-a-query"),
        pytest.param("/below/b.tar.gz", b"served/below/b.tar.gz", id="in-a-folder-below"),
        pytest.param("/below%2Fb.tar.g%7a", b"served/below/b.tar.gz", id="encoded"),
        pytest.param("/link.tar.gz", b"served/below/b.tar.gz", id="a-link-within"),
    ],
)
def test_archives_are_served(server: Server, target: str, body: bytes) -> None:
    answer = server.ask(target)
    assert (answer.status, answer.headers["Content-Type"], answer.body) == (200, TYPE, body)


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("/", id="the-folder"),
        pytest.param("/missing.tar.gz", id="missing"),
        pytest.param("/key.pem", id="no-archive"),
        pytest.param("/folder.tar.gz", id="a-folder-of-such-a-name"),
        pytest.param("/pipe.tar.gz", id="a-pipe"),
        pytest.param("/circle.tar.gz", id="a-link-to-itself"),
        pytest.param("/out.tar.gz", id="a-link-that-leads-out"),
        pytest.param("/../out.tar.gz", id="above"),
        pytest.param("/%2e%2e/out.tar.gz", id="above-encoded"),
        pytest.param("/below/..%2f..%2fout.tar.gz", id="above-in-one-segment"),
        pytest.param("/..%5cout.tar.gz", id="above-by-a-backslash"),
        pytest.param("/below//b.tar.gz", id="two-slashes"),
        pytest.param("{folder}/a.tar.gz", id="an-absolute-path"),
        pytest.param("/%2f{folder}/a.tar.gz", id="an-absolute-path-encoded"),
        pytest.param("/.hidden.tar.gz", id="hidden"),
        pytest.param("/.below/c.tar.gz", id="in-a-hidden-folder"),
        pytest.param("/a.tar.gz%00", id="a-NUL-at-the-end"),
        pytest.param("/a%00.tar.gz", id="a-NUL"),
        pytest.param("/%ff.tar.gz", id="no-UTF-8"),
        pytest.param("/%c0%ae%c0%ae/out.tar.gz", id="overlong-UTF-8"),
        pytest.param("HTTP://[/a.tar.gz", id="no-address"),
        pytest.param(f"/{'a' * 5000}.tar.gz", id="a-long-name"),
    ],
)
def test_nothing_else_is_served(server: Server, folder: Path, target: str) -> None:
    answer = server.ask(target.format(folder=folder))
    assert answer.status == 404
    assert b"served/" not in answer.body


def test_head_tells_what_get_would(server: Server) -> None:
    got, told = server.ask("/a.tar.gz"), server.ask("/a.tar.gz", "HEAD")
    assert (told.status, told.body) == (200, b"")
    assert {**told.headers, "Date": ""} == {**got.headers, "Date": ""}


@pytest.mark.parametrize(
    ("known", "status"),
    [
        pytest.param("{tag}", 304, id="the-same"),
        pytest.param('"old", {tag}', 304, id="one-of-several"),
        pytest.param("W/{tag}", 304, id="weak"),
        pytest.param('"old"', 200, id="another"),
        pytest.param("", 200, id="none"),
    ],
)
@pytest.mark.parametrize("prefer", ["modes=snapshot,delta", "modes=snapshot,delta;wait=1"], ids=["at-once", "long"])
def test_what_is_known_is_not_sent_again(server: Server, known: str, status: int, prefer: str) -> None:
    tag = server.ask("/a.tar.gz", "HEAD").headers["ETag"]
    answer = server.ask("/a.tar.gz", If_None_Match=known.format(tag=tag), Prefer=prefer)
    assert (answer.status, answer.headers["ETag"], answer.body) == (status, tag, b"" if status == 304 else b"served/a.tar.gz")


def test_a_long_poll_is_answered_when_there_is_something_else(tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").write_bytes(b"old")
    with serving(tmp_path) as server:
        tag = server.ask("/a.tar.gz").headers["ETag"]
        answers: list[Answer] = []
        waiting = threading.Thread(target=lambda: answers.append(server.ask("/a.tar.gz", If_None_Match=tag, Prefer="wait=600")))
        waiting.start()
        (tmp_path / "new").write_bytes(b"new")
        (tmp_path / "new").replace(tmp_path / "a.tar.gz")
        waiting.join()
    assert [(each.status, each.body) for each in answers] == [(200, b"new")]


@pytest.mark.usefixtures("with_opa")
def test_an_opa_takes_what_is_built_anew(run: Run, opa: Binary, policy: Path, tmp_path: Path) -> None:
    made, folder = keys("ES256", tmp_path), tmp_path / "served"
    folder.mkdir()
    with serving(folder) as server:
        signing = ("-o", folder / "policies.tar.gz", "--sign", made.private)
        beside = ("--opa-config", tmp_path / "opa.yaml", "--verification-key", made.public, "--bundles-url", f"http://{server.address}")
        bundled(run, policy, *signing, *beside)
        with started(opa, "--config-file", tmp_path / "opa.yaml") as client:
            assert client.decide("iam", REQUEST).allow
            policy.write_text(policy.read_text().replace("GetObject", "PutObject"))
            bundled(run, policy, *signing)
            assert eventually(lambda: not client.decide("iam", REQUEST).allow)


def test_it_ends_in_order(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        server.process.send_signal(signal.SIGINT)
        assert server.process.communicate()[0] == ""
        assert server.process.returncode == 0


def test_a_port_that_is_taken_is_named(run: Run, server: Server, tmp_path: Path) -> None:
    port = server.address.rpartition(":")[2]
    done = run("serve", tmp_path, "--port", port)
    assert (done.returncode, done.stdout) == (3, "")
    assert f"cannot listen at 127.0.0.1:{port}: address already in use; name another with --port" in done.stderr


def test_what_is_no_folder_is_refused(run: Run, policy: Path) -> None:
    assert run("serve", policy).returncode == 2
