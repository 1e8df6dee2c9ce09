"""A mutant on trial: in a child of this process, which has read all cases before, so that most mutants are killed in a moment.

The questions are the cases of the rules, a slice of the truth tables, then the unit tests of `native`. Mutants of
`native.gateway` are put to its own unit tests only.
"""

import os
import resource
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, settings

from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.scenarios.suite import suite
from tests.mutation.mutants import PACKAGE, Mutant
from tests.truth.worlds import cases, worlds

assert PACKAGE not in sys.modules, "every child imports its own native evaluator"

NATIVE: Final = Path(__file__).parents[1] / "unit" / "native"
ASKED_ALREADY: Final = ("test_cases.py", "test_truth_tables.py")
GATEWAY: Final = NATIVE / "gateway"
"""The unit tests of `native.gateway`. No decision reads that room, so only these can tell its mutants, and they tell no others."""

SECONDS: Final = 15
"""The processor time that a child may take, several times of what the unmutated evaluator needs; a mutant that needs more is killed."""

STATES: Final = 500
"""Combinations of the truth tables that are asked, drawn with a seed."""

settings.register_profile(
    "mutation",
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutation")

Question = tuple[PolicySet, JsonValue, str]
"""Policies, a request, and what is decided, `invalid` of a refused request."""


def questions() -> list[Question]:
    """Return the cases of the rules and a slice of the truth tables, in an order in which different things follow each other."""
    policies = worlds()
    of_rules = [(each.policies, each.request, each.expect) for each in suite() if each.policies is not None]
    asked = [*of_rules, *((policies[case.world], case.request, case.expect) for case in cases(STATES))]
    Random(STATES).shuffle(asked)
    return asked


def survives(mutant: Mutant | None, asked: list[Question]) -> bool:
    """Say whether every question is decided as it is without the mutation; without a mutant, whether the tests pass at all."""
    rooms = (NATIVE, GATEWAY) if mutant is None else (GATEWAY,) if mutant.module.startswith(GATEWAY.name) else (NATIVE,)
    return passes(mutant, partial(_is_as_before, rooms, asked), SECONDS)


def passes(mutant: Mutant | None, test: Callable[[], bool], seconds: int) -> bool:
    """Say whether a test passes in a child of this process that imports the mutant; it does not if it takes more processor time."""
    child = os.fork()
    if not child:
        os._exit(_tried(mutant, test, seconds))
    return os.waitpid(child, 0)[1] == 0


def _tried(mutant: Mutant | None, test: Callable[[], bool], seconds: int) -> int:
    """Return 0 if the test passes; whatever goes wrong here, it does not."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    if mutant:
        sys.meta_path.insert(0, _Finder(mutant))
    try:
        return 0 if test() else 1
    except BaseException:  # whatever a mutant raises, the child must not go on as its parent
        return 1


def _is_as_before(rooms: Sequence[Path], asked: list[Question]) -> bool:
    return (NATIVE not in rooms or all(_decided(*question) for question in asked)) and tests_pass(_tests(rooms))


def tests_pass(files: Sequence[str]) -> bool:
    """Say whether the tests of some files and folders pass in this process."""
    return pytest.main([*files, "-q", "-x", "--tb=no", "--assert=plain", "-p", "no:cacheprovider"]) == 0


def _tests(folders: Sequence[Path]) -> list[str]:
    return [str(each) for folder in folders for each in sorted(folder.glob("test_*.py")) if each.name not in ASKED_ALREADY]


def _decided(policies: PolicySet, request: JsonValue, want: str) -> bool:
    from iam2rego.native import authorize  # not before the mutant is in its place

    decision = authorize(policies, request)
    return ("invalid" if decision.errors else decision.decision.value) == want


class _Finder(MetaPathFinder, InspectLoader):
    """Imports the mutant in the place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname == f"{self._mutant.package}.{self._mutant.module}" else None

    def get_source(self, _fullname: str) -> str:
        return self._mutant.text
