"""Lines over logarithmic axes as SVG, by hand: there is nothing in it that needs a library, and the same lines are the same bytes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from math import ceil, floor, log10
from typing import Final, TypeAlias

Points: TypeAlias = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT = 340, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 24, 100, 38
_COLOURS: Final = ("#59636e", "#0a58ca", "#a40e26", "#116329", "#7d4e00")
_DASHES: Final = ("", ' stroke-dasharray="5 3"')
_INK: Final = "#1f2328"
_GRID: Final = "#d1d9e0"


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines by name, with what is told upwards and across. A name is what was measured and, after a comma, in which situation."""

    upwards: str
    across: str
    lines: Mapping[str, Points]


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic axis over whole decades, from pixel ``start`` to pixel ``end``."""

    low: int
    high: int
    start: float
    end: float

    def place(self, value: float) -> float:
        return self.start + (log10(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    def decades(self) -> Iterator[int]:
        return (10**exponent for exponent in range(self.low, self.high + 1))


def plot(panels: Sequence[Panel]) -> str:
    """Return a picture of the panels beside each other. What was measured has one colour in all of them; the second situation is dashed."""
    measured = dict.fromkeys(_parts(name)[0] for panel in panels for name in panel.lines)
    colours = dict(zip(measured, _COLOURS, strict=False))
    width = _WIDTH * len(panels)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" font-family="sans-serif" font-size="11" fill="{_INK}">'
    drawn = (f'<g transform="translate({_WIDTH * number} 0)">\n{_drawn(panel, colours)}\n</g>' for number, panel in enumerate(panels))
    return "\n".join([head, f'<rect width="{width}" height="{_HEIGHT}" fill="#ffffff"/>', *drawn, "</svg>\n"])


def _parts(name: str) -> tuple[str, str]:
    what, _, situation = name.partition(", ")
    return what, situation


def _drawn(panel: Panel, colours: Mapping[str, str]) -> str:
    points = list(chain.from_iterable(panel.lines.values()))
    across = _axis([x for x, _ in points], _LEFT, _WIDTH - _RIGHT)
    upwards = _axis([y for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    situations = list(dict.fromkeys(_parts(name)[1] for name in panel.lines if _parts(name)[1]))
    dashes = {"": "", **dict(zip(situations, _DASHES, strict=False))}
    lines = chain.from_iterable(
        _line(number, name, colours[what], dashes[situation], [(across.place(x), upwards.place(y)) for x, y in line])
        for number, (name, line) in enumerate(panel.lines.items())
        for what, situation in [_parts(name)]
    )
    return "\n".join([_text(8, 18, panel.upwards, bold=True), *_grid(across, upwards), *_names(panel, across), *lines])


def _axis(values: Sequence[float], start: float, end: float) -> _Axis:
    low = floor(log10(min(values)))
    return _Axis(low, max(low + 1, ceil(log10(max(values)))), start, end)


def _names(panel: Panel, across: _Axis) -> Iterator[str]:
    yield _text((across.start + across.end) / 2, _HEIGHT - 6, panel.across, anchor="middle")


def _grid(across: _Axis, upwards: _Axis) -> Iterator[str]:
    for value in across.decades():
        x = across.place(value)
        yield f'<path d="M{x:.1f} {upwards.start}V{upwards.end}" stroke="{_GRID}"/>'
        yield _text(x, upwards.start + 15, f"{value:,}", anchor="middle")
    for value in upwards.decades():
        y = upwards.place(value)
        yield f'<path d="M{across.start} {y:.1f}H{across.end}" stroke="{_GRID}"/>'
        yield _text(across.start - 5, y + 4, f"{value:,}", anchor="end")


def _line(number: int, name: str, colour: str, dashes: str, places: Points) -> Iterator[str]:
    """Yield a line with a dot at each point, and its name in two columns above."""
    x, y = 8 + number % 2 * (_WIDTH // 2), 36 + number // 2 * 15
    yield f'<path d="M{x} {y - 4}h14" stroke="{colour}"{dashes} stroke-width="2"/>'
    yield _text(x + 19, y, name)
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{way}" fill="none" stroke="{colour}"{dashes} stroke-width="2"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in places)


def _text(x: float, y: float, text: str, anchor: str = "start", *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
