"""Decisions as `opa bench` measures them: microseconds and allocations."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from iam2rego.opa.binary import Binary
from tests.bench.bundles import BARE, FLOOR, INTERPRETER, LABELLED, LAYOUTS, Bundles
from tests.bench.corpora import ATTACHED
from tests.bench.figures import ALLOCATIONS, Figures
from tests.bench.questions import QUESTIONS
from tests.bench.scale import Scale

USUAL: Final = 10
"""How many policies are attached where their number is not what is compared."""

GROWING: Final = ("allowed", "implicit deny")
"""The situations in which growth with the number of attached policies is shown."""

_RULES: Final = {FLOOR: "data.floor.allow", INTERPRETER: "data.interpreter.allow"}


@dataclass(frozen=True, slots=True)
class Case:
    """A decision: by which bundle, of how many policies, for a user with how many of them, in which situation, by which rule."""

    bundle: str
    size: int
    attached: int
    situation: str
    rule: str = "allow"

    @property
    def name(self) -> str:
        """The name of the figure."""
        return f"{self.rule} by {self.bundle}, {self.size} policies, {self.attached} attached, {self.situation}"

    @property
    def query(self) -> str:
        """What OPA is asked."""
        return _RULES.get(self.bundle, f"data.iam.authz.{self.rule}")


def evaluate(opa: Binary, bundles: Bundles, scale: Scale, folder: Path, figures: Figures) -> None:
    """Measure every case that there is a bundle for: in all rounds those whose times are compared, the others once."""
    cases = [case for case in _cases(scale) if (case.bundle, case.size) in bundles]
    works = {case: partial(_benched, opa, bundles[case.bundle, case.size], case, folder / "input.json") for case in cases}
    figures.rounds([work for case, work in works.items() if case.attached == USUAL], scale.rounds)
    figures.rounds([work for case, work in works.items() if case.attached != USUAL], 1)


def floor() -> Case:
    """Return the least that a decision can cost: a rule that only looks whether there is an action."""
    return Case(FLOOR, 0, USUAL, "allowed")


def _cases(scale: Scale) -> Iterator[Case]:
    yield floor()
    for layout in LAYOUTS:
        yield from _situations(layout, scale.once)
        yield from (Case(layout, size, min(size, USUAL), "allowed") for size in scale.growth if size != scale.once)
    yield Case(LABELLED + BARE, scale.once, USUAL, "allowed")
    yield from (Case(INTERPRETER, scale.once, attached, "allowed") for attached in (1, USUAL))
    yield Case(INTERPRETER, scale.once, USUAL, "implicit deny")


def _situations(layout: str, size: int) -> Iterator[Case]:
    for situation in QUESTIONS:
        several = ATTACHED if situation in GROWING else (1, USUAL, ATTACHED[-1])
        yield from (Case(layout, size, attached, situation) for attached in several if attached < size)
        yield Case(layout, size, USUAL, situation, "decision")


def _benched(opa: Binary, bundle: Path, case: Case, file: Path) -> Mapping[str, float]:
    file.write_text(json.dumps(QUESTIONS[case.situation].asked(case.attached)), encoding="utf-8")
    result = said(opa, "bench", bundle, file, case.query)
    return {case.name: result["T"] / result["N"] / 1e3, case.name + ALLOCATIONS: result["MemAllocs"] // result["N"]}


def said(opa: Binary, command: str, bundle: Path, file: Path, query: str) -> Any:
    """Return what a command of OPA, `eval` or `bench`, says as JSON of a query with the input in ``file``."""
    run: list[str | Path] = [opa.path, command, "--format", "json", "--bundle", bundle, "--input", file, query]
    return json.loads(subprocess.run(run, capture_output=True, check=True).stdout)
