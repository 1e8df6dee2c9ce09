"""Measures what deciding, serving and building cost, all in one run, as ratios to the least that the same could cost.

The floor of a decision is `allow if input.action`, of memory and start the same policies as raw JSON, of a build a bare lark
parse. Prints what was measured and what of it keeps its bound, and writes it as JSON, with a picture beside; nothing here passes or
fails.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.opa.binary import Binary, obtain
from tests.bench.answering import answer
from tests.bench.building import build
from tests.bench.bundles import prepared
from tests.bench.commands import time_commands
from tests.bench.corpora import managed
from tests.bench.evaluating import evaluate
from tests.bench.figures import Figures
from tests.bench.growth import panels
from tests.bench.machine import machine
from tests.bench.peers import compete
from tests.bench.plot import plot
from tests.bench.result import Result
from tests.bench.routing import route
from tests.bench.scale import Scale
from tests.bench.starting import start
from tests.bench.tables import Table, commands, compared, decisions, others

_RESULT: Final = Path(".bench", "result.json")
_MOST: Final = 16_000
_ROUNDS: Final = 3


def main() -> None:
    """Measure, print and write everything."""
    arguments = _arguments()
    scale, figures = Scale(arguments.policies, arguments.most, arguments.rounds), Figures()
    opa = obtain(os.environ.get("IAM2REGO_OPA"), _say)
    about = machine(opa)
    _print([[name, value] for name, value in about.items()])
    with TemporaryDirectory() as scratch:
        _measure(opa, Path(scratch), scale, figures)
    for table in (decisions(figures), others(figures), compared(figures, scale), commands(figures, scale)):
        _print(table)
    _say("\n".join(figures.remarks))
    _write(Result(about, scale, figures), arguments.result)


def _arguments() -> Namespace:
    parser = ArgumentParser(description="Measures what deciding, serving and building cost.")
    parser.add_argument("result", nargs="?", type=Path, default=_RESULT, help="the file of the figures, as JSON (%(default)s)")
    parser.add_argument("--policies", type=int, default=len(managed()), help="how many policies most is measured with (%(default)s)")
    parser.add_argument("--most", type=int, default=_MOST, help="the largest number of policies (%(default)s)")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="how many rounds the medians are of (%(default)s)")
    return parser.parse_args()


def _measure(opa: Binary, folder: Path, scale: Scale, figures: Figures) -> None:
    _say("making the bundles")
    bundles = prepared(scale, folder, figures)
    _say("deciding")
    evaluate(opa, bundles, scale, folder, figures)
    route(opa, folder, figures)
    _say("answering")
    answer(opa, bundles, scale, figures)
    _say("starting")
    start(opa, bundles, scale, figures)
    _say("building")
    build(folder / "build", scale, figures)
    _say("timing commands")
    time_commands(figures)
    _say("asking others")
    compete(scale, folder, figures)


def _write(result: Result, file: Path) -> None:
    picture = file.with_suffix(".svg")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(result.text(), encoding="utf-8")
    picture.write_text(plot(panels(result.figures, result.scale)), encoding="utf-8")
    _say(f"written to {file} and {picture}")


def _print(table: Table) -> None:
    """Print a table in columns: the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for first, *more in table:
        _say("  ".join([first.ljust(widths[0]), *(text.rjust(width) for text, width in zip(more, widths[1:], strict=True))]))
    _say("")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
