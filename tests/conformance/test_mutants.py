"""A seeded slice of the mutants of the output and of the library: requests tell them from what is right (`make prove` takes more)."""

import json
from pathlib import Path
from typing import Final

import pytest

from iam2rego.mutation.run import mutate
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.sources import load
from iam2rego.sources.parameters import parameters
from tests.mutation.library.library_trial import try_library

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "ecs"

OWN: Final = {"StringEqualsIgnoreCase": {"x:owner": ["x-${aws:username}", "nobody"]}}
TWO_FUNCTIONS: Final = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": f"x:{action}", "Resource": "*", "Condition": OWN} for action in ("Get", "Put")],
}
"""What becomes a module that ends in functions: of its document OPA can say no one type of its members."""


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", ["describe-task", "run-task", "view-own-permissions"])
def test_every_mutant_of_an_example_is_killed(opa: Binary, name: str, layout: Layout) -> None:
    policies = load([str(EXAMPLE / "policies" / f"{name}.json")], parameters=parameters([str(EXAMPLE / "params.toml")])).policies
    report = mutate(policies, seed=1, binary=opa, progress=lambda _done, _of: None, layout=layout)
    assert report.count > 10
    assert report.survivors.unexplained == ()


def test_every_mutant_of_a_module_that_ends_in_functions_is_killed(opa: Binary, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(json.dumps(TWO_FUNCTIONS), encoding="utf-8")
    report = mutate(load([str(tmp_path)]).policies, seed=1, binary=opa, progress=lambda _done, _of: None)
    assert report.count > 10
    assert report.survivors.unexplained == ()


@pytest.mark.parametrize(("module", "least"), [("decision/guardrails", 2), pytest.param("common/ordered", 2, marks=pytest.mark.long)])
def test_mutants_of_the_library_are_killed_or_listed(opa: Binary, module: str, least: int) -> None:
    report = try_library(opa, 1, modules=[module], most=4)
    assert report.mutants > least
    assert report.survivors.unexplained == ()
