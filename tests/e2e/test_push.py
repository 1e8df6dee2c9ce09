"""`build --opa-url` pushes to a running OPA, which decides every request by all of the old policies or by all of the new ones."""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, pairwise
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.opa.answer import Answer
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from tests.e2e.watched import ended, line, watching
from tests.support.gateways import Gateway, gateway_before
from tests.support.servers import open_to_all

Run: TypeAlias = Callable[..., CompletedProcess[str]]

EVERY: Final = 9
"""So many requests of a push lie between those after which it is killed."""


def policy(effect: str, action: str) -> str:
    return f'{{"Version": "2012-10-17", "Statement": {{"Effect": "{effect}", "Action": "{action}", "Resource": "*"}}}}'


def request(action: str) -> JsonValue:
    return {"principal": "arn:aws:iam::123456789012:user/u", "action": action, "resource": "arn:aws:s3:::b/k", "context": {}}


OLD: Final = {"allows.json": policy("Allow", "s3:Get*"), "other.json": policy("Deny", "s3:GetObject")}
NEW: Final = {"allows.json": policy("Allow", "s3:Put*"), "other.json": policy("Allow", "s3:ListBucket")}
"""Neither lets anybody get an object. What allows of the old ones, with the other of the new ones, would."""

GATEWAY: Final = """kind = "http"

[principal]
arn = "arn:aws:iam::123456789012:user/{claim.sub}"

[claims]
verified_by = "caller"

[[routes]]
method = "PUT"
path = "/{bucket}/{key}"
action = "s3:PutObject"
resource = "arn:aws:s3:::{bucket}/{key}"
"""
DOCUMENT: Final = '{"method": "PUT", "path": "/b/k", "headers": {}, "claims": {"sub": "u"}, "source_ip": "192.0.2.1"}'

ASKED: Final = tuple(map(request, ("s3:GetObject", "s3:PutObject", "s3:ListBucket")))


@pytest.fixture
def empty(opa: Binary, tmp_path: Path) -> Iterator[Client]:
    """An OPA that holds nothing of ours."""
    folder = tmp_path / "unrelated"
    folder.mkdir()
    (folder / ".manifest").write_text('{"roots": ["unrelated"]}')
    with open_to_all(opa, folder) as client:
        yield client


@pytest.fixture
def proxy(empty: Client) -> Iterator[Gateway]:
    """What passes a push on to that OPA."""
    with gateway_before(empty) as gateway:
        yield gateway


def written(folder: Path, policies: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in policies.items():
        (folder / name).write_text(text)
    return folder


def answers(client: Client, package: str = "iam") -> list[Answer]:
    return [client.decide(package, asked) for asked in ASKED]


def held(client: Client) -> list[str]:
    """What OPA says that it holds: policies, and documents at the top."""
    ids = [each["id"] for each in json.loads(client._transport.send("GET", "policies"))["result"]]
    return [*sorted(ids), *sorted(json.loads(client._transport.send("GET", "data"))["result"])]


def test_what_is_pushed_is_asked(run: Run, empty: Client, tmp_path: Path) -> None:
    done = run("build", written(tmp_path / "new", NEW), "--opa-url", empty.address)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "built 2 policies as modules: the OPA\n")
    assert [answer.allow for answer in answers(empty)] == [False, True, True]


def test_another_package_is_asked_where_it_stands(run: Run, empty: Client, tmp_path: Path) -> None:
    for package, policies in (("company.iam", NEW), ("iam", OLD)):
        run("build", written(tmp_path / package, policies), "--opa-url", empty.address, "--package", package).check_returncode()
    assert [answer.allow for answer in answers(empty, "company.iam")] == [False, True, True]
    assert [answer.allow for answer in answers(empty)] == [False, False, False]


def test_nothing_of_the_old_is_left(run: Run, empty: Client, tmp_path: Path) -> None:
    new = written(tmp_path / "new", NEW)
    run("build", new, "--opa-url", empty.address).check_returncode()
    fresh = held(empty)
    run("build", written(tmp_path / "old", OLD), "--opa-url", empty.address).check_returncode()
    assert held(empty) != fresh
    run("build", new, "--opa-url", empty.address).check_returncode()
    assert held(empty) == fresh


def test_what_is_there_is_not_pushed_again(run: Run, proxy: Gateway, tmp_path: Path) -> None:
    new = written(tmp_path / "new", NEW)
    run("build", new, "--opa-url", proxy.url).check_returncode()
    proxy.asked.clear()
    run("build", new, "--opa-url", proxy.url).check_returncode()
    assert proxy.asked == ["/v1/policies"]


