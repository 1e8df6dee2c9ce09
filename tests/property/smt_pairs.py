"""Verdicts of the proofs against those of z3, on seeded pairs of policies."""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Final

from iam2rego.ir.policy import PolicySet
from iam2rego.proofs.verdict import Proved, Refuted
from tests.property.inclusions import verdict
from tests.property.proof_pairs import identity
from tests.property.smt import Statement, answer, documents

_WANTED: Final = {Proved: "unsat", Refuted: "sat"}


def compared(count: int, tally: Counter[str], start: int = 0) -> Iterator[str]:
    """Yield, for as many seeds, the pairs about which the two do not agree; ``tally`` counts what both say."""
    for seed in range(start, start + count):
        new, old = documents(Random(seed))
        found, said = verdict(_read(new), _read(old)), answer(new, old)
        tally[f"{type(found).__name__.lower()} and {said}"] += 1
        wanted = _WANTED.get(type(found))
        if wanted is not None and said != "unknown":
            tally["compared"] += 1
            if said != wanted:
                yield f"seed {seed}: {type(found).__name__}, but z3 says {said}, about {new} within {old}"


def _read(statements: list[Statement]) -> PolicySet:
    return identity({"Version": "2012-10-17", "Statement": [dict(each) for each in statements]})
