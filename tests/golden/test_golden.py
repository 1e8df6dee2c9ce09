"""Emitted modules, byte for byte, and what OPA decides by them.

A folder holds a policy, the module that it becomes, and requests with the decision that the rules ask for. After a change of
the compiler, `rewrite.py` writes the modules anew; look at what changed. Nothing ever writes the decisions but people.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iam2rego.conformance.compare import outcome
from iam2rego.conformance.engine import OpaEngine
from iam2rego.jsontext import JsonValue, loads
from iam2rego.opa.binary import Binary
from iam2rego.rego import compile_policies
from iam2rego.sources import load

GOLDENS = sorted(path.parent for path in Path(__file__).parent.glob("*/policy.json"))


def requests(unit: int, golden: Path) -> Iterator[object]:
    for line in (golden / "requests.jsonl").read_text("utf-8").splitlines():
        match loads(line):
            case {"name": name, "request": request, "expect": want, **nothing} if not nothing:
                yield pytest.param(unit, request, want, id=f"{golden.name}/{name}")
            case _:
                raise AssertionError(f"{golden.name}: {line} is no request with its name and what is expected")


REQUESTS = [each for unit, golden in enumerate(GOLDENS) for each in requests(unit, golden)]


@pytest.fixture(scope="module")
def engine(opa: Binary) -> Iterator[OpaEngine]:
    """An OPA that holds the policy of every golden as a unit of its own."""
    with OpaEngine(opa, [load([str(golden / "policy.json")]).policies for golden in GOLDENS]) as running:
        yield running


@pytest.mark.parametrize("golden", [pytest.param(golden, id=golden.name) for golden in GOLDENS])
def test_the_module_is_as_it_was(golden: Path) -> None:
    bundle = compile_policies(load([str(golden / "policy.json")]).policies, revision="golden")
    assert bundle.files["iam/policies/policy.rego"] == (golden / "policy.rego").read_text("utf-8")


@pytest.mark.parametrize(("unit", "asked", "want"), REQUESTS)
def test_the_decision_is_what_the_rules_say(engine: OpaEngine, unit: int, asked: JsonValue, want: str) -> None:
    assert outcome(engine.decide(unit, asked)) == want
