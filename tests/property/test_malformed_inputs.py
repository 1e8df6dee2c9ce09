"""`allow` and `decision` stay defined and false on whatever is no request, and both engines refuse it (`make prove` takes more)."""

from collections.abc import Sequence
from typing import Final

import pytest

from iam2rego.engines.compare import answer, outcome
from iam2rego.engines.opa import OpaEngine
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from tests.property.refused_inputs import malformed_failures, open_policies
from tests.support.malformed_inputs import WELL_FORMED, documents

TOGETHER: Final = 100
SEED: Final = 3


@pytest.fixture(scope="module")
def inputs() -> Sequence[JsonValue]:
    return list(documents(TOGETHER, SEED))


def test_both_engines_refuse_every_malformed_input(opa: Binary, inputs: Sequence[JsonValue]) -> None:
    assert list(malformed_failures(opa, inputs)) == []


def test_there_are_many_malformed_inputs(inputs: Sequence[JsonValue]) -> None:
    assert len({dumps(each) for each in inputs}) > 800


def test_what_they_are_made_of_is_allowed(opa: Binary) -> None:
    policies = open_policies()
    with OpaEngine(opa, [policies]) as engine:
        given = [(outcome(authorize(policies, each)), outcome(answer(engine, 0, each))) for each in WELL_FORMED]
    assert given == [("allowed", "allowed")] * len(WELL_FORMED)
