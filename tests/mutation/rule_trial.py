"""A mutant of a rule on trial, in a child of this process: by the examples of the rule, then by the unit tests of `lint` and of fixes."""

import os
import resource
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from iam2rego.catalogue.services import catalogue
from iam2rego.lint.registry import all_findings, all_rules
from tests.mutation.mutants import Mutant

_UNIT: Final = Path(__file__).parents[1] / "unit"
_EXAMPLES: Final = _UNIT / "lint" / "test_findings.py"
_ALSO: Final = _UNIT / "fixing" / "test_fixed_policies.py"
_COUNTS: Final = "test_managed_"
"""How the tests begin that go through all managed policies, which take long."""

_QUIETLY: Final = ("-q", "-x", "--tb=no", "--assert=plain", "-p", "no:cacheprovider")

SECONDS: Final = 240
"""The processor time that a child may take, several times of what the tests need; a mutant that needs more is killed."""


def survives(mutant: Mutant | None) -> bool:
    """Say whether no test tells the mutant from the rule; without a mutant, whether the tests pass at all."""
    _ = all_rules(), catalogue().services  # so that no child has to read them
    child = os.fork()
    if not child:
        os._exit(_tried(mutant))
    return os.waitpid(child, 0)[1] == 0


def _tried(mutant: Mutant | None) -> int:
    """Return 0 if every test passes; all that goes wrong here kills the mutant."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        code = _put_in_place(mutant) if mutant else ""
        return (code and pytest.main([str(_EXAMPLES), "-k", code, *_QUIETLY])) or pytest.main([*_tests(), *_QUIETLY])
    except BaseException:  # whatever a mutant raises, the child must not go on as its parent
        return 1


def _put_in_place(mutant: Mutant) -> str:
    """Let the module of a rule be the mutant, and return the code of the rule."""
    module = import_module(mutant.module)
    exec(compile(mutant.text, mutant.module, "exec"), module.__dict__)
    all_rules.cache_clear()
    all_findings.cache_clear()
    code: str = module.FINDING.code
    return code


def _tests() -> list[str]:
    return [*(str(each) for each in sorted((_UNIT / "lint").glob("test_*.py")) if not each.name.startswith(_COUNTS)), str(_ALSO)]
