"""What breaks in front of, behind and beside OPA while clients ask, and what becomes of their requests."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias

from tests.gateway.chains import Chain
from tests.gateway.deciding import decided, texts
from tests.gateway.gateway_bundles import ALLOWING, Builder, Revision, archived, files_of
from tests.gateway.loads import load
from tests.gateway.routes import Asked
from tests.gateway.serving import BESIDE, NAME
from tests.support.processes import eventually

BEFORE: Final = 30
"""How many requests are answered before a fault, and after it."""

HARMLESS: Final[Mapping[str, str]] = {".manifest": '{"revision": "", "roots": ["beside"], "rego_version": 1}', "data.json": "{}"}
_ALMOST_ALLOWING: Final = {**ALLOWING, "gateway.rego": ALLOWING["gateway.rego"].replace("true", "1 == 2")}
_LITTLE: Final = 8
"""How many KiB a file may have that is written by a build that has to fail."""

Fault: TypeAlias = Callable[[Chain, Builder], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the requests of a fault.

    Attributes:
        requests: how many there were, a few before and after it among them.
        wrong_allows: how many were served that the policies deny.
        denied: how many were not served that the policies allow.
        slowest: the longest seconds to an answer.
        recovery: seconds from the end of the fault until all were answered rightly and the next bundle was taken.
    """

    requests: int
    wrong_allows: int
    denied: int
    slowest: float
    recovery: float


def survived(chain: Chain, builder: Builder, fault: Fault, next_one: Revision, asked: Sequence[Asked], requests: int) -> Outcome:
    """Ask during a fault, which lasts for at least ``requests``; then offer ``next_one``, which decides alike.

    A fault lasts until these are answered, so one that keeps clients waiting does not end, and the wait for answers fails.
    """
    wanted = decided(next_one.policies, asked)
    with load(chain, texts(chain, asked)) as running:
        running.await_answers(BEFORE)
        with fault(chain, builder):
            running.await_answers(len(running.sent) + requests)
        ended = time.monotonic()
        chain.server.offer(next_one.archive)
        chain.opa.await_revision(next_one.name)
        taken = time.monotonic()
        running.await_answers(len(running.sent) + BEFORE)
    sent = running.sent
    failed = [each for each in sent if each.status != 200 and wanted[each.which] == 200]
    return Outcome(
        requests=len(sent),
        wrong_allows=sum(each.status == 200 and wanted[each.which] != 200 for each in sent),
        denied=len(failed),
        slowest=max(each.end - each.start for each in sent),
        recovery=max([taken, *(each.end for each in failed)]) - ended,
    )


@contextmanager
def opa_killed(chain: Chain, _: Builder) -> Iterator[None]:
    chain.opa.kill()
    yield
    chain.opa.start()


@contextmanager
def opa_started_with_nothing_good(chain: Chain, builder: Builder) -> Iterator[None]:
    chain.opa.kill()
    chain.server.offer(builder.sign(ALLOWING, builder.others))
    chain.opa.start()
    assert eventually(lambda: chain.opa.status().get("code")), "OPA does not refuse the bundle"
    yield


@contextmanager
def opa_stopped(chain: Chain, _: Builder) -> Iterator[None]:
    chain.opa.stop()
    yield
    chain.opa.go_on()


@contextmanager
def plugin_gone(chain: Chain, _: Builder) -> Iterator[None]:
    chain.plugin.end()
    yield
    chain.plugin.start()


@contextmanager
def server_gone(chain: Chain, _: Builder) -> Iterator[None]:
    chain.server.kill()
    yield
    chain.server.start()


@contextmanager
def disk_full(chain: Chain, builder: Builder) -> Iterator[None]:
    """A build in the place of the archive that is served may write no more than a little, as on a disk that is almost full."""
    build = [sys.executable, "-m", "iam2rego", *builder.words(chain.server.folder / NAME)]
    done = subprocess.run(["sh", "-c", f'ulimit -f {_LITTLE}; exec "$@"', "sh", *build], capture_output=True, check=False)
    assert done.returncode == 3, done.stderr
    yield


def refused(bundle: Callable[[Builder], bytes], name: str = NAME) -> Fault:
    """The fault that a bundle is offered which OPA must not take. All of them allow everything, so that one would see it."""

    @contextmanager
    def offered(chain: Chain, builder: Builder) -> Iterator[None]:
        chain.server.offer(bundle(builder), name)
        watched = {NAME: "iam", BESIDE: "beside"}[name]
        assert eventually(lambda: chain.opa.status(watched).get("code")), "OPA does not refuse the bundle"
        yield
        if name == BESIDE:
            chain.server.offer(builder.sign(HARMLESS), BESIDE)

    return offered


def truncated(builder: Builder) -> bytes:
    whole = builder.sign(ALLOWING)
    return whole[: len(whole) // 2]


def changed(builder: Builder) -> bytes:
    files = files_of(builder.sign(_ALMOST_ALLOWING))
    return archived({**files, "gateway.rego": files["gateway.rego"].replace("1 == 2", "1 == 1")})


FAULTS: Final[Mapping[str, Fault]] = {
    "OPA is killed, and started again": opa_killed,
    "OPA starts, and the bundle there is signed by another key": opa_started_with_nothing_good,
    "OPA is stopped beyond the time-out": opa_stopped,
    "the authorization service is gone": plugin_gone,
    "the bundle server is gone": server_gone,
    "the bundle is cut off": refused(truncated),
    "a byte of the bundle is changed": refused(changed),
    "the bundle is signed by another key": refused(lambda builder: builder.sign(ALLOWING, builder.others)),
    "the bundle has no signature": refused(lambda _: archived(ALLOWING)),
    "another bundle claims the gateway's package": refused(lambda builder: builder.sign(ALLOWING), BESIDE),
    "the disk is full while building": disk_full,
}
