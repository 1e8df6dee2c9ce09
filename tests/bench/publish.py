"""Writes the figures of a run into the documents about performance, and draws their chart: ``python -m tests.bench.publish [FILE]``.

FILE is what `make bench` wrote. It is kept as docs/performance.json; a test compares the documents and the chart with it.
"""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.bench.answers import answers
from tests.bench.growth import grown, panels
from tests.bench.plot import plot
from tests.bench.result import Result
from tests.bench.tables import Table, commands, compared, decisions, usual

_DOCS: Final = Path(__file__).parents[2] / "docs"
DOCUMENTS: Final = (_DOCS / "performance.md", _DOCS / "contributing" / "performance.md")
FIGURES: Final = _DOCS / "performance.json"
PICTURE: Final = _DOCS / "pictures" / "performance.svg"

_MEASURED: Final = re.compile(r"(?<=<!-- measured: )(\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)


def main() -> None:
    """Publish the figures of a file, those of the last run if none is named."""
    FIGURES.write_text(Result.read(Path(*sys.argv[1:2] or [".bench/result.json"])).text(), encoding="utf-8")
    for path in DOCUMENTS:
        path.write_text(document(path), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")


def document(path: Path) -> str:
    """Return a document with the figures that are kept."""
    result = Result.read(FIGURES)
    return _MEASURED.sub(lambda block: f"{block[1]}{block[2]}{_BLOCKS[block[1]](result)}\n", path.read_text(encoding="utf-8"))


def picture() -> str:
    """Return the picture of the figures that are kept."""
    result = Result.read(FIGURES)
    return plot(panels(result.figures, result.scale))


def _machine(result: Result) -> str:
    return _markdown([["made with", ""], *([name, value] for name, value in result.machine.items()), ["rounds", f"{result.scale.rounds}"]])


def _remarks(result: Result) -> str:
    return "\n".join(f"- {remark}" for remark in result.figures.remarks)


def _markdown(table: Table, others: str = "---:") -> str:
    """Write a table in Markdown; ``others`` aligns all columns but the first."""
    head, *lines = (f"| {' | '.join(cells)} |" for cells in table)
    return "\n".join([head, f"|---|{f'{others}|' * (len(table[0]) - 1)}", *lines])


_BLOCKS: Final[Mapping[str, Callable[[Result], str]]] = {
    "answers": lambda result: _markdown(answers(result.figures, result.scale), "---"),
    "machine": _machine,
    "compared": lambda result: _markdown(compared(result.figures, result.scale)),
    "commands": lambda result: _markdown(commands(result.figures, result.scale)),
    "usual": lambda result: _markdown(usual(result.figures, result.scale)),
    "grown": lambda result: _markdown(grown(result.figures, result.scale)),
    "decisions": lambda result: _markdown(decisions(result.figures)),
    "remarks": _remarks,
}


if __name__ == "__main__":
    main()
