"""Answers of OPA's server to one client, whose connection stays open: microseconds from the question to the answer."""

import json
import time
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from statistics import median
from typing import Final

from iam2rego.ir.decision import Outcome
from iam2rego.opa.binary import Binary
from tests.bench.bundles import LAYOUTS, Bundles
from tests.bench.evaluating import USUAL, Case, floor
from tests.bench.figures import Figures
from tests.bench.gateway import Connection, serving
from tests.bench.questions import QUESTIONS
from tests.bench.scale import Scale

_BLOCKS: Final = 20
_BLOCK: Final = 50
"""How many questions come in a row, and how often in a round: in between the others have their turn."""


def answer(opa: Binary, bundles: Bundles, scale: Scale, figures: Figures) -> None:
    """Measure the floor, and every layout in every situation."""
    of_layouts = [Case(layout, scale.once, USUAL, situation) for layout in LAYOUTS for situation in QUESTIONS]
    cases = [case for case in (floor(), *of_layouts) if (case.bundle, case.size) in bundles]
    with ExitStack() as stack:
        places = dict.fromkeys((case.bundle, case.size) for case in cases)
        gateways = {place: stack.enter_context(serving(opa, bundles[place])) for place in places}
        connections = {case: _connected(stack, gateways[case.bundle, case.size].port, case) for case in cases}
        figures.rounds([partial(_answered, connections)], scale.rounds)


def over_http(case: Case) -> str:
    """Return the name of the figure of an answer."""
    return f"over HTTP: {case.name}"


def _connected(stack: ExitStack, port: int, case: Case) -> Connection:
    """Return a connection that was asked once, to see that OPA decides."""
    question = QUESTIONS[case.situation]
    connection = Connection(port, case.query, question.asked(case.attached))
    stack.callback(connection.close)
    said = json.loads(connection.ask())
    assert said == {"result": question.decision is Outcome.ALLOWED}, f"{case.name}: OPA answers {said}"
    return connection


def _answered(connections: Mapping[Case, Connection]) -> Mapping[str, float]:
    microseconds: dict[str, list[float]] = {over_http(case): [] for case in connections}
    for _ in range(_BLOCKS):
        for case, connection in connections.items():
            microseconds[over_http(case)] += [_timed(connection) for _ in range(_BLOCK)]
    return {name: median(each) for name, each in microseconds.items()}


def _timed(connection: Connection) -> float:
    start = time.perf_counter()
    connection.ask()
    return (time.perf_counter() - start) * 1e6
