"""Tokens whose time comes and goes while clients ask."""

import time
from dataclasses import dataclass
from typing import Final

from chains import Chain
from clients import request
from loads import load
from tokens import claims, token

AHEAD: Final = 2
LASTING: Final = 2
"""A token's time begins so many seconds after it was made, and lasts so many."""


@dataclass(frozen=True, slots=True)
class Times:
    """How many requests were sent, how many were served out of the token's time, and how many in its time were not served."""

    requests: int
    wrong_allows: int
    denied: int


def through_its_time(chain: Chain, skew: float) -> Times:
    """Ask with a token from before its time until after it. Who verifies may believe it ``skew`` seconds too early or too late."""
    begins = int(time.time()) + AHEAD
    ends = begins + LASTING
    asked = request("GET", "/clusters/default", token(chain.key, claims("alice", nbf=begins, exp=ends)))
    with load(chain, [asked]) as running:
        time.sleep(ends + skew + 1 - time.time())
    since = time.time() - time.monotonic()
    served = [each for each in running.sent if each.status == 200]
    early = [each for each in served if each.end + since < begins - skew]
    late = [each for each in served if each.start + since >= ends + skew]
    inside = [each for each in running.sent if begins <= each.start + since and each.end + since < ends]
    return Times(len(running.sent), len(early) + len(late), sum(each.status != 200 for each in inside))
