"""Draws policy sets and requests until the engines disagree, or enough requests were asked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from iam2rego.conformance.conform import Progress
from iam2rego.conformance.run import Disagreement, compared
from iam2rego.engines.bundles import package
from iam2rego.engines.compare import Answer, answer, outcome
from iam2rego.engines.native import NativeEngine
from iam2rego.engines.opa import DeployedEngine
from iam2rego.fuzz.judge import disagreements
from iam2rego.fuzz.questions import Question
from iam2rego.fuzz.report import DrawnReport, Found
from iam2rego.fuzz.serving import BARE_QUERY, opened
from iam2rego.fuzz.shrink import shrink
from iam2rego.fuzz.speed import BARE, Stopwatch
from iam2rego.fuzz.tally import Tally
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.strategies import policy_sets, requests
from iam2rego.strategies.drawing import draw

_BATCHES: Final = (5, 20)
"""How many policy sets the first OPAs load: few, so that they start quickly and common defects show soon."""

_BATCH: Final = 100
"""How many policy sets each later OPA loads."""

_OF_A_SET: Final = 80
"""How many requests each policy set gets."""

_SEEDS: Final = 2**32
"""More policy sets than one run draws."""

_FLOORS: Final = 20
"""One request in this many also goes to the bare query."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A policy set, as drawn and as read, with requests for it."""

    policies: JsonValue
    read: PolicySet
    requests: Sequence[JsonValue]


@st.composite
def _sets(draw: DrawFn, count: int, *, lenient: bool) -> _Drawn:
    policies = draw(policy_sets(lenient=lenient))
    asked = draw(st.lists(requests(policies, lenient=lenient), min_size=count, max_size=count))
    return _Drawn(policies, Question(policies, asked[0], lenient).read(), asked)


def conform_drawn(
    count: int, *, seed: int, lenient: bool, binary: Binary, progress: Progress, layout: Layout = Layout.MODULES
) -> DrawnReport:
    """Ask both engines ``count`` random requests for random policy sets; stop at the first disagreement and shrink it.

    Raises:
        OpaError: OPA does not start or rejects a bundle.
    """
    run = _Run(seed, lenient, binary, layout)
    drawn = _drawn(count, seed, lenient=lenient)
    for size in chain(_BATCHES, repeat(_BATCH)):
        batch = list(islice(drawn, size))
        if run.found or not batch:
            break
        progress(run.asked, count)
        run.ask(batch)
    progress(count, count)
    return run.report()


def _drawn(count: int, seed: int, *, lenient: bool) -> Iterator[_Drawn]:
    """Yield policy sets with ``count`` requests in total."""
    for number, start in enumerate(range(0, count, _OF_A_SET)):
        yield draw(_sets(min(_OF_A_SET, count - start), lenient=lenient), seed * _SEEDS + number)


@dataclass(slots=True)
class _Run:
    """One run: its counts and times so far."""

    seed: int
    lenient: bool
    binary: Binary
    layout: Layout
    watch: Stopwatch = field(default_factory=Stopwatch)
    sets: int = 0
    policies: int = 0
    statements: int = 0
    asked: int = 0
    decisions: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    found: Found | None = None

    def ask(self, batch: Sequence[_Drawn]) -> None:
        """Ask all requests of a batch of policy sets, up to the first disagreement."""
        with opened(self.binary, [each.read for each in batch], self.layout) as client:
            for unit, each in enumerate(batch):
                self._note(each.read)
                self.found = self._first(each, client, package(unit))
                if self.found:
                    return

    def _note(self, policies: PolicySet) -> None:
        self.sets += 1
        self.policies += len(policies.policies)
        self.statements += sum(len(policy.document.statements) for policy in policies.policies)

    def _first(self, drawn: _Drawn, client: Client, place: str) -> Found | None:
        """Ask the requests of the policy set at ``place``; return the first disagreement."""
        native, opa = NativeEngine([drawn.read]), DeployedEngine(client, place)
        for request in drawn.requests:
            self._measure(client, request)
            one, other = self._asked(native, opa, request)
            self.tally.note(drawn.read, request)
            if disagreement := compared(drawn.read, request, one, other):
                return Found(Question(drawn.policies, request, self.lenient), disagreement)
        return None

    def _asked(self, native: NativeEngine, opa: DeployedEngine, request: JsonValue) -> tuple[Answer, Answer]:
        with self.watch.running(native.name):
            one = answer(native, 0, request)
        with self.watch.running(opa.name):
            other = answer(opa, 0, request)
        self.asked += 1
        self.decisions[outcome(one)] += 1
        return one, other

    def _measure(self, client: Client, request: JsonValue) -> None:
        """Ask the bare query now and then between the others, so that load on the machine affects all alike."""
        if self.asked % _FLOORS == 0:
            with self.watch.running(BARE):
                client.document(BARE_QUERY, dumps(request))

    def report(self) -> DrawnReport:
        """Return the counts and the shrunk disagreement."""
        return DrawnReport(
            opa_version=self.binary.version,
            seed=self.seed,
            sets=self.sets,
            policies=self.policies,
            statements=self.statements,
            requests=self.asked,
            decisions=dict(sorted(self.decisions.items())),
            drawn=self.tally.counts(),
            speeds=self.watch.speeds(),
            found=self.found and _shrunk(self.binary, self.found, self.layout),
        )


def _shrunk(binary: Binary, found: Found, layout: Layout) -> Found:
    """Return the smallest question with the same kind of disagreement, or the original one if that cannot be reproduced."""
    smallest = shrink(found.question, lambda questions: [_shows_as_much(each, found) for each in disagreements(binary, questions, layout)])
    (disagreement,) = disagreements(binary, [smallest], layout)
    return found if disagreement is None else Found(smallest, disagreement)


def _shows_as_much(disagreement: Disagreement | None, found: Found) -> bool:
    """Return whether there is still a disagreement; if the decisions differed, they still must, because a scenario tests only these."""
    return disagreement is not None and disagreement.decides >= found.disagreement.decides
