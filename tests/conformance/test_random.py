"""Random policies: the engines agree on them, and compilers with a planted defect are found out and shown by the smallest policy."""

from typing import Final

import pytest

from iam2rego.fuzz.judge import disagreements
from iam2rego.fuzz.report import DrawnReport
from iam2rego.fuzz.run import conform_drawn
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from tests.conformance.planted_defects import DEFECTS, statements
from tests.support.slices import every

SLICE: Final = 400
"""Requests of a run that finds nothing."""

MOST: Final = 2_000
"""Requests by which a run that must find something is bounded."""


def run(opa: Binary, *, count: int, seed: int = 1, lenient: bool = False, layout: Layout = Layout.MODULES) -> DrawnReport:
    return conform_drawn(count, seed=seed, lenient=lenient, binary=opa, progress=lambda _done, _of: None, layout=layout)


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("lenient", [False, True])
def test_the_engines_answer_random_questions_with_the_same_documents(opa: Binary, lenient: bool, layout: Layout) -> None:
    report = run(opa, count=SLICE, lenient=lenient, layout=layout)
    assert (report.found, report.requests, report.sets) == (None, SLICE, 5)


def test_the_same_seed_asks_the_same(opa: Binary) -> None:
    one, two, other = (run(opa, count=60, seed=seed) for seed in (5, 5, 6))
    assert one.decisions == two.decisions != other.decisions


@pytest.mark.parametrize("defect", every(len(DEFECTS), DEFECTS))
def test_a_planted_defect_is_found_and_shown_by_the_fewest_statements(opa: Binary, monkeypatch: pytest.MonkeyPatch, defect: str) -> None:
    plant, fewest = DEFECTS[defect]
    plant(monkeypatch)
    found = run(opa, count=MOST).found
    assert found is not None
    assert len(statements(found.question.policies)) == fewest
    monkeypatch.undo()
    assert disagreements(opa, [found.question], Layout.MODULES) == [None]
