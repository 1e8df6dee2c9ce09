"""Emitted modules and tables, byte for byte, and what OPA decides by them.

A folder holds a policy, the module and the tables that it becomes, and requests with the decision that the rules ask for; or a
policy set, its modules and tables, and who has which. After a change of the compiler, `rewrite.py` writes what it emits anew; look
at what changed. Nothing ever writes the decisions but people.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iam2rego.engines.compare import outcome
from iam2rego.engines.opa import OpaEngine
from iam2rego.jsontext import JsonValue, loads
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from tests.support.goldens import GOLDENS, compiled, kept, policies


def requests(unit: int, golden: Path) -> Iterator[object]:
    for line in (golden / "requests.jsonl").read_text("utf-8").splitlines():
        match loads(line):
            case {"name": name, "request": request, "expect": want, **nothing} if not nothing:
                yield pytest.param(unit, request, want, id=f"{golden.name}/{name}")
            case _:
                raise AssertionError(f"{golden.name}: {line} is no request with its name and what is expected")


REQUESTS = [each for unit, golden in enumerate(GOLDENS) for each in requests(unit, golden)]


@pytest.fixture(scope="module")
def engine(opa: Binary, layout: Layout) -> Iterator[OpaEngine]:
    """An OPA that holds the policies of every golden as a unit of their own."""
    with OpaEngine(opa, [policies(golden) for golden in GOLDENS], layout=layout) as running:
        yield running


@pytest.mark.parametrize("golden", [pytest.param(golden, id=golden.name) for golden in GOLDENS])
def test_the_modules_are_as_they_were(golden: Path) -> None:
    assert compiled(golden) == kept(golden)


@pytest.mark.parametrize("layout", Layout, scope="module")
@pytest.mark.parametrize(("unit", "asked", "want"), REQUESTS)
def test_the_decision_is_what_the_rules_say(engine: OpaEngine, unit: int, asked: JsonValue, want: str) -> None:
    assert outcome(engine.decide(unit, asked)) == want
