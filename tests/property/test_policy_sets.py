"""Random policy-set files and accounts, with all that scenarios do not have: policies of single resources, and who has which policies.

Asked by callers of every kind, the engines' documents must be equal. What is drawn is read leniently (L1 to L9).
"""

from collections import Counter
from functools import partial
from typing import Final

import pytest

from iam2rego.engines.compare import outcome
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.strategies.drawing import draw as drawn
from tests.property.random_sets import Unit, questions, set_failures, units

UNITS: Final = 60
"""Policy sets that a test of ours looks at."""
MOST: Final = 600
"""Policy sets that a test looks at which stops when it has seen enough."""
ON_OPA: Final = 15
"""So many of them are asked."""


@pytest.mark.parametrize("layout", Layout)
def test_the_engines_answer_random_questions_with_the_same_documents(opa: Binary, layout: Layout) -> None:
    assert list(set_failures(opa, ON_OPA, layout)) == []


@pytest.fixture(scope="module")
def asked() -> list[Unit]:
    return units(UNITS)


def test_accounts_are_among_them(asked: list[Unit]) -> None:
    assert {bool(policies.attachments.accounts) for policies, _ in asked} == {True, False}


@pytest.mark.parametrize(
    ("decision", "share"),
    [
        pytest.param("allowed", 0.05, id="allowed"),
        pytest.param("explicitDeny", 0.1, id="explicitDeny"),
        pytest.param("implicitDeny", 0.1, id="implicitDeny"),
        pytest.param("invalid", 0.02, id="invalid"),
    ],
)
def test_every_decision_is_among_the_answers(asked: list[Unit], decision: str, share: float) -> None:
    decisions = Counter(outcome(authorize(policies, each)) for policies, requests in asked for each in requests)
    assert decisions[decision] > share * decisions.total()


def without_the_reasons(wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return those of the decisions and types that denied, as drawn policies show none of them, however many are drawn."""
    missing = set(wanted)
    for read, requests in map(partial(drawn, questions()), range(MOST)):
        decisions = [authorize(read, request) for request in requests]
        missing -= {(decision.decision.value, each) for decision in decisions for each in decision.denied_by}
        if not missing:
            break
    return missing


def test_every_type_is_among_the_reasons() -> None:
    """Each type of policy both denies, and lacks an Allow that it should give."""
    types = ["identity", "permissions_boundary", "resource", "service_control", "session", "vpc_endpoint"]
    wanted = {("explicitDeny", each) for each in (*types, "resource_control")} | {("implicitDeny", each) for each in types}
    assert without_the_reasons(wanted) == set()
