"""What is compared with what, and the bound that each comparison is meant to keep in a layout."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.bench.answering import over_http
from tests.bench.building import PARSE, build_name, rebuild_name
from tests.bench.bundles import BARE, INTERPRETER, RAW
from tests.bench.evaluating import USUAL, Case, floor
from tests.bench.figures import Figures
from tests.bench.questions import QUESTIONS
from tests.bench.scale import Scale
from tests.bench.starting import bytes_name, memory_name, peak_name, seconds_name

_EACH: Final = "{layout}"
"""Stands in the names of figures for a layout."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as a multiple of ``base``, by itself without one; ``bounds`` are upper ones, or lower ones if ``at_least``."""

    measure: str
    figure: str
    base: str | None
    bounds: Mapping[str, float] = field(default_factory=dict)
    at_least: bool = False

    def value(self, figures: Figures, layout: str) -> float | None:
        """Return what was measured of a layout; None if a figure is missing."""
        names = [name.format(layout=layout) for name in (self.figure, self.base) if name]
        if not figures.values.keys() >= set(names):
            return None
        return figures.ratio(*names) if self.base else figures.median(*names)

    def is_kept(self, value: float, layout: str) -> bool:
        """Return whether ``value`` keeps the bound of the layout, if there is one."""
        bound = self.bounds.get(layout)
        return bound is None or (value >= bound if self.at_least else value <= bound)


def rows(scale: Scale) -> Iterator[Row]:
    """Yield all comparisons of a run."""
    yield from _to_the_floor(scale.once)
    yield from _to_the_interpreter(scale.once)
    yield from _over_http(scale.once)
    yield from _explained(scale.once)
    many, once = (Case(_EACH, size, USUAL, "allowed").name for size in (scale.many, scale.once))
    yield Row(f"`opa bench`, allowed, {USUAL} attached: {scale.many:,} policies to {scale.once:,}", many, once, _both(1.1))
    yield from _served(scale.once)
    yield Row(f"OPA's memory at most, {scale.many:,} policies, in MiB", peak_name(_EACH, scale.many), None, {"packed": 2048})
    yield Row("full build on one core to a bare lark parse", build_name(_EACH), PARSE, _both(4))
    yield Row("build with one changed policy to the full build", rebuild_name(_EACH), build_name(_EACH), _both(0.1))


def _to_the_floor(size: int) -> Iterator[Row]:
    through_a_condition = {"modules": 6, "packed": 6.5}
    for situation, attached, bounds in (
        ("allowed", 1, _both(5)),
        ("allowed", 10, _both(5)),
        ("allowed", 50, {}),
        ("allowed", 200, {}),
        ("through a condition", 1, through_a_condition),
        ("through a condition", 10, through_a_condition),
        ("implicit deny", 10, {"modules": 6.5, "packed": 5}),
        ("implicit deny", 200, {}),
        ("explicit deny", 10, {}),
    ):
        figure = Case(_EACH, size, attached, situation).name
        yield Row(f"`opa bench` to the floor: {situation}, {attached} attached", figure, floor().name, bounds)


def _to_the_interpreter(size: int) -> Iterator[Row]:
    for situation, attached, bound in (("allowed", 1, 25), ("allowed", 10, 30), ("implicit deny", 10, 500)):
        interpreted, compiled = (Case(bundle, size, attached, situation).name for bundle in (INTERPRETER, _EACH))
        yield Row(f"the plain interpreter to it: {situation}, {attached} attached", interpreted, compiled, _both(bound), at_least=True)


def _over_http(size: int) -> Iterator[Row]:
    for situation in QUESTIONS:
        figure = over_http(Case(_EACH, size, USUAL, situation))
        bounds = _both(1.5) if situation == "allowed" else {}
        yield Row(f"REST to the floor's: {situation}, {USUAL} attached", figure, over_http(floor()), bounds)


def _explained(size: int) -> Iterator[Row]:
    for situation in QUESTIONS:
        decision, allow = (Case(_EACH, size, USUAL, situation, rule).name for rule in ("decision", "allow"))
        yield Row(f"`decision` to `allow`: {situation}, {USUAL} attached", decision, allow, _both(3))


def _served(size: int) -> Iterator[Row]:
    for name, said, bounds, of_bare in (
        (memory_name, "OPA's memory", {"modules": 4.5, "packed": 1.2}, {"modules": 3.0}),
        (seconds_name, "OPA's start", {"modules": 15, "packed": 1.5}, {"modules": 10}),
    ):
        yield Row(f"{said} to that with raw JSON", name(_EACH, size), name(RAW, size), bounds)
        yield Row(f"{said} to that with raw JSON, without labels", name(_EACH + BARE, size), name(RAW, size), of_bare)
    yield Row("bytes of the bundle to that of raw JSON", bytes_name(_EACH, size), bytes_name(RAW, size), {"modules": 1.2, "packed": 0.8})


def _both(bound: float) -> Mapping[str, float]:
    return {"modules": bound, "packed": bound}
