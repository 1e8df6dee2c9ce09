"""A seeded slice of the mutants of the output: generated requests tell them from what the compiler makes (`make prove` takes more)."""

from pathlib import Path
from typing import Final

import pytest

from iam2rego.conformance.mutation.run import mutate
from iam2rego.opa.binary import Binary
from iam2rego.sources import load
from iam2rego.sources.parameters import parameters

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "ecs"


@pytest.mark.parametrize("name", ["describe-task", "run-task", "view-own-permissions"])
def test_every_mutant_of_an_example_is_killed(opa: Binary, name: str) -> None:
    policies = load([str(EXAMPLE / "policies" / f"{name}.json")], parameters=parameters((), str(EXAMPLE / "params.toml"))).policies
    report = mutate(policies, seed=1, binary=opa, progress=lambda _done, _of: None)
    assert report.count > 20
    assert report.survived == ()
