"""The heading of the page, its figures, and the signs of statements that are part of a disagreement."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from iam2rego.conformance.freshness import Freshness, State
from iam2rego.conformance.page import page
from iam2rego.conformance.page.coverage_marks import Sign
from iam2rego.conformance.page.disagreements import involved
from iam2rego.conformance.page.policies import policy_views
from iam2rego.conformance.report import conform_text
from iam2rego.coverage import Coverage
from iam2rego.engines.compare import Answer
from iam2rego.ir.decision import Decision, Outcome
from tests.support.made_up_runs import ALLOWING, AUDIT, BY_PART, REPORTS, alone, disagreement, report, subject

DENIED: Final = Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",))


def shown(page: str) -> str:
    """The text of a page, without its style and script."""
    return re.sub(r"(?s)<(style|script)>.*?</\1>|<[^>]*>", "", page)


def test_the_heading_names_tool_sources_and_a_short_revision(tmp_path: Path) -> None:
    asked = subject(tmp_path, audit=AUDIT)
    stale = replace(report(asked, Coverage(1, 1, 1)), freshness=Freshness(State.STALE, f"out has revision {'ab' * 32}"))
    text = shown(page(stale, asked, str))
    assert "iam2rego conform policies" in text
    assert "What was checked is stale: out has revision abababababab." in text
    assert "has the revision 0123456789ab." in text


def test_the_page_counts_as_the_text_does(tmp_path: Path) -> None:
    asked = subject(tmp_path, reports=REPORTS)
    found = report(asked, BY_PART)
    assert "parts: 6 of 7 seen to decide; 3 more cannot decide" in conform_text(found, str)
    lines = [line.strip() for line in shown(page(found, asked, str)).splitlines()]
    assert lines[lines.index("parts seen to decide") + 1] == "6 of 7 ◐"
    assert lines[lines.index("parts that cannot decide") + 1] == "3"


@pytest.mark.parametrize(
    ("opa", "marked"),
    [
        pytest.param(DENIED, {0}, id="a-statement-that-one-engine-lacks"),
        pytest.param("error: no answer", {0}, id="no-answer"),
        pytest.param(Decision(decision=Outcome.IMPLICIT_DENY), {0}, id="the-reasons-too"),
    ],
)
def test_statements_of_a_disagreement_have_its_sign(tmp_path: Path, opa: Answer, marked: set[int]) -> None:
    asked = subject(tmp_path, reports=REPORTS)
    found = [disagreement(alone(asked, "reports"), {**ALLOWING, "action": "s3:GetObject"}, opa)]
    (policy,) = policy_views(asked, BY_PART, {"reports": 1}, involved(found))
    assert {each.index for each in policy.statements if each.sign is Sign.DISAGREES} >= marked
    assert policy.sign is Sign.DISAGREES
