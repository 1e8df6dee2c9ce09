"""How figures grow with the number of policies, and with how many of them are attached to who asks: as a table and as panels."""

from collections.abc import Callable, Sequence
from functools import partial

from tests.bench.bundles import FLOOR, INTERPRETER, LAYOUTS, RAW
from tests.bench.corpora import ATTACHED
from tests.bench.evaluating import GROWING, USUAL, Case, floor
from tests.bench.figures import Figures
from tests.bench.plot import Panel, Points
from tests.bench.scale import Scale
from tests.bench.starting import bytes_name, memory_name, seconds_name
from tests.bench.tables import MISSING, Table


def panels(figures: Figures, scale: Scale) -> Sequence[Panel]:
    """Return time and memory against the number of policies, and time against the number of attached ones."""
    held, attached = partial(_points, figures, scale.sizes), partial(_points, figures, ATTACHED)
    by_policies = {FLOOR: held(_floor), **{layout: held(partial(_allowed, layout)) for layout in LAYOUTS}}
    memory = {what: held(partial(memory_name, what)) for what in (RAW, *LAYOUTS)}
    compared = [(what, situation) for what in (INTERPRETER, *LAYOUTS) for situation in GROWING]
    by_attached = {f"{what}, {situation}": attached(partial(_asked, what, scale.once, situation)) for what, situation in compared}
    return [
        Panel(f"µs a decision: allowed, {USUAL} attached", "policies", by_policies),
        Panel("MiB of OPA's memory at its start", "policies", memory),
        Panel(f"µs a decision: {scale.once:,} policies", "attached policies", {FLOOR: attached(_floor), **by_attached}),
    ]


def grown(figures: Figures, scale: Scale) -> Table:
    """Return what every number of policies costs as raw JSON and in every layout."""
    head = ["policies", "as", "µs, allowed", "MiB", "KiB a policy", "seconds to start", "KiB of bundle"]
    return [head, *(_grown(figures, size, what) for size in scale.sizes for what in (RAW, *LAYOUTS))]


def _grown(figures: Figures, size: int, what: str) -> Sequence[str]:
    memory = memory_name(what, size)
    own = (figures.median(memory) - figures.median(memory_name(FLOOR, 0))) * 1024 / size if memory in figures.values else None
    names = (_allowed(what, size), memory, seconds_name(what, size), bytes_name(what, size))
    time, mebibytes, seconds, size_of_bundle = (figures.median(name) if name in figures.values else None for name in names)
    kibibytes = None if size_of_bundle is None else size_of_bundle / 1024
    return [f"{size:,}", what, *map(_number, (time, mebibytes, own, seconds, kibibytes))]


def _number(value: float | None) -> str:
    return MISSING if value is None else f"{value:,.2f}" if value < 10 else f"{value:,.0f}"


def _points(figures: Figures, numbers: Sequence[int], named: Callable[[int], str]) -> Points:
    return [(number, figures.median(named(number))) for number in numbers if named(number) in figures.values]


def _floor(_: int) -> str:
    return floor().name


def _allowed(what: str, size: int) -> str:
    return Case(what, size, min(size, USUAL), "allowed").name


def _asked(what: str, size: int, situation: str, attached: int) -> str:
    return Case(what, size, attached, situation).name
