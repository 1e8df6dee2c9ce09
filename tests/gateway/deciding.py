"""What Envoy answers to requests over every route, beside the decisions of the native evaluator, and how long it takes."""

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle, islice
from statistics import median
from typing import Final

from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.native import authorize
from tests.gateway.chains import Chain
from tests.gateway.clients import Connection, request
from tests.gateway.routes import USERS, Asked
from tests.support.tokens import claims, token

_BLOCK: Final = 50
"""So many requests in a row before another chain has its turn."""


def statuses(chain: Chain, asked: Sequence[Asked]) -> list[int]:
    """Ask all on one connection."""
    connection = chain.connection()
    return [connection.ask(each).status for each in texts(chain, asked)]


def texts(chain: Chain, asked: Sequence[Asked]) -> list[bytes]:
    tokens = {user: token(chain.key, claims(user)) for user in USERS}
    return [request(each.route.method, each.path, tokens[each.user]) for each in asked]


def decided(policies: PolicySet, asked: Sequence[Asked]) -> list[int]:
    """Return the statuses that the native evaluator's decisions ask for."""
    return [200 if authorize(policies, each.meant).decision is Outcome.ALLOWED else 403 for each in asked]


def differing(chain: Chain, policies: PolicySet, asked: Sequence[Asked]) -> list[tuple[Asked, int]]:
    """Return each request whose status is not the decision, with the status."""
    answered = zip(asked, statuses(chain, asked), decided(policies, asked), strict=True)
    return [(each, status) for each, status, wanted in answered if status != wanted]


def milliseconds(chains: Sequence[Chain], asked: Sequence[Asked], blocks: int) -> list[float]:
    """Return the median time of an answer of each chain, which take turns."""
    asking = [(chain.connection(), cycle(texts(chain, asked))) for chain in chains]
    times: list[list[float]] = [[] for _ in chains]
    for _ in range(blocks):
        for spent, (connection, requests) in zip(times, asking, strict=True):
            spent += timed(connection, islice(requests, _BLOCK))
    return [median(each) for each in times]


def timed(connection: Connection, requests: Iterable[bytes]) -> Iterator[float]:
    for each in requests:
        start = time.perf_counter()
        connection.ask(each)
        yield (time.perf_counter() - start) * 1e3
