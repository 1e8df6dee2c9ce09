"""Tries mutants of the runtime library: OPA decides by each, and some question has to tell it from the native evaluator.

A mutant is put to the tests that import its module first, which takes a quarter of a second and kills most. Then it is asked the
questions that killed others of its module, put to all tests of the library that need it, and asked the cases of the rules and what was
made from these. One of a module that both layouts have is put to the tests and the questions of the other, too. So a survivor has
survived more than 5,000 questions in each layout that has it. These take most of the time, so of the mutants that are listed as
equivalent a third, drawn with the seed, is asked them all, and the others a few.
"""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Final

from iam2rego.mutation.equivalent import Equivalent, Survivors, equivalents, sort_out
from iam2rego.mutation.mutant import Mutant
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.library import FOLDERS, modules
from tests.mutation.library.library_files import all_tests, every_module, name_of, own_tests
from tests.mutation.library.library_operators import library_mutants
from tests.mutation.library.library_questions import BY_CLASS, Case, Question, lay_out, library_cases
from tests.support.processes import FREELY

EQUIVALENT: Final = Path(__file__).with_name("equivalent.toml")

AT_ONCE: Final = 2
"""How many OPAs run side by side."""

_OF_CASES: Final = {
    Layout.MODULES: ("attachments", *BY_CLASS),
    Layout.PACKED: ("actions", "attachments", "policies", "statements", *BY_CLASS),
}
"""What of the data of a bundle a question takes from its case; modules have names of their own, beside those of other cases."""

_REFUSED: Final = re.compile(r"rego_(parse|compile|type|unsafe_var|recursion)_error")
"""What OPA says of a module that it does not take: no such library would get as far as a decision."""

_JUDGE: Final = """package judge

killers := [place |
	some place, question in input.questions
	not agrees(question)
]

agrees(question) if {
	request := question.request
	case := data.cases[question.case]
	answer := data.iam.authz with input as request%(data)s
	answer.allow == question.answer.allow
	object.remove(answer.decision, ["errors"]) == question.answer.decision
	(count(answer.decision.errors) > 0) == question.answer.refused
}
"""


class NotTakenError(Exception):
    """OPA does not take a mutant: it is no mutant then."""


@dataclass(frozen=True, slots=True)
class LibraryReport:
    """What became of mutants of the library.

    Attributes:
        mutants: how many were tried, of those that OPA took.
        left: how many were not drawn.
        listed: how many are listed as equivalent, drawn or not.
        questions: how many questions do not tell the survivors from the library.
    """

    mutants: int
    left: int
    listed: int
    questions: int
    survivors: Survivors

    @property
    def killed(self) -> int:
        """How many mutants some question tells from the library."""
        return self.mutants - len(self.survivors.equivalent) - len(self.survivors.unexplained)


def try_library(binary: Binary, seed: int, *, modules: Sequence[str] = (), most: int | None = None) -> LibraryReport:
    """Try the mutants of the ``modules``, or of all; of each ``most`` at the most, drawn with ``seed``."""
    listed = [each for each in equivalents(EQUIVALENT.read_text(encoding="utf-8")) if each.module in (modules or every_module())]
    with TemporaryDirectory() as folder:
        trials = [_Trial(binary, Path(folder, name), name, listed, seed) for name in modules or every_module()]
        assert all(trial.agrees() for trial in {trial.layouts: trial for trial in trials}.values()), "the engines agree without a mutation"
        drawn = [(trial, *trial.drawn(most)) for trial in trials]
        outcomes = [each for trial, mutants, _ in drawn for each in trial.outcomes(mutants)]
    left = [mutant for _, _, mutants in drawn for mutant in mutants]
    tried = [each for each in listed if not any(each.is_of(mutant) for mutant in left)]
    return LibraryReport(
        sum(1 for _, killed in outcomes if killed is not None),
        len(left),
        len(listed),
        sum(len(case.first) + len(case.more) for case in library_cases(seed)),
        sort_out([mutant for mutant, killed in outcomes if killed is False], tried),
    )


def _asked(layout: Layout) -> Mapping[str, str]:
    """Return the text of each module that decides in a layout, by its path in the library without the suffix."""
    return {f"{folder}/{name}": text for folder in FOLDERS[layout] for name, text in modules(folder).items()}


def _judge(layout: Layout) -> str:
    return _JUDGE % {"data": "".join(f"\n\t\twith data.iam.{each} as case.{each}" for each in _OF_CASES[layout])}


