"""AWS managed policies and mutants of them: nothing is undecided, and each mutant differs the way that it must."""

from collections import Counter
from typing import Any, Final

import pytest

from iam2rego.ir.policy import Policy, PolicySet, PolicyType, identity_policies
from iam2rego.jsontext import dumps
from iam2rego.proofs.verdict import Proved, Refuted
from iam2rego.source import Source
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json
from tests.property.inclusions import verdict
from tests.property.managed_mutants import WIDER, mutants
from tests.support.managed import managed_policies

EVERY: Final = 40
NAMES: Final = sorted(managed_policies())


def read(document: Any) -> PolicySet:
    source = Source("p.json", dumps(document))
    reading = read_policy(parse_json(source), source, lenient=True)
    assert reading.document is not None
    return identity_policies([Policy(name="p", type=PolicyType.IDENTITY, file="p.json", document=reading.document)])


@pytest.fixture(scope="module")
def differing() -> Counter[str]:
    """How many mutants of each change differ; policies are read anew on each side."""
    found = Counter[str]()
    documents = managed_policies()
    for name in NAMES[::EVERY]:
        original = read(documents[name])
        assert isinstance(verdict(original, read(documents[name])), Proved), name
        for change, way, document in mutants(documents[name], len(name)):
            mutant = read(document)
            wide, narrow = (mutant, original) if way is WIDER else (original, mutant)
            assert isinstance(verdict(narrow, wide), Proved), (name, change)
            more = verdict(wide, narrow)
            assert isinstance(more, Proved | Refuted), (name, change, more)
            found[change] += isinstance(more, Refuted)
    return found


@pytest.mark.parametrize("change", ["action dropped", "action widened", "condition dropped", "any resource"])
def test_mutants_are_told_apart(differing: Counter[str], change: str) -> None:
    assert differing[change] > 5
