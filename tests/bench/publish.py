"""Writes what a run has measured into docs/performance.md, and its picture beside: ``python tests/bench/publish.py [FILE]``.

FILE is what `make bench` wrote. It is kept as docs/performance.json, and a test holds the document and the picture to it.
"""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.bench.growth import grown, panels
from tests.bench.plot import plot
from tests.bench.result import Result
from tests.bench.tables import Table, compared, decisions

_DOCS: Final = Path(__file__).parents[2] / "docs"
DOCUMENT: Final = _DOCS / "performance.md"
FIGURES: Final = _DOCS / "performance.json"
PICTURE: Final = _DOCS / "pictures" / "performance.svg"

_MEASURED: Final = re.compile(r"(?<=<!-- measured: )(\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)


def main() -> None:
    """Publish the figures of a file, those of the last run if none is named."""
    FIGURES.write_text(Result.read(Path(*sys.argv[1:2] or [".bench/result.json"])).text(), encoding="utf-8")
    DOCUMENT.write_text(document(), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")


def document() -> str:
    """Return the document with the figures that are kept."""
    result = Result.read(FIGURES)
    return _MEASURED.sub(lambda block: f"{block[1]}{block[2]}{_BLOCKS[block[1]](result)}\n", DOCUMENT.read_text(encoding="utf-8"))


def picture() -> str:
    """Return the picture of the figures that are kept."""
    result = Result.read(FIGURES)
    return plot(panels(result.figures, result.scale))


def _machine(result: Result) -> str:
    return _markdown([["made with", ""], *([name, value] for name, value in result.machine.items()), ["rounds", f"{result.scale.rounds}"]])


def _remarks(result: Result) -> str:
    return "\n".join(f"- {remark}" for remark in result.figures.remarks)


def _markdown(table: Table) -> str:
    head, *lines = (f"| {' | '.join(cells)} |" for cells in table)
    return "\n".join([head, f"|---|{'---:|' * (len(table[0]) - 1)}", *lines])


_BLOCKS: Final[Mapping[str, Callable[[Result], str]]] = {
    "machine": _machine,
    "compared": lambda result: _markdown(compared(result.figures, result.scale)),
    "grown": lambda result: _markdown(grown(result.figures, result.scale)),
    "decisions": lambda result: _markdown(decisions(result.figures)),
    "remarks": _remarks,
}


if __name__ == "__main__":
    main()
