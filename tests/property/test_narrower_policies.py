"""What `usage` says of logged decisions is what they hold, and the narrower policies decide alike and allow nothing more."""

from collections import Counter
from functools import partial
from typing import Final

import pytest

from iam2rego.native import authorize
from iam2rego.strategies.drawing import draw as drawn
from iam2rego.usage.report import usage_json
from tests.property.logged_decisions import usage_failures
from tests.property.narrowing import LOGGED, Unit, changed, units, used

UNITS: Final = 20
"""Policy sets that a test looks at."""
LINES: Final = 5_000
"""Decisions of a log that is made up."""


@pytest.fixture(scope="module")
def asked() -> list[Unit]:
    return list(map(partial(drawn, units()), range(UNITS)))


def test_narrower_policies_decide_what_was_logged_alike_and_allow_nothing_more(asked: list[Unit]) -> None:
    assert [each for unit in asked for each in changed(unit)] == []


def test_there_are_narrower_policies_of_both_types(asked: list[Unit]) -> None:
    reports = [usage_json(used(unit), unit[1].sources, {}) for unit in asked]
    types = Counter(each["policy_type"] for report in reports for each in report["policies"] if each["narrower"])
    left = [each for report in reports for each in report["policies"] if each["narrower"] and each["narrower"]["Statement"]]
    assert min(types["identity"], types["resource"]) > UNITS / 8
    assert len(left) > UNITS / 8


def test_statements_are_counted_as_decisions_name_them(asked: list[Unit]) -> None:
    for unit in asked:
        _, read, requests = unit
        decisions = [authorize(read.policies, request) for request in requests[:LOGGED]]
        named = Counter((each.policy, each.index) for decision in decisions for each in decision.matched_statements)
        usage = used(unit)
        assert {key: each.decided for key, each in usage.statements.items() if each.decided} == named
        assert usage.outcomes == Counter(decision.decision for decision in decisions)


def test_a_log_is_counted_as_it_was_made() -> None:
    failures, kilobytes = usage_failures(LINES)
    assert failures == []
    assert kilobytes
