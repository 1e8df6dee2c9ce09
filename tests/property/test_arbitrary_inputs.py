"""Whatever JSON OPA gets as ``input``, both engines give the same document (`make prove` takes more).

Three of four inputs are requests with something replaced anywhere, so that many are requests still, with values that nobody expects.
"""

from collections import Counter
from typing import Final

from iam2rego.engines.compare import outcome
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from tests.property.arbitrary_inputs import input_failures, inputs, reading_policies

INPUTS: Final = 800
SEED: Final = 5


def test_both_engines_answer_any_json_with_the_same_document(opa: Binary) -> None:
    assert list(input_failures(opa, list(inputs(INPUTS, SEED)))) == []


def test_some_of_it_is_a_request() -> None:
    policies = reading_policies()
    decisions = Counter(outcome(authorize(policies, each)) for each in inputs(INPUTS, SEED))
    assert decisions["allowed"] > 50
    assert decisions["implicitDeny"] > 30
    assert decisions["explicitDeny"] > 1
