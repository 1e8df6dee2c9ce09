"""What is compared with what, and the bound that each comparison is meant to keep in a layout."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.bench.answering import over_http
from tests.bench.building import CHECK, CHECK_ON_ONE_CORE, PARSE, build_name, rebuild_name
from tests.bench.bundles import BARE, INTERPRETER, RAW
from tests.bench.commands import COMMANDS, IMPORTS, SHORT_CHECK, start_name
from tests.bench.corpora import ATTACHED
from tests.bench.evaluating import USUAL, Case, floor
from tests.bench.figures import ALLOCATIONS, Figures
from tests.bench.questions import QUESTIONS
from tests.bench.routing import allow_name, entry_name
from tests.bench.scale import Scale
from tests.bench.starting import bytes_name, memory_name, peak_name, seconds_name

_EACH: Final = "{layout}"
"""Takes the place of a layout in the names of figures."""
MULTIPLE: Final = "multiple"
"""The column of the comparisons that are about no layout."""


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
    yield from _allocated(scale.once)
    yield from _to_the_floor(scale.once)
    yield from _to_the_interpreter(scale.once)
    yield from _over_http(scale.once)
    yield from _explained(scale.once)
    yield Row("allocations: a gateway's entry point to `allow`, allowed", entry_name(_EACH), allow_name(_EACH), _both(1.3))
    many, once = (Case(_EACH, size, USUAL, "allowed").name for size in (scale.many, scale.once))
    yield Row(f"`opa bench`, allowed, {USUAL} attached: {scale.many:,} policies to {scale.once:,}", many, once, _both(1.1))
    yield from _served(scale.once)
    yield Row(f"OPA's memory at most, {scale.many:,} policies, in MiB", peak_name(_EACH, scale.many), None, {"packed": 512})
    yield Row("full build on one core to a bare lark parse", build_name(_EACH), PARSE, _both(4.5))
    yield Row("build with one changed policy to the full build", rebuild_name(_EACH), build_name(_EACH), _both(0.1))


def rows_of_commands(scale: Scale) -> Iterator[Row]:
    """Yield the comparisons that are about no layout; their bounds are those of `MULTIPLE`."""
    for command in COMMANDS:
        bounds = {MULTIPLE: 2.5} if command == SHORT_CHECK else {}
        yield Row(f"{command} to the import of lark, pydantic and typer", start_name(command), IMPORTS, bounds)
    yield Row(f"`check` of {scale.once:,} policies, by the clock, to a bare lark parse", CHECK, PARSE, {MULTIPLE: 3})
    yield Row("the same on one core", CHECK_ON_ONE_CORE, PARSE)


def _allocated(size: int) -> Iterator[Row]:
    """Yield allocations, which do not depend on the machine, and their growth with the attached policies."""
    for situation, bounds in (
        ("allowed, only known keys", _both(155)),
        ("allowed", _both(190)),
        ("through a condition", {"modules": 280, "packed": 300}),
        ("implicit deny by name", _both(135)),
        ("implicit deny", _both(235)),
        ("explicit deny", _both(135)),
    ):
        one, usual, many = (f"{Case(_EACH, size, attached, situation).name}{ALLOCATIONS}" for attached in (1, USUAL, ATTACHED[-1]))
        yield Row(f"allocations: {situation}, {USUAL} attached", usual, None, bounds)
        yield Row(f"allocations: {situation}, {ATTACHED[-1]} attached to 1", many, one, _both(1.1))
    explained = f"{Case(_EACH, size, USUAL, 'allowed', 'decision').name}{ALLOCATIONS}"
    yield Row(f"allocations: `decision`, allowed, {USUAL} attached", explained, None, _both(650))


def _to_the_floor(size: int) -> Iterator[Row]:
    allowed = {"modules": 3.5, "packed": 3}
    for situation, attached, bounds in (
        ("allowed, only known keys", 1, allowed),
        ("allowed, only known keys", 10, allowed),
        ("allowed", 10, {}),
        ("allowed", 200, {}),
        ("through a condition", 10, _both(4.5)),
        ("implicit deny by name", 10, _both(2.2)),
        ("implicit deny", 10, {"modules": 4, "packed": 4.2}),
        ("implicit deny", 200, {}),
        ("explicit deny", 10, _both(2.2)),
    ):
        figure = Case(_EACH, size, attached, situation).name
        yield Row(f"`opa bench` to the floor: {situation}, {attached} attached", figure, floor().name, bounds)


def _to_the_interpreter(size: int) -> Iterator[Row]:
    for situation, attached, bound in (("allowed", 1, 25), ("allowed", 10, 45), ("implicit deny", 10, 700)):
        interpreted, compiled = (Case(bundle, size, attached, situation).name for bundle in (INTERPRETER, _EACH))
        yield Row(f"the plain interpreter to it: {situation}, {attached} attached", interpreted, compiled, _both(bound), at_least=True)


def _over_http(size: int) -> Iterator[Row]:
    for situation in QUESTIONS:
        figure = over_http(Case(_EACH, size, USUAL, situation))
        bounds = _both(1.6) if situation == "allowed" else {}
        yield Row(f"REST to the floor's: {situation}, {USUAL} attached", figure, over_http(floor()), bounds)


def _explained(size: int) -> Iterator[Row]:
    for situation in QUESTIONS:
        bounds = _both(9) if situation == "allowed" else {}
        figure = Case(_EACH, size, USUAL, situation, "decision").name
        yield Row(f"`decision` to the floor: {situation}, {USUAL} attached", figure, floor().name, bounds)


def _served(size: int) -> Iterator[Row]:
    for name, said, bounds, of_bare in (
        (memory_name, "OPA's memory", {"modules": 4.2, "packed": 1.3}, {"modules": 3.4}),
        (seconds_name, "OPA's start", {"modules": 16, "packed": 1.6}, {}),
    ):
        yield Row(f"{said} to that with raw JSON", name(_EACH, size), name(RAW, size), bounds)
        yield Row(f"{said} to that with raw JSON, without labels", name(_EACH + BARE, size), name(RAW, size), of_bare)
    yield Row("bytes of the bundle to that of raw JSON", bytes_name(_EACH, size), bytes_name(RAW, size), {"modules": 1.4, "packed": 1.1})


def _both(bound: float) -> Mapping[str, float]:
    return {"modules": bound, "packed": bound}
