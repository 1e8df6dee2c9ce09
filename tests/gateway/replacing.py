"""Bundles replaced under load: which revision decided each request, whether it decided rightly, and how long after its time."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tests.gateway.chains import Chain
from tests.gateway.deciding import decided, texts
from tests.gateway.gateway_bundles import Builder, Revision, account
from tests.gateway.loads import Sent, load, logged
from tests.gateway.opas import BUNDLE, DELAY
from tests.gateway.routes import Asked

ALLOWED_DELAY: Final = DELAY + 60.0
"""Seconds after which nothing is decided by a revision that has been replaced, however busy the machine is."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """How many requests each revision decided, which were answered otherwise, and the longest seconds that a replaced one decided on."""

    decided: Mapping[str, int]
    wrong: Sequence[Sent]
    stalest: float


def revisions(builder: Builder, count: int) -> list[Revision]:
    """Build so many bundles, each of which decides otherwise than the one before."""
    return [builder.build(account(number, turned=number)) for number in range(count)]


def replaced(chain: Chain, offered: Sequence[Revision], asked: Sequence[Asked], requests: int) -> Replaced:
    """Ask while one revision after another is offered; the chain has the first already."""
    ends: dict[str, float] = {}
    with load(chain, texts(chain, asked), requests) as running:
        for number, (old, new) in enumerate(pairwise(offered), 1):
            running.await_answers(number * requests // len(offered))
            ends[old.name] = time.monotonic()
            chain.server.offer(new.archive)
            chain.opa.await_revision(new.name)
    wanted = {each.name: decided(each.policies, asked) for each in offered}
    deciders = {number: entry["bundles"][BUNDLE]["revision"] for number, entry in logged(chain)}
    wrong = [each for each in running.sent if wanted[deciders[each.number]][each.which] != each.status]
    stale = [each.end - ends.get(deciders[each.number], each.end) for each in running.sent]
    return Replaced(Counter(deciders.values()), wrong, max(stale))
