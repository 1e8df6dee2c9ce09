"""Tokens whose time comes and goes while clients ask."""

import time
from dataclasses import dataclass
from typing import Final

from tests.gateway.chains import Chain
from tests.gateway.clients import request
from tests.gateway.loads import CONNECTIONS, load
from tests.support.tokens import claims, token

AHEAD: Final = 2
"""How many whole seconds after a token was made its time begins. It lasts one second."""


@dataclass(frozen=True, slots=True)
class Times:
    """How many requests were sent, were served out of the token's time, were refused within it, and were refused out of it."""

    requests: int
    wrong_allows: int
    denied: int
    refused: int


@dataclass(frozen=True, slots=True)
class Skew:
    """How many seconds too early and too late a token may be believed."""

    early: int
    late: int


ENVOY: Final = Skew(1, 2)
"""A second of `clock_skew_seconds` each way, and one more because Envoy counts whole seconds."""

OPA: Final = Skew(0, 0)


def through_its_time(chain: Chain, skew: Skew) -> Times:
    """Ask with a token from before its time until after it."""
    begins = int(time.time()) + AHEAD
    ends = begins + 1
    asked = request("GET", "/clusters/default", token(chain.key, claims("alice", nbf=begins, exp=ends)))
    with load(chain, [asked]) as running:
        time.sleep(max(0.0, ends + skew.late + 0.5 - time.time()))  # until after the token's end, by any clock
        running.await_answers(len(running.sent) + 2 * CONNECTIONS)  # some of these are sent only now
    since = time.time() - time.monotonic()
    spans = [(each.start + since, each.end + since, each.status == 200) for each in running.sent]
    outside = [served for start, end, served in spans if end < begins - skew.early or start >= ends + skew.late]
    inside = [served for start, end, served in spans if begins <= start and end < ends]
    return Times(len(spans), outside.count(True), inside.count(False), outside.count(False))
