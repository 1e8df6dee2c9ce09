"""What was measured and compared as tables: lists of rows, each a list of texts."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from tests.bench.answering import over_http
from tests.bench.bundles import LAYOUTS
from tests.bench.evaluating import USUAL, Case, floor
from tests.bench.figures import ALLOCATIONS, Figures
from tests.bench.questions import QUESTIONS
from tests.bench.rows import MULTIPLE, Row, rows, rows_of_commands
from tests.bench.scale import Scale

Table: TypeAlias = Sequence[Sequence[str]]

MISSED: Final = " (missed)"
MISSING: Final = "-"


def compared(figures: Figures, scale: Scale) -> Table:
    """Return the comparisons: a column a layout, its bound behind each."""
    return [["measure", *LAYOUTS], *([row.measure, *(_cell(row, figures, layout) for layout in LAYOUTS)] for row in rows(scale))]


def commands(figures: Figures, scale: Scale) -> Table:
    """Return the comparisons of whole commands, each with its bound behind it."""
    return [["measure", MULTIPLE], *([row.measure, _cell(row, figures, MULTIPLE)] for row in rows_of_commands(scale))]


def usual(figures: Figures, scale: Scale) -> Table:
    """Return the microseconds of each request by a caller with the usual number of policies: a row for each entry point and layout."""
    lines = [(asked, layout) for asked in ("`allow`", "`decision`", "`allow` over HTTP") for layout in LAYOUTS]
    return [["µs", "layout", *QUESTIONS], *([asked, layout, *_usual(figures, scale, asked, layout)] for asked, layout in lines)]


def decisions(figures: Figures) -> Table:
    """Return what decisions cost: microseconds, allocations, and multiples of the floor."""
    names = [name for name in figures.values if _is_of_a_decision(name)]
    return [["decision", "us", "allocations", "to the floor"], *(_decision(name, figures) for name in names)]


def others(figures: Figures) -> Table:
    """Return all other figures, whose names say in which unit they are."""
    names = [name for name in figures.values if not _is_of_a_decision(name) and not name.endswith(ALLOCATIONS)]
    return [["figure", "median"], *([name, f"{figures.median(name):,.2f}"] for name in names)]


def _is_of_a_decision(name: str) -> bool:
    return name.startswith(("allow by ", "decision by ")) and not name.endswith(ALLOCATIONS)


def _usual(figures: Figures, scale: Scale, asked: str, layout: str) -> Iterator[str]:
    for situation in QUESTIONS:
        case = Case(layout, scale.once, USUAL, situation, asked.split("`")[1])
        name = over_http(case) if asked.endswith("HTTP") else case.name
        yield f"{figures.median(name):,.0f}" if name in figures.values else MISSING


def _decision(name: str, figures: Figures) -> Sequence[str]:
    allocations = f"{figures.median(name + ALLOCATIONS):,.0f}" if name + ALLOCATIONS in figures.values else MISSING
    return [name, f"{figures.median(name):,.1f}", allocations, f"{figures.ratio(name, floor().name):,.2f}"]


def _cell(row: Row, figures: Figures, layout: str) -> str:
    value = row.value(figures, layout)
    if value is None:
        return MISSING
    bound = row.bounds.get(layout)
    wanted = "" if bound is None else f"; at {'least' if row.at_least else 'most'} {bound:g}"
    return f"{value:,.2f}{wanted}{'' if row.is_kept(value, layout) else MISSED}"
