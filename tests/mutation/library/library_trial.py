"""Tries mutants of the runtime library: OPA decides by each, and some question has to tell it from the native evaluator.

A mutant is asked the questions that killed others of its module first, then the cases of the rules, then what was made from these.
So most mutants cost an OPA with a few policies. One that answers all of them, such as a `fast_path` that leaves a request to the long
way, is put to the library's own tests. Those that are listed as equivalent have to survive all questions, more than 10,000, too.
"""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Final

from iam2rego.mutation.equivalent import Equivalent, Survivors, equivalents, sort_out
from iam2rego.mutation.mutant import Mutant
from iam2rego.opa.binary import Binary
from iam2rego.rego import Layout
from iam2rego.rego.bundle.library import FOLDERS, modules
from tests.mutation.library.library_operators import library_mutants
from tests.mutation.library.library_questions import BY_CLASS, Case, Question, lay_out, library_cases

EQUIVALENT: Final = Path(__file__).with_name("equivalent.toml")

AT_ONCE: Final = 2
"""So many OPAs run side by side."""

_LIBRARY: Final = Path(__file__).parents[3] / "compiler" / "iam2rego" / "rego" / "lib"
"""That of the checkout: the package is installed without the library's tests."""
_OF_CASES: Final = {
    Layout.MODULES: ("attachments", *BY_CLASS),
    Layout.PACKED: ("actions", "attachments", "policies", "statements", *BY_CLASS),
}
"""What of the data of a bundle a question takes from its case; modules stand beside those of the other cases."""

_UNASKED: Final = ("partitions/", "gateway/")
"""How modules begin that no question reaches, since they stand before the entry points: they are put to the library's own tests alone."""

_TESTED: Final = (("common", "decision", "modules", "gateway"), ("common", "packed", "partitions"))
"""The folders of the library whose tests run together, as in the Makefile."""

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
    """How many mutants OPA took, and of how many questions none tells the survivors from the library."""

    mutants: int
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
        trials = [_Trial(binary, Path(folder, name), name, seed, listed) for name in modules or every_module()]
        assert all(trial.agrees() for trial in {trial.layout: trial for trial in trials}.values()), "the engines agree without a mutation"
        outcomes = [each for trial in trials for each in trial.outcomes(most)]
    return LibraryReport(
        sum(1 for _, killed in outcomes if killed is not None),
        sum(len(case.first) + len(case.more) for case in library_cases(seed)),
        sort_out([mutant for mutant, killed in outcomes if killed is False], listed),
    )


@cache
def every_module() -> Mapping[str, str]:
    """Return the text of each module of the library, by its path without the suffix."""
    return {_name(path): path.read_text("utf-8") for path in _files() if not _is_test(path)}


def _files() -> Sequence[Path]:
    return sorted(path for path in _LIBRARY.glob("*/*.rego") if path.parent.name != "log")


def _beside(module: str) -> Sequence[Path]:
    """Return the files of the library that are tested together with a module."""
    (loaded,) = [folders for folders in _TESTED if module.partition("/")[0] in folders][:1]
    return [path for path in _files() if path.parent.name in loaded]


def _name(path: Path) -> str:
    return path.relative_to(_LIBRARY).with_suffix("").as_posix()


def _is_test(path: Path) -> bool:
    return path.stem.endswith("_test")


def _asked(layout: Layout) -> Mapping[str, str]:
    """Return the text of each module that decides in a layout, by its path in the library without the suffix."""
    return {f"{folder}/{name}": text for folder in FOLDERS[layout] for name, text in modules(folder).items()}


def _judge(layout: Layout) -> str:
    return _JUDGE % {"data": "".join(f"\n\t\twith data.iam.{each} as case.{each}" for each in _OF_CASES[layout])}