class _Trial:
    """Of one module: what OPA loads beside its mutants, and the questions that killed some of them.

    No layout has the modules before the entry points, so no question reaches them: they are put to the library's own tests alone.
    """

    def __init__(self, binary: Binary, folder: Path, module: str, listed: Sequence[Equivalent], seed: int) -> None:
        self.layouts = tuple(layout for layout in Layout if module in _asked(layout))
        self._binary, self._folder, self._module = binary, folder, module
        self._text, self._random = every_module()[module], Random(f"{seed}/{module}")
        of_module = [each for each in listed if each.module == module]
        self._asked_little = self._random.sample(of_module, len(of_module) * 2 // 3)
        self._killers: dict[Question, None] = {}
        for layout in self.layouts:
            rest = {f"{name}.rego": text for name, text in _asked(layout).items() if name != module}
            lay_out({**rest, "judge.rego": _judge(layout)}, folder / layout / "library")
            for number, case in enumerate(library_cases(seed)):
                lay_out(case.files[layout], folder / layout / f"c{number}")
        self._tests = [folder / f"tests-{number}" for number, _ in enumerate(all_tests(module))]
        self._own_tests = folder / "own-tests"
        for tests, files in zip([self._own_tests, *self._tests], [own_tests(module), *all_tests(module)], strict=True):
            lay_out({f"{name_of(path)}.rego": path.read_text("utf-8") for path in files}, tests)
        self._slices = [[*chain.from_iterable(each)] for each in zip(*map(_sliced, library_cases(seed)), strict=True)]

    def agrees(self) -> bool:
        """Return whether nothing that every mutant is put to tells the library as it is from a mutant."""
        told = (self._told(layout, self._text, questions) for layout in self.layouts for questions in self._slices)
        return not any(told) and not any(self._fails(tests, self._text) for tests in self._tests)

    def drawn(self, most: int | None) -> tuple[Sequence[Mutant], Sequence[Mutant]]:
        """Draw so many mutants at the most, or all; return them and those that are left."""
        mutants = self._mutants()
        self._random.shuffle(mutants)
        return mutants[:most], [] if most is None else mutants[most:]

    def outcomes(self, mutants: Sequence[Mutant]) -> Iterator[tuple[Mutant, bool | None]]:
        """Yield mutants, and whether some question tells each from the library; None where OPA does not take it."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from zip(mutants, pool.map(self._is_killed, mutants), strict=True)

    def _mutants(self) -> list[Mutant]:
        file = self._folder / "module.rego"
        file.write_text(self._text, "utf-8")
        tree = self._opa("parse", "--format", "json", "--json-include", "locations", str(file))
        return library_mutants(self._module, self._text, tree.stdout)

    def _is_killed(self, mutant: Mutant) -> bool | None:
        try:
            return any(self._kills(mutant))
        except NotTakenError:
            return None

    def _kills(self, mutant: Mutant) -> Iterator[bool]:
        """Yield of one thing after another whether it tells a mutant from the library, the second layout last."""
        yield self._fails(self._own_tests, mutant.text)
        killers = list(self._killers)
        yield from (self._is_killed_by(layout, mutant.text, killers) for layout in self.layouts)
        for layout, tests in zip_longest(self.layouts, self._tests):
            if tests:
                yield self._fails(tests, mutant.text)
            if layout:
                slices = self._slices[:1] if any(each.is_of(mutant) for each in self._asked_little) else self._slices
                yield from (self._is_killed_by(layout, mutant.text, each) for each in slices)

    def _is_killed_by(self, layout: Layout, text: str, questions: Sequence[Question]) -> bool:
        """Return whether one of ``questions`` kills, and keep the first, the middle and the last that do."""
        told = self._told(layout, text, questions)
        kept = {told[0], told[len(told) // 2], told[-1]} if told else ()
        self._killers.update(dict.fromkeys(questions[place] for place in kept))
        return bool(told)

    def _told(self, layout: Layout, text: str, questions: Sequence[Question]) -> Sequence[int]:
        """Return the places of the questions that are answered wrongly; where OPA fails, the first."""
        asked = f'{{"questions": [{", ".join(each.text for each in questions)}]}}'
        folders = [self._folder / layout / f"c{case}" for case in sorted({each.case for each in questions})]
        with _written(text) as changed:
            loaded = chain.from_iterable(("--data", str(each)) for each in (self._folder / layout / "library", changed, *folders))
            done = self._opa("eval", "--format", "raw", "--stdin-input", *loaded, "data.judge.killers", asked=asked)
        if _REFUSED.search(done.stdout + done.stderr):
            raise NotTakenError
        return json.loads(done.stdout) if not done.returncode else [0]

    def _fails(self, tests: Path, text: str) -> bool:
        with _written(text) as changed:
            done = self._opa("test", "--timeout", "5m", str(changed), str(tests))
        if _REFUSED.search(done.stdout + done.stderr):
            raise NotTakenError
        return done.returncode != 0

    def _opa(self, *words: str, asked: str = "") -> "subprocess.CompletedProcess[str]":
        command = [str(self._binary.path), *words]
        return subprocess.run(command, input=asked, env=FREELY, capture_output=True, text=True, check=False)


@contextmanager
def _written(text: str) -> Iterator[Path]:
    with NamedTemporaryFile("w", suffix=".rego", encoding="utf-8") as changed:
        changed.write(text)
        changed.flush()
        yield Path(changed.name)


def _sliced(case: Case) -> Sequence[Sequence[Question]]:
    return case.first[:60], case.first[60:], case.more[:1], case.more[1:]
