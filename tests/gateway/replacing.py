"""Bundles replaced under load: which revision decided each request, whether it decided rightly, and how long after its time."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.gateway.chains import Chain
from tests.gateway.deciding import decided, texts
from tests.gateway.gateway_bundles import Builder, Revision, account
from tests.gateway.loads import Sent, load, logged
from tests.gateway.opas import BUNDLE
from tests.gateway.routes import Asked


@dataclass(frozen=True, slots=True)
class Replaced:
    """What decided the requests.

    Attributes:
        decided: how many requests each revision decided.
        wrong: the requests that were answered otherwise than their revision decides.
        stale: those that were sent when OPA had said that it has the next revision, and that the old one decided.
        stalest: the longest seconds that a revision decided on after the next one was offered.
    """

    decided: Mapping[str, int]
    wrong: Sequence[Sent]
    stale: Sequence[Sent]
    stalest: float


def revisions(builder: Builder, count: int) -> list[Revision]:
    """Build ``count`` bundles, each of which decides otherwise than the one before."""
    return [builder.build(account(number, turned=number)) for number in range(count)]


def replaced(chain: Chain, offered: Sequence[Revision], asked: Sequence[Asked], requests: int) -> Replaced:
    """Ask while one revision after another is offered, which decide about ``requests`` in all; the chain has the first already."""
    share = requests // len(offered)
    offered_at: dict[str, float] = {}
    taken_at: dict[str, float] = {}
    with load(chain, texts(chain, asked)) as running:
        running.await_answers(share)
        for old, new in pairwise(offered):
            offered_at[old.name] = time.monotonic()
            chain.server.offer(new.archive)
            chain.opa.await_revision(new.name)
            taken_at[old.name] = time.monotonic()
            running.await_answers(len(running.sent) + share)
    wanted = {each.name: decided(each.policies, asked) for each in offered}
    deciders = {number: entry["bundles"][BUNDLE]["revision"] for number, entry in logged(chain)}
    wrong = [each for each in running.sent if wanted[deciders[each.number]][each.which] != each.status]
    stale = [each for each in running.sent if each.start > taken_at.get(deciders[each.number], each.start)]
    stalest = max(each.end - offered_at.get(deciders[each.number], each.end) for each in running.sent)
    return Replaced(Counter(deciders.values()), wrong, stale, stalest)