class _Trial:
    """Of one module: what OPA loads beside its mutants, and the questions that killed some of them."""

    def __init__(self, binary: Binary, folder: Path, module: str, seed: int, listed: Sequence[Equivalent]) -> None:
        self.layout = Layout.PACKED if module not in _asked(Layout.MODULES) and module in _asked(Layout.PACKED) else Layout.MODULES
        self._binary, self._folder, self._module, self._listed = binary, folder, module, listed
        self._text, self._random = every_module()[module], Random(f"{seed}/{module}")
        self._killers: dict[Question, None] = {}
        folder.mkdir(parents=True)
        rest = {f"{name}.rego": text for name, text in _asked(self.layout).items() if name != module}
        lay_out({**rest, "judge.rego": _judge(self.layout)}, folder / "library")
        for number, case in enumerate(library_cases(seed)):
            lay_out(case.files[self.layout], folder / f"c{number}")
        others = {f"{_name(path)}.rego": path.read_text("utf-8") for path in _beside(module) if _name(path) != module}
        lay_out(others, folder / "tests")
        *self._slices, self._rest = ([*chain.from_iterable(each)] for each in zip(*map(_sliced, library_cases(seed)), strict=True))

    def agrees(self) -> bool:
        """Return whether nothing that every mutant is put to tells the library as it is from a mutant."""
        asked = [] if self._is_unasked else self._slices
        return not any(self._told(self._text, questions) for questions in asked) and not self._fails_tests(self._text)

    @property
    def _is_unasked(self) -> bool:
        return self._module.startswith(_UNASKED)

    def outcomes(self, most: int | None) -> Iterator[tuple[Mutant, bool | None]]:
        """Yield mutants, and whether some question tells each from the library; None where OPA does not take it."""
        mutants = self._mutants()
        drawn = mutants if most is None else self._random.sample(mutants, min(most, len(mutants)))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from zip(drawn, pool.map(self._is_killed, drawn), strict=True)

    def _mutants(self) -> list[Mutant]:
        file = self._folder / "module.rego"
        file.write_text(self._text, "utf-8")
        tree = self._opa("parse", "--format", "json", "--json-include", "locations", str(file))
        return library_mutants(self._module, self._text, tree.stdout)

    def _is_killed(self, mutant: Mutant) -> bool | None:
        is_listed = any(each.is_of(mutant) for each in self._listed)
        slices = [*self._slices, self._rest] if is_listed else self._slices
        asked = [] if self._is_unasked else [list(self._killers), *slices]
        try:
            return any(self._is_killed_by(mutant.text, each) for each in asked) or self._fails_tests(mutant.text)
        except NotTakenError:
            return None

    def _is_killed_by(self, text: str, questions: Sequence[Question]) -> bool:
        """Return whether one of ``questions`` kills, and keep the first, the middle and the last that do."""
        told = self._told(text, questions)
        kept = {told[0], told[len(told) // 2], told[-1]} if told else ()
        self._killers.update(dict.fromkeys(questions[place] for place in kept))
        return bool(told)

    def _told(self, text: str, questions: Sequence[Question]) -> Sequence[int]:
        """Return the places of the questions that are answered wrongly; where OPA fails, the first."""
        asked = f'{{"questions": [{", ".join(each.text for each in questions)}]}}'
        folders = [self._folder / f"c{case}" for case in sorted({each.case for each in questions})]
        with _written(text) as changed:
            loaded = chain.from_iterable(("--data", str(each)) for each in (self._folder / "library", changed, *folders))
            done = self._opa("eval", "--format", "raw", "--stdin-input", *loaded, "data.judge.killers", asked=asked)
        if _REFUSED.search(done.stdout + done.stderr):
            raise NotTakenError
        return json.loads(done.stdout) if not done.returncode else [0]

    def _fails_tests(self, text: str) -> bool:
        with _written(text) as changed:
            done = self._opa("test", "--timeout", "5m", str(changed), str(self._folder / "tests"))
        if _REFUSED.search(done.stdout + done.stderr):
            raise NotTakenError
        return done.returncode != 0

    def _opa(self, *words: str, asked: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run([str(self._binary.path), *words], input=asked, capture_output=True, text=True, check=False)


@contextmanager
def _written(text: str) -> Iterator[Path]:
    with NamedTemporaryFile("w", suffix=".rego", encoding="utf-8") as changed:
        changed.write(text)
        changed.flush()
        yield Path(changed.name)


def _sliced(case: Case) -> Sequence[Sequence[Question]]:
    return case.first[:60], case.first[60:], case.more[:1], case.more[1:5], case.more[5:]
