"""A mutant of a rule on trial, in a child of this process: by the examples of all findings, then by the unit tests of `lint` and of fixes.

The examples say what `test_findings.py` wants of them; most mutants are killed by these in a moment.
"""

import os
import resource
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from iam2rego.catalogue.services import catalogue
from iam2rego.lint.finding import Family, Finding
from iam2rego.lint.registry import all_findings, all_rules
from iam2rego.sources.parameters import parameters
from tests.mutation.mutants import Mutant
from tests.support.marked_policies import findings

_UNIT: Final = Path(__file__).parents[1] / "unit"
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
        rule = _put_in_place(mutant) if mutant else None
        if rule and not _are_as_described(rule):
            return 1
        return pytest.main([*map(str, _tests(rule.code if rule else "")), *_QUIETLY])
    except BaseException:  # whatever a mutant raises, the child must not go on as its parent
        return 1


def _are_as_described(rule: Finding) -> bool:
    """Say whether the bad example of a rule has its finding, and no good example of any finding has it."""
    shown = [each for each in all_findings().values() if each.good and each.family is not Family.GATEWAYS]
    goods = any(rule.code in _codes(each, each.good, rule) for each in shown)
    return not goods and (rule.family is Family.GATEWAYS or rule.code in _codes(rule, rule.bad, rule))


def _codes(example: Finding, text: str, rule: Finding) -> set[str]:
    selected = rule.code if rule.default or example.code == rule.code else ""
    found = findings(text, example.kind, False, parameters(example.parameters), catalogue(), lambda finding: finding.code == selected)
    return {each.code for each in found}


def _put_in_place(mutant: Mutant) -> Finding:
    """Let the module of a rule be the mutant, and return what the rule finds."""
    module = import_module(mutant.module)
    exec(compile(mutant.text, mutant.module, "exec"), module.__dict__)
    all_rules.cache_clear()
    all_findings.cache_clear()
    described: Finding = module.FINDING
    return described


def _tests(code: str) -> list[Path]:
    """Return the files of tests, those that name ``code`` first: they kill most mutants of its rule."""
    files = [*(each for each in (_UNIT / "lint").glob("test_*.py") if not each.name.startswith(_COUNTS)), _ALSO]
    return sorted(files, key=lambda file: (code not in file.read_text(encoding="utf-8"), file))
