"""AWS managed policies and mutants of them: nothing is undecided, and each mutant differs the way that it must."""

from collections import Counter
from typing import Final

import pytest

from iam2rego.proofs.verdict import Proved, Refuted
from tests.property.inclusions import verdict
from tests.property.managed_mutants import WIDER, mutants
from tests.property.proof_pairs import identity
from tests.support.managed import managed_policies

EVERY: Final = 40
NAMES: Final = sorted(managed_policies())


@pytest.fixture(scope="module")
def differing() -> Counter[str]:
    """How many mutants of each change differ; policies are read anew on each side."""
    found = Counter[str]()
    documents = managed_policies()
    for name in NAMES[::EVERY]:
        original = identity(documents[name])
        assert isinstance(verdict(original, identity(documents[name])), Proved), name
        for change, way, document in mutants(documents[name], len(name)):
            mutant = identity(document)
            wide, narrow = (mutant, original) if way is WIDER else (original, mutant)
            assert isinstance(verdict(narrow, wide), Proved), (name, change)
            more = verdict(wide, narrow)
            assert isinstance(more, Proved | Refuted), (name, change, more)
            found[change] += isinstance(more, Refuted)
    return found


@pytest.mark.parametrize("change", ["action dropped", "action widened", "condition dropped", "any resource"])
def test_mutants_are_told_apart(differing: Counter[str], change: str) -> None:
    assert differing[change] > 5
