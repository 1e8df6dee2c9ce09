"""Verdicts on pairs of policy sets, and requests that must not contradict them.

A question is whether one of the sets allows only what the other one does. Each pair makes two. The request of a refuted one is put to OPA
too. `python -m tests.property.inclusions` asks about all pairs, `make prove` about fewer.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice, repeat
from random import Random
from typing import Final, NamedTuple

from hypothesis import strategies as st

from iam2rego.engines.compare import answer, outcome
from iam2rego.engines.opa import OpaEngine
from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary, obtain
from iam2rego.proofs.boundaries import boundaries
from iam2rego.proofs.inclusion import verdict_of
from iam2rego.proofs.shares import inclusions
from iam2rego.proofs.verdict import Proved, Refuted, Undecided, UndecidedError, Verdict
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.strategies.drawing import draw as drawn
from iam2rego.strategies.requests import requests_of
from tests.property.proof_pairs import Pair, pairs

WHOLE: Final = 1_000
"""Requests about a pair where all pairs are asked about."""
DRAWN: Final = 30
"""Requests that are drawn about a set; others have members of these, since drawing many takes long."""
AT_BOUNDARIES: Final = 60
"""Requests at the boundaries of a set that are asked at most."""

_NOT_ALLOWED: Final = ("implicitDeny", "explicitDeny")


class Shown(NamedTuple):
    """The request of a refuted claim: one set allows it, the other does not."""

    name: str
    new: PolicySet
    old: PolicySet
    request: JsonValue


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of questions: counts of verdicts and requests, what contradicts a verdict, and the requests of refuted claims."""

    tally: Counter[str] = field(default_factory=Counter)
    contradictions: list[str] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """How many questions there were."""
        return 2 * self.tally["pairs"]

    @property
    def figures(self) -> str:
        """The counts in words."""
        return ", ".join(f"{count:,} {name}" for name, count in sorted(self.tally.items()))


def verdict(new: PolicySet, old: PolicySet) -> Verdict:
    """Return the verdict on the claim that ``new`` allows only what ``old`` does."""
    try:
        return verdict_of(answer for inclusion in inclusions(new, old) for answer in inclusion.answers())
    except UndecidedError as error:
        return Undecided(str(error))


def findings(about: Iterable[Pair], count: int) -> Findings:
    """Ask both questions of each pair, and ``count`` requests about it."""
    found = Findings()
    for pair in about:
        requests = requests_about(pair, count)
        allowed = [tuple(_is_allowed(policies, each) for policies in pair.sets) for each in requests]
        found.tally.update({"pairs": 1, "requests": len(requests)})
        for new, old in ((0, 1), (1, 0)):
            showing = next((each for each, by in zip(requests, allowed, strict=True) if by[new] and not by[old]), None)
            _note(found, Shown(pair.name, pair.sets[new], pair.sets[old], showing))
    return found


def requests_about(pair: Pair, count: int) -> Sequence[JsonValue]:
    """Return requests aimed at both sets of a pair, then others that have each member of one of these."""
    aimed: list[JsonValue] = []
    for policies in pair.sets:
        aimed += drawn(st.lists(requests_of(policies), min_size=DRAWN, max_size=DRAWN), pair.seed)
        aimed += islice(boundaries(policies), AT_BOUNDARIES)
    return [*aimed, *_recombined(aimed, pair.seed, count - len(aimed))][:count]


def _recombined(aimed: Sequence[JsonValue], seed: int, count: int) -> Iterator[JsonValue]:
    random, requests = Random(seed), [each for each in aimed if isinstance(each, dict)]
    members = {
        name: [each[name] for each in requests if name in each] for name in dict.fromkeys(name for each in requests for name in each)
    }
    for _ in range(count):
        shape = random.choice(requests)
        yield {name: random.choice(members[name]) for name in shape}


def _is_allowed(policies: PolicySet, request: JsonValue) -> bool:
    return authorize(policies, request).decision is Outcome.ALLOWED


def _note(found: Findings, asked: Shown) -> None:
    """Note the verdict on a question, of which ``asked`` has a request that refutes it, if any was found."""
    name, new, old, showing = asked
    said = verdict(new, old)
    found.tally[type(said).__name__.lower()] += 1
    match said:
        case Refuted(request=request):
            found.shown.append(asked._replace(request=request))
            if not _is_allowed(new, request) or _is_allowed(old, request):
                found.contradictions.append(f"{name}: the request of a refuted claim shows nothing: {request}")
        case Proved() if showing is not None:
            found.contradictions.append(f"{name}: proved, but {showing}")


def unconfirmed(shown: Sequence[Shown], binary: Binary, layout: Layout) -> Iterator[str]:
    """Yield each request of a refuted claim of which OPA does not decide that one set allows it and the other does not."""
    with OpaEngine(binary, [each for _, new, old, _ in shown for each in (new, old)], layout=layout) as opa:
        for number, (name, _, _, request) in enumerate(shown):
            new, old = (outcome(answer(opa, unit, request)) for unit in (2 * number, 2 * number + 1))
            if new != "allowed" or old not in _NOT_ALLOWED:
                yield f"{name}: {new} and {old} of {request}"


def _share(number: int, of: int) -> Findings:
    """Ask about one share of all pairs."""
    return findings(pairs(of, number), WHOLE)


def main() -> int:
    """Ask about all pairs on all processors, and OPA in both layouts; return the exit status."""
    found, shares = Findings(), os.cpu_count() or 1
    with ProcessPoolExecutor(shares) as pool:
        for share in pool.map(_share, range(shares), repeat(shares)):
            found.tally.update(share.tally)
            found.contradictions.extend(share.contradictions)
            found.shown.extend(share.shown)
    wrong = [
        *found.contradictions,
        *(each for layout in Layout for each in unconfirmed(found.shown, obtain(None, print, pinned=True), layout)),
    ]
    sys.stdout.write("\n".join([found.figures, *wrong, ""]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
