"""How long short commands take from start to end, in seconds, and how long it takes to import three libraries that such a program needs."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from tests.bench.figures import Figures

IMPORTS: Final = "seconds to import lark, pydantic and typer"
SHORT_CHECK: Final = "`check` of one policy"
COMMANDS: Final[Mapping[str, Sequence[str]]] = {
    SHORT_CHECK: ("check", "policies/create-and-list-clusters.json"),
    "`eval` of one request": ("eval", "policies/describe-services-by-tag.json", "--request", "requests/describe-services.json"),
    "`test` of one scenario": ("test", "scenarios/create-and-list-clusters.json", "--engine", "native"),
}
"""Commands and their arguments, in examples/ecs."""

_EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "ecs"
_ROUNDS: Final = 15
"""So many because a start is short: whatever else runs on the machine matters more."""


def time_commands(figures: Figures) -> None:
    """Measure the imports, then every command."""
    commands = {start_name(name): ["-m", "iam2rego", *words] for name, words in COMMANDS.items()}
    works = {IMPORTS: ["-c", "import lark, pydantic, typer"], **commands}
    figures.rounds([partial(_timed, name, words) for name, words in works.items()], _ROUNDS)


def start_name(command: str) -> str:
    """Return the name of the figure of a command."""
    return f"seconds of {command}"


def _timed(name: str, words: Sequence[str]) -> Mapping[str, float]:
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=_EXAMPLE, capture_output=True, check=True)
    return {name: time.perf_counter() - start}
