"""Questions that iamprover was asked too: our answers, and a reason wherever the two differ."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.corpus.iamprover.questions import VERSION, Question, answer, questions

ASKED: Final = list(questions())
PAGE: Final = (Path(__file__).parents[3] / "docs" / "contributing" / "iamprover.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("question", ASKED, ids=[each.name for each in ASKED])
def test_our_answer(question: Question) -> None:
    assert answer(question) == question.ours
    assert question.ours in ("PASS", "FAIL")
    assert bool(question.why) is (question.ours != question.theirs)


def test_every_difference_has_a_reason_that_the_page_explains() -> None:
    explained = set(re.findall(r"^## (.+)$", PAGE, re.MULTILINE))
    assert {each.why for each in ASKED if each.why} == explained


def test_the_page_lists_every_difference() -> None:
    rows = re.findall(r"^\| ([^|]+) \| (PASS|FAIL) \| (PASS|FAIL) \|$", PAGE, re.MULTILINE)
    assert sorted(rows) == sorted((each.name, each.ours, each.theirs) for each in ASKED if each.why)
    assert f"iamprover {VERSION}" in PAGE
    assert f"{len(ASKED)} questions" in PAGE
