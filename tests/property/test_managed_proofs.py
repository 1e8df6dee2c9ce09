"""Policies of AWS, managed ones and examples, and mutants of them: nothing is undecided, and each mutant differs the way that it must."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from iam2rego.proofs.verdict import Proved, Refuted
from tests.property.inclusions import verdict
from tests.property.managed_mutants import WIDER, mutants
from tests.property.proof_pairs import identity
from tests.support.managed import managed_policies

EVERY: Final = 40
NAMES: Final = sorted(managed_policies())
OF_ECS: Final = sorted((Path(__file__).parents[2] / "examples" / "ecs" / "policies").iterdir())


def told_apart(name: str, document: Any) -> Counter[str]:
    """Count the mutants of each change that differ; the policy is read anew on each side."""
    found, original = Counter[str](), identity(document)
    assert isinstance(verdict(original, identity(document)), Proved), name
    for change, way, mutated in mutants(document, len(name)):
        mutant = identity(mutated)
        wide, narrow = (mutant, original) if way is WIDER else (original, mutant)
        assert isinstance(verdict(narrow, wide), Proved), (name, change)
        more = verdict(wide, narrow)
        assert isinstance(more, Proved | Refuted), (name, change, more)
        found[change] += isinstance(more, Refuted)
    return found


@pytest.fixture(scope="module")
def differing() -> Counter[str]:
    """How many mutants of each change differ."""
    return sum((told_apart(name, managed_policies()[name]) for name in NAMES[::EVERY]), Counter[str]())


@pytest.mark.parametrize("change", ["action dropped", "action widened", "condition dropped", "any resource"])
def test_mutants_are_told_apart(differing: Counter[str], change: str) -> None:
    assert differing[change] > 5


@pytest.mark.parametrize("file", [pytest.param(each, id=each.stem) for each in OF_ECS])
def test_mutants_of_examples_are_told_apart(file: Path) -> None:
    assert told_apart(file.stem, json.loads(file.read_text(encoding="utf-8"))).total() > 0
