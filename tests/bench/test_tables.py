"""Figures become tables: medians, multiples of each other, and whether a bound is kept. None of them is measured here."""

from typing import Final

import pytest

from tests.bench.bundles import INTERPRETER
from tests.bench.evaluating import Case, floor
from tests.bench.figures import ALLOCATIONS, Figures
from tests.bench.questions import QUESTIONS
from tests.bench.scale import Scale
from tests.bench.tables import compared, decisions, others, usual

SCALE: Final = Scale(once=1_000, many=16_000, rounds=3)


KNOWN: Final = "allowed, only known keys"


def case(attached: int, bundle: str = "modules", situation: str = "allowed") -> str:
    return Case(bundle, SCALE.once, attached, situation).name


FIGURES: Final = Figures(
    {
        floor().name: [10, 9, 1_000],
        floor().name + ALLOCATIONS: [61, 61, 61],
        case(1): [20, 30, 25],
        case(1) + ALLOCATIONS: [200, 200, 200],
        case(10): [60, 60, 60],
        case(1, INTERPRETER): [100, 500, 200],
        case(1, situation=KNOWN) + ALLOCATIONS: [150, 151, 151],
        case(10, situation=KNOWN) + ALLOCATIONS: [160, 160, 160],
        "seconds of something": [1, 2, 3],
    }
)


@pytest.mark.parametrize(
    ("measure", "cell"),
    [
        pytest.param(f"allocations: {KNOWN}, 10 attached", "160.00; at most 155 (missed)", id="missed"),
        pytest.param("`opa bench` to the floor: allowed, 10 attached", "6.00", id="without a bound"),
        pytest.param("the plain interpreter to it: allowed, 1 attached", "8.00; at least 25 (missed)", id="missed from below"),
        pytest.param("`opa bench` to the floor: allowed, 200 attached", "-", id="not measured"),
    ],
)
def test_a_comparison_stands_beside_its_bound(measure: str, cell: str) -> None:
    head, *lines = compared(FIGURES, SCALE)
    assert dict(zip(head, next(line for line in lines if line[0] == measure), strict=True))["modules"] == cell


def test_decisions_are_told_by_their_medians() -> None:
    assert decisions(FIGURES)[1:] == [
        [floor().name, "10.0", "61", "1.00"],
        [case(1), "25.0", "200", "2.50"],
        [case(10), "60.0", "-", "6.00"],
        [case(1, INTERPRETER), "200.0", "-", "20.00"],
    ]


def test_a_usual_request_has_a_row_for_each_entry_point_and_layout() -> None:
    head, *lines = usual(FIGURES, SCALE)
    assert head == ["µs", "layout", *QUESTIONS]
    assert lines[0] == ["`allow`", "modules", "60", *["-"] * (len(QUESTIONS) - 1)]
    assert [line[0] for line in lines[::2]] == ["`allow`", "`decision`", "`allow` over HTTP"]
    assert [line[1] for line in lines[:2]] == ["modules", "packed"]


def test_other_figures_are_told_too() -> None:
    assert others(FIGURES)[1:] == [["seconds of something", "2.00"]]
