"""What users want to know of performance, answered from what was measured."""

from collections.abc import Iterable, Sequence

from tests.bench.answering import over_http
from tests.bench.building import CHECK, build_name, rebuild_name
from tests.bench.bundles import LAYOUTS, RAW
from tests.bench.evaluating import USUAL, Case, floor
from tests.bench.figures import Figures
from tests.bench.questions import QUESTIONS
from tests.bench.scale import Scale
from tests.bench.starting import memory_name, seconds_name
from tests.bench.tables import Table


def answers(figures: Figures, scale: Scale) -> Table:
    """Return questions with their answers in words; all that they name must have been measured."""
    allow = [Case(layout, scale.once, USUAL, situation) for layout in LAYOUTS for situation in QUESTIONS]
    explained = [Case(each.bundle, scale.once, USUAL, each.situation, "decision") for each in allow]
    times = [figures.ratio(slow.name, fast.name) for slow, fast in zip(explained, allow, strict=True)]
    growth = [figures.ratio(_allowed(layout, scale.many), _allowed(layout, scale.once)) for layout in LAYOUTS]
    once, many = f"{scale.once:,} policies", f"{scale.many:,}"
    to_raw = figures.ratio(memory_name("packed", scale.once), memory_name(RAW, scale.once))
    bare = _between([figures.median(over_http(floor())) / 1000])
    return [
        ["question", "answer"],
        [
            "What does a decision cost?",
            f"`allow` takes {_between(_milliseconds(figures, [each.name for each in allow]))} ms in OPA, and "
            f"{_between(_milliseconds(figures, map(over_http, allow)))} ms over HTTP. "
            f"A bare rule (`allow if input.action`) over HTTP takes {bare} ms.",
        ],
        [
            "What does an explanation cost?",
            f"`decision` takes {_between(_milliseconds(figures, [each.name for each in explained]))} ms, {min(times):.0f} to "
            f"{max(times):.0f} times as long as `allow`, so ask `allow` unless you need the reasons.",
        ],
        [
            "Does it grow with the number of policies?",
            f"No: {many} policies take {_between(growth)} times as long as {scale.once:,}.",
        ],
        [
            "What does it grow with?",
            "Most decisions with nothing: 200 attached policies cost what 10 do. If a resource, or more than one key of the context, "
            "decides, OPA evaluates the caller's statements about the action; 40 of them take about four times as long as nine. "
            "`decision` evaluates all of them, always.",
        ],
        [
            "How much memory does OPA need?",
            f"As tables (`--layout packed`) {to_raw:.1f} times what the policies' own JSON takes: "
            f"{_memory(figures, 'packed', scale.once)} for {once}, {_memory(figures, 'packed', scale.many)} for {many}. "
            f"As modules {_memory(figures, 'modules', scale.once)} and {_memory(figures, 'modules', scale.many)}.",
        ],
        [
            "How long does OPA take to start?",
            f"As tables {_start(figures, 'packed', scale.once)} for {once} and {_start(figures, 'packed', scale.many)} for {many}. "
            f"As modules {_start(figures, 'modules', scale.once)} and {_start(figures, 'modules', scale.many)}.",
        ],
        [
            "How long does a build take?",
            f"{_between([figures.median(build_name(layout)) for layout in LAYOUTS], 1)} s for {once} on one core; "
            f"{_between([figures.median(rebuild_name(layout)) for layout in LAYOUTS], 1)} s after a change of one policy.",
        ],
        ["And a check?", f"{figures.median(CHECK):.1f} s for {once}, on all processors."],
    ]


def _allowed(layout: str, size: int) -> str:
    return Case(layout, size, USUAL, "allowed").name


def _milliseconds(figures: Figures, names: Iterable[str]) -> Sequence[float]:
    return [figures.median(name) / 1000 for name in names]


def _between(values: Sequence[float], digits: int = 2) -> str:
    """Return the least and the greatest of some values, or one if they are printed alike."""
    least, greatest = (f"{each:.{digits}f}" for each in (min(values), max(values)))
    return least if least == greatest else f"{least} to {greatest}"


def _memory(figures: Figures, layout: str, size: int) -> str:
    mebibytes = figures.median(memory_name(layout, size))
    return f"{mebibytes:,.0f} MiB" if mebibytes < 1024 else f"{mebibytes / 1024:.1f} GiB"


def _start(figures: Figures, layout: str, size: int) -> str:
    seconds = figures.median(seconds_name(layout, size))
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
