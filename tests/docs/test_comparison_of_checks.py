"""docs/comparison-of-checks.md is what the linters printed, and names checks that there are."""

import json
from typing import Any, Final

from iam2rego.lint.registry import all_findings
from tests.comparison.cases import cases
from tests.comparison.page import PAGE, RESULTS, page

_RESULTS: Final[dict[str, Any]] = json.loads(RESULTS.read_text(encoding="utf-8"))


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(_RESULTS), "run: python -m tests.comparison"


def test_the_linters_were_asked_all_cases() -> None:
    asked = tuple(cases())
    assert _RESULTS["cases"] == len(asked)
    assert list(_RESULTS["checks"]) == list(dict.fromkeys(case.check for case in asked))


def test_every_check_is_one_of_ours() -> None:
    ours = {name for code, each in all_findings().items() for name in (code, *each.aws)}
    assert _RESULTS["checks"].keys() <= ours