def test_every_answer_meanwhile_is_the_old_one_or_the_new_one(run: Run, proxy: Gateway, empty: Client, tmp_path: Path) -> None:
    run("build", written(tmp_path / "old", OLD), "--opa-url", proxy.url).check_returncode()
    seen = [answers(empty)]
    proxy.passed = lambda: seen.append(answers(empty))
    run("build", written(tmp_path / "new", NEW), "--opa-url", proxy.url).check_returncode()
    assert sum(before != after for before, after in pairwise(seen)) == 1
    assert seen[-1] != seen[0]


def test_a_gateway_is_pushed_with_its_policies(run: Run, proxy: Gateway, empty: Client, tmp_path: Path) -> None:
    old, new = written(tmp_path / "old", OLD), written(tmp_path / "new", NEW)
    run("build", old, "--opa-url", proxy.url).check_returncode()
    fresh = held(empty)
    gateway = tmp_path / "gateway.toml"
    gateway.write_text(GATEWAY)
    seen: list[JsonValue] = []
    for source in (old, new):
        run("build", source, "--opa-url", proxy.url, "--gateway", gateway).check_returncode()
        seen.append(empty.document("iam/gateway", DOCUMENT))
        proxy.passed = lambda: seen.append(empty.document("iam/gateway", DOCUMENT))
    proxy.passed = lambda: None
    assert sum(before != after for before, after in pairwise(seen)) == 1
    answer = seen[-1]
    assert isinstance(answer, dict)
    assert (answer["allow"], set(answer)) == (True, {"allow", "decision", "response", "request"})
    run("build", old, "--opa-url", proxy.url).check_returncode()
    assert held(empty) == fresh


def killed(run: Run, proxy: Gateway, source: Path, requests: int) -> Sequence[str]:
    """Push, but let OPA fail after some requests; return what was asked."""
    proxy.asked.clear()
    proxy.spoil = lambda _: (500, b"{}") if len(proxy.asked) > requests else None
    done = run("build", source, "--opa-url", proxy.url)
    proxy.spoil = lambda _: None
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("iam2rego: error: the OPA at ")
    return proxy.asked


@pytest.mark.long
def test_a_push_that_fails_leaves_the_old_or_the_new_answers_and_the_next_makes_it_good(
    run: Run, proxy: Gateway, empty: Client, tmp_path: Path
) -> None:
    sources = [written(tmp_path / "old", OLD), written(tmp_path / "new", NEW)]
    whole = []
    for source in (*sources, sources[0]):
        proxy.asked.clear()
        run("build", source, "--opa-url", proxy.url).check_returncode()
        whole.append((answers(empty), held(empty)))
    for requests, pushed in zip(range(0, len(proxy.asked), EVERY), cycle((1, 0)), strict=False):
        killed(run, proxy, sources[pushed], requests)
        assert answers(empty) in (whole[0][0], whole[1][0])
        run("build", sources[pushed], "--opa-url", proxy.url).check_returncode()
        assert (answers(empty), held(empty)) == whole[pushed]


def test_what_a_bundle_of_its_own_holds_opa_does_not_let_us_replace(run: Run, opa: Binary, built: Path, policy: Path) -> None:
    with open_to_all(opa, built) as client:
        done = run("build", policy, "--opa-url", client.address)
        assert (done.returncode, done.stdout) == (3, "")
        assert "owned by bundle" in done.stderr


def test_an_opa_asks_for_a_token(run: Run, proxy: Gateway, empty: Client, tmp_path: Path) -> None:
    proxy.token = "secret"
    new = written(tmp_path / "new", NEW)
    assert run("build", new, "--opa-url", proxy.url).returncode == 3
    run("build", new, "--opa-url", proxy.url, "--opa-token", "secret").check_returncode()
    assert answers(empty)[1].allow


def test_a_change_that_is_watched_is_pushed(empty: Client, tmp_path: Path) -> None:
    source = written(tmp_path / "source", OLD)
    with watching(source, "--opa-url", empty.address) as process:
        assert line(process).endswith("changed, pushed")
        written(source, NEW)
        assert line(process) == "built: 4 files changed, pushed"
        assert [answer.allow for answer in answers(empty)] == [False, True, True]
        assert ended(process) == (0, "", "")


def test_an_opa_that_comes_later_gets_the_next_build(proxy: Gateway, empty: Client, tmp_path: Path) -> None:
    proxy.spoil = lambda _: (500, b"{}")
    source = written(tmp_path / "source", OLD)
    with watching(source, "-o", tmp_path / "out", "--opa-url", proxy.url, "--format", "json") as process:
        told = json.loads(line(process))
        assert (told["built"], told["pushed"]) == (True, False)
        proxy.spoil = lambda _: None
        written(source, NEW)
        assert json.loads(line(process))["pushed"] is True
        said = ended(process)[2]
    assert said.startswith("iam2rego: error: the OPA at ")
    assert [answer.allow for answer in answers(empty)] == [False, True, True]
